package sequor.nn;

import java.util.List;
import java.util.Optional;
import sequor.tensor.Recurrence;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A recurrent layer that is one operation over the whole sequence: what [Rnn], [Gru] and [Lstm]
/// share.
///
/// @param <S> the state it carries
abstract sealed class Fused<S extends RecurrentState<S>> implements Recurrent<S>
    permits Rnn, Gru, Lstm {
  private final RecurrentWeights weights;
  private final boolean reverse;

  Fused(RecurrentWeights weights, boolean reverse) {
    this.weights = weights;
    this.reverse = reverse;
  }

  /// The state as the operation takes it …
  abstract Recurrence.State toKernelState(S state);

  /// … and as it gives it back.
  abstract S fromKernelState(Recurrence.State state);

  /// What its gates did at some steps, in the order of its equations; none of a layer without.
  ///
  /// @param fromInput W_ih·x + b_ih // (B,T,G·H)
  /// @param fromHidden W_hh·h + b_hh, of the state before each step // (B,T,G·H)
  abstract List<Inspection.Gate> gates(Tensor fromInput, Tensor fromHidden);

  @Override
  public final Output<S> forward(Tensor x, S initial, Spans spans) {
    var cell = weights.cell();
    var output =
        Recurrence.run(
            cell, x, weights.tensors(), toKernelState(initial), spans, reverse); // (B,T,H)
    Inspection.tell(
        this,
        reverse,
        () -> {
          var before = before(output.hidden(), initial.output(), spans); // (B,T,H)
          return gates(weights.projectInput(x), weights.projectHidden(before));
        });
    return new Output<>(output.hidden(), fromKernelState(output.last()));
  }

  @Override
  public final S last(Tensor x, S initial, Spans spans) {
    if (Inspection.listens()) {
      return forward(x, initial, spans).last();
    }
    var last = Recurrence.last(weights.cell(), x, List.of(direction(initial)), spans);
    return fromKernelState(last.getFirst());
  }

  /// The state that each real step began with: that of the step before, and the initial one first.
  private Tensor before(Tensor hidden, Tensor initial, Spans spans) {
    int steps = spans.steps();
    int size = hiddenSize();
    float[] after = hidden.toArray(); // (B,T,H)
    float[] first = initial.toArray(); // (B,H)
    float[] before = new float[after.length];
    for (int b = 0; b < spans.batch(); b++) {
      int begins = reverse ? spans.end(b) - 1 : spans.start(b);
      for (int t = spans.start(b); t < spans.end(b); t++) {
        int to = (b * steps + t) * size;
        if (t == begins) {
          System.arraycopy(first, b * size, before, to, size);
        } else {
          System.arraycopy(after, to + (reverse ? size : -size), before, to, size);
        }
      }
    }
    return Tensor.of(before, hidden.shape());
  }

  private Recurrence.Direction direction(S initial) {
    return new Recurrence.Direction(weights.tensors(), toKernelState(initial), reverse);
  }

  /// Two layers of one cell and size, which run at the same time.
  record Pair<S extends RecurrentState<S>>(Fused<S> first, Fused<S> second) {
    /// Empty if the two cannot, or each is to tell what it does.
    static <S extends RecurrentState<S>> Optional<Pair<S>> of(Recurrent<S> a, Recurrent<S> b) {
      return !Inspection.listens()
              && a instanceof Fused<S> first
              && b instanceof Fused<S> second
              && first.weights.cell() == second.weights.cell()
              && first.hiddenSize() == second.hiddenSize()
          ? Optional.of(new Pair<>(first, second))
          : Optional.empty();
    }

    Output<Bidirectional.State<S>> forward(Tensor x, Bidirectional.State<S> initial, Spans spans) {
      var output =
          Recurrence.runBoth(
              first.weights.cell(),
              x,
              first.direction(initial.forward()),
              second.direction(initial.backward()),
              spans); // (B,T,2H)
      return new Output<>(output.hidden(), fromKernelState(output.first(), output.second()));
    }

    Bidirectional.State<S> last(Tensor x, Bidirectional.State<S> initial, Spans spans) {
      var both = List.of(first.direction(initial.forward()), second.direction(initial.backward()));
      var last = Recurrence.last(first.weights.cell(), x, both, spans);
      return fromKernelState(last.get(0), last.get(1));
    }

    private Bidirectional.State<S> fromKernelState(
        Recurrence.State forward, Recurrence.State backward) {
      return new Bidirectional.State<>(
          first.fromKernelState(forward), second.fromKernelState(backward));
    }
  }

  final RecurrentWeights weights() {
    return weights;
  }

  final boolean reverse() {
    return reverse;
  }

  @Override
  public final int hiddenSize() {
    return weights.hiddenSize();
  }

  @Override
  public final Parts parts(String suffix) {
    return weights.parts(suffix);
  }
}
