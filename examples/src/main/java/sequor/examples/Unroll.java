package sequor.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Runs any step function over a padded sequence, one step at a time: for recurrences that the
/// library has no fused operation for.
final class Unroll {
  private Unroll() {}

  /// @param hidden (B,T,H) what each step gave, 0 where a step is padding
  /// @param last (B,H) what each row's last real step gave
  record Result(Tensor hidden, Tensor last) {}

  /// @param step makes the next state (B,H) of one step's input (B,D) and the state before
  static Result unroll(
      Tensor x,
      Tensor initial,
      Spans spans,
      boolean reverse,
      BiFunction<Tensor, Tensor, Tensor> step) {
    check(x, spans);
    int steps = spans.steps();
    var mask = spans.mask(); // (B,T)
    var hidden = new ArrayList<Tensor>();
    var state = initial;
    for (int i = 0; i < steps; i++) {
      int t = reverse ? steps - 1 - i : i;
      var next = step.apply(x.select(1, t), state); // (B,H)
      var real = mask.slice(1, t, t + 1).expand(next.shape().dims()); // (B,H)
      state = next.where(real, state);
      hidden.add(next.times(real));
    }
    if (hidden.isEmpty()) {
      return new Result(Tensor.zeros(x.dim(0), 0, initial.dim(1)), initial);
    }
    List<Tensor> inOrder = reverse ? hidden.reversed() : hidden;
    return new Result(Tensor.stack(1, inOrder), state); // (B,T,H)
  }

  private static void check(Tensor x, Spans spans) {
    boolean fit = x.shape().rank() == 3 && x.dim(0) == spans.batch() && x.dim(1) == spans.steps();
    if (!fit) {
      throw new IllegalArgumentException(
          "recurrence: an input %s with spans of %d rows and %d steps; it must be (B,T,D) with as"
                  .formatted(x.shape(), spans.batch(), spans.steps())
              + " many rows and steps");
    }
  }
}
