package sequor.testkit;

import java.util.ArrayList;
import java.util.List;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Recurrence.Direction;
import sequor.tensor.Recurrence.Output;
import sequor.tensor.Recurrence.State;
import sequor.tensor.Recurrence.Weights;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.RecurrentCases.Inputs;

/// The recurrence once more, step by step in plain ops: the readable twin of the fused one.
///
/// Rows are masked rather than skipped: where a step is not real, the old state is kept.
public final class ComposedRecurrence {
  private ComposedRecurrence() {}

  static Output run(Inputs in) {
    var direction = new Direction(in.weights(), in.initial(), in.reverse());
    return run(in.cell(), in.x(), direction, in.spans());
  }

  /// Reads `x` (B,T,D), T ≥ 1.
  public static Output run(Cell cell, Tensor x, Direction direction, Spans spans) {
    var mask = spans.mask(); // (B,T)
    int steps = spans.steps();
    var hidden = new ArrayList<Tensor>();
    var state = direction.initial();
    for (int i = 0; i < steps; i++) {
      int t = direction.reverse() ? steps - 1 - i : i;
      var real = mask.slice(1, t, t + 1).expand(state.h().shape().dims()); // (B,H)
      var next = step(cell, x.select(1, t), direction.weights(), state);
      hidden.add(direction.reverse() ? 0 : i, next.h().times(real));
      state = cell == Cell.LSTM ? where(real, next, state) : hiddenWhere(real, next, state);
    }
    return new Output(Tensor.stack(1, hidden), state); // (B,T,H)
  }

  private static State where(Tensor real, State next, State old) {
    return new State(next.h().where(real, old.h()), next.c().where(real, old.c()));
  }

  private static State hiddenWhere(Tensor real, State next, State old) {
    return new State(next.h().where(real, old.h()), old.c());
  }

  private static State step(Cell cell, Tensor input, Weights weights, State state) {
    var x = input.linear(weights.inputs(), weights.inputBias()); // (B,G·H)
    var u = state.h().linear(weights.hidden(), weights.hiddenBias()); // (B,G·H)
    return switch (cell) {
      case RNN_TANH -> new State(x.plus(u).tanh(), state.c());
      case RNN_RELU -> new State(x.plus(u).relu(), state.c());
      case LSTM -> lstm(x.plus(u).split(4, 1), state.c());
      case GRU -> gru(x.split(3, 1), u.split(3, 1), state);
    };
  }

  private static State lstm(List<Tensor> gates, Tensor c) {
    var i = gates.get(0).sigmoid();
    var f = gates.get(1).sigmoid();
    var g = gates.get(2).tanh();
    var o = gates.get(3).sigmoid();
    var next = f.times(c).plus(i.times(g));
    return new State(o.times(next.tanh()), next);
  }

  private static State gru(List<Tensor> x, List<Tensor> u, State state) {
    var r = x.get(0).plus(u.get(0)).sigmoid();
    var z = x.get(1).plus(u.get(1)).sigmoid();
    var n = x.get(2).plus(r.times(u.get(2))).tanh();
    return new State(n.minus(z.times(n)).plus(z.times(state.h())), state.c());
  }

  /// A row of a batch, cut to its real steps.
  static Inputs alone(Inputs in, int row) {
    int from = in.spans().start(row);
    int to = in.spans().end(row);
    var x = in.x().slice(0, row, row + 1).slice(1, from, to).copy(); // (1,T',D)
    var h = in.initial().h().slice(0, row, row + 1).copy();
    var c =
        in.cell() == Cell.LSTM ? in.initial().c().slice(0, row, row + 1).copy() : Tensor.zeros(0);
    var full = Spans.full(1, to - from);
    return new Inputs(in.cell(), x, in.weights(), new State(h, c), full, in.reverse());
  }
}
