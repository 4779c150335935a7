package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences.Cell;

/// A recurrence whose input was looked up in a small table gives what it gives for the rows
/// themselves.
class RecurrenceInputTest {
  private static final int B = 5;
  private static final int T = 6;
  private static final int D = 3;
  private static final int H = 4;
  private static final int V = 7;
  private static final int PADDING = 2;

  private final Random random = new Random(3);
  private final Tensor table = parameter(V, D);
  private final Ids ids = Ids.of(random.ints(B * T, 0, V).toArray(), B, T);
  private final Spans spans = Spans.right(new int[] {6, 3, 0, 5, 1}, T);
  private final Tensor weighing = Tensor.randn(random, B, T, H);

  @ParameterizedTest
  @EnumSource
  void aTableGivesWhatItsRowsGive(Cell cell) {
    var weights = weights(cell);
    var looked = run(cell, weights, x -> x);
    var plain = run(cell, weights, x -> x.times(1)); // no longer known to be looked up
    assertThat(looked.hidden.toArray()).isEqualTo(plain.hidden.toArray());
    for (int i = 0; i < plain.gradients.size(); i++) {
      assertThat(looked.gradients.get(i).toArray())
          .containsExactly(plain.gradients.get(i).toArray(), within(1e-5f));
    }
  }

  @Test
  void theRowForPaddingNeverLearns() {
    var result = run(Cell.GRU, weights(Cell.GRU), x -> x);
    float[] dTable = result.gradients.getLast().toArray();
    for (int j = 0; j < D; j++) {
      assertThat(dTable[PADDING * D + j]).isZero();
    }
    assertThat(dTable).isNotEqualTo(new float[dTable.length]);
  }

  @Test
  void whatWasOverwrittenIsNoLongerLookedUp() {
    var weights = weights(Cell.RNN_TANH);
    var other = Tensor.randn(random, B, T, D);
    var overwritten = table.embedding(ids);
    overwritten.assign(other);
    assertThat(hidden(weights, overwritten)).isEqualTo(hidden(weights, other));
  }

  @Test
  void theGradientOfTheInputItselfCanBeKept() {
    try (var tape = Tape.open()) {
      var x = table.embedding(ids).retainGrad();
      tape.backward(read(Cell.LSTM, weights(Cell.LSTM), x).hidden().sum());
      assertThat(x.grad().shape()).isEqualTo(Shape.of(B, T, D));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLastStatesAloneAreThoseOfBothDirections(Cell cell) {
    var first = new Recurrence.Direction(weights(cell), zeros(cell), false);
    var second = new Recurrence.Direction(weights(cell), zeros(cell), true);
    var x = table.embedding(ids);
    var both = Recurrence.runBoth(cell, x, first, second, spans);
    var last = Recurrence.last(cell, x, List.of(first, second), spans);
    assertThat(last.get(0).h().toArray()).isEqualTo(both.first().h().toArray());
    assertThat(last.get(1).h().toArray()).isEqualTo(both.second().h().toArray());
    assertThat(last.get(1).c().toArray()).isEqualTo(both.second().c().toArray());
    try (var tape = Tape.open()) {
      var recorded = Recurrence.last(cell, x, List.of(first, second), spans);
      assertThat(recorded.get(1).h().toArray()).isEqualTo(last.get(1).h().toArray());
      tape.backward(recorded.get(1).h().sum());
      assertThat(second.weights().hidden().hasGrad()).isTrue();
    }
  }

  @Test
  void withoutARecordOfTheLookUpTheTableLearnsNothing() {
    var before = table.embedding(ids);
    try (var tape = Tape.open()) {
      var unrecorded = Tape.noGrad(() -> table.embedding(ids));
      var hidden = read(Cell.LSTM, weights(Cell.LSTM), unrecorded).hidden();
      tape.backward(hidden.plus(read(Cell.GRU, weights(Cell.GRU), before).hidden()).sum());
    }
    assertThat(table.hasGrad()).isFalse();
  }

  @Test
  void aLeafThatWasLookedUpGetsItsOwnGradient() {
    var leaf = table.embedding(ids).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(read(Cell.GRU, weights(Cell.GRU), leaf).hidden().sum());
    }
    assertThat(leaf.hasGrad()).isTrue();
    assertThat(table.hasGrad()).isFalse();
  }

  @Test
  void aTableThatChangedIsNoLongerRead() {
    var weights = weights(Cell.RNN_TANH);
    var x = table.embedding(ids);
    float[] before = hidden(weights, x);
    table.assign(Tensor.zeros(V, D));
    assertThat(hidden(weights, x)).isEqualTo(before);
  }

  @Test
  void aTableThatChangesBeforeTheWayBackMakesNoDifference() {
    var weights = weights(Cell.LSTM);
    float[] dTable = run(Cell.LSTM, weights, x -> x).gradients.getLast().toArray();
    float[] dWeight = weights.inputs().grad().toArray();
    table.clearGrad();
    weights.inputs().clearGrad();
    try (var tape = Tape.open()) {
      var output = read(Cell.LSTM, weights, table.embedding(ids, PADDING));
      var loss = output.hidden().times(weighing).sum().plus(output.last().h().sum());
      table.assign(Tensor.zeros(V, D));
      tape.backward(loss);
    }
    assertThat(table.grad().toArray()).containsExactly(dTable, within(1e-5f));
    assertThat(weights.inputs().grad().toArray()).containsExactly(dWeight, within(1e-5f));
  }

  @Test
  void aViewOfWhatWasLookedUpWritesThrough() {
    var weights = weights(Cell.RNN_TANH);
    var x = table.embedding(ids);
    x.reshape(B * T * D).assign(Tensor.zeros(B * T * D));
    assertThat(hidden(weights, x)).isEqualTo(hidden(weights, Tensor.zeros(B, T, D)));
  }

  @ParameterizedTest
  @EnumSource
  void anInputOfWidthZeroIsItsBiases(Cell cell) {
    int gates = cell.gates() * H;
    var without =
        new Recurrence.Weights(
            Tensor.zeros(gates, 0), parameter(gates, H), parameter(gates), parameter(gates));
    var with =
        new Recurrence.Weights(
            Tensor.zeros(gates, 1), without.hidden(), without.inputBias(), without.hiddenBias());
    var nothing = read(cell, without, Tensor.zeros(B, T, 0)).hidden();
    assertThat(nothing.toArray())
        .isEqualTo(read(cell, with, Tensor.zeros(B, T, 1)).hidden().toArray());
    var one = Spans.full(1, T);
    var h = Tensor.zeros(1, H);
    var state = cell == Cell.LSTM ? new Recurrence.State(h, h) : Recurrence.State.of(h);
    assertThat(
            Recurrence.run(cell, Tensor.zeros(1, T, 0), without, state, one, false)
                .hidden()
                .toArray())
        .isEqualTo(
            Recurrence.run(cell, Tensor.zeros(1, T, 1), with, state, one, false)
                .hidden()
                .toArray());
  }

  @ParameterizedTest
  @EnumSource
  void whatBothDirectionsShareGetsTheSumOfTheirGradients(Cell cell) {
    var shared = weights(cell);
    var start = parameter(B, H);
    var state = cell == Cell.LSTM ? new Recurrence.State(start, start) : Recurrence.State.of(start);
    var x = Tensor.randn(random, B, T, D);
    var pull = Tensor.randn(random, B, T, 2 * H);
    float[] expected = null;
    float[] expectedStart = null;
    for (int threads : new int[] {1, 2, 3, 7}) {
      int before = Parallel.threads();
      Parallel.threads(threads);
      try {
        for (int i = 0; i < 20; i++) {
          shared.hidden().clearGrad();
          start.clearGrad();
          try (var tape = Tape.open()) {
            var first = new Recurrence.Direction(shared, state, false);
            var second = new Recurrence.Direction(shared, state, true);
            var both = Recurrence.runBoth(cell, x, first, second, Spans.full(B, T));
            tape.backward(both.hidden(), pull);
          }
          if (expected == null) {
            expected = shared.hidden().grad().toArray();
            expectedStart = start.grad().toArray();
          }
          assertThat(shared.hidden().grad().toArray()).isEqualTo(expected);
          assertThat(start.grad().toArray()).isEqualTo(expectedStart);
        }
      } finally {
        Parallel.threads(before);
      }
    }
    shared.hidden().clearGrad();
    try (var tape = Tape.open()) {
      var left = Recurrence.run(cell, x, shared, state, Spans.full(B, T), false).hidden();
      var right = Recurrence.run(cell, x, shared, state, Spans.full(B, T), true).hidden();
      tape.backward(Tensor.concat(2, List.of(left, right)), pull);
    }
    assertThat(shared.hidden().grad().toArray()).containsExactly(expected, within(1e-4f));
  }

  @Test
  void whatCannotBeUsedIsRefusedWhicheverWayIsTaken() throws InterruptedException {
    var weights = weights(Cell.RNN_TANH);
    Tensor gone;
    try (var _ = Tape.open()) {
      var x = table.embedding(ids);
      gone = x;
      var refused = new boolean[1];
      var thread =
          new Thread(
              () -> {
                try {
                  hidden(weights, x);
                } catch (TapeException e) {
                  refused[0] = true;
                }
              });
      thread.start();
      thread.join();
      assertThat(refused[0]).isTrue();
    }
    try (var _ = Tape.open()) {
      assertThatThrownBy(() -> hidden(weights, gone)).isInstanceOf(TapeException.class);
    }
  }

  /// @param gradients of the weights, then of the table
  private record Result(Tensor hidden, List<Tensor> gradients) {}

  private Result run(Cell cell, Recurrence.Weights weights, UnaryOperator<Tensor> seen) {
    var parameters =
        List.of(
            weights.inputs(), weights.hidden(), weights.inputBias(), weights.hiddenBias(), table);
    parameters.forEach(Tensor::clearGrad);
    try (var tape = Tape.open()) {
      var output = read(cell, weights, seen.apply(table.embedding(ids, PADDING)));
      tape.backward(output.hidden().times(weighing).sum().plus(output.last().h().sum()));
      return new Result(
          output.hidden().copy(),
          parameters.stream().map(parameter -> parameter.grad().copy()).toList());
    }
  }

  private float[] hidden(Recurrence.Weights weights, Tensor x) {
    return read(Cell.RNN_TANH, weights, x).hidden().toArray();
  }

  private Recurrence.Output read(Cell cell, Recurrence.Weights weights, Tensor x) {
    return Recurrence.run(cell, x, weights, zeros(cell), spans, false);
  }

  private static Recurrence.State zeros(Cell cell) {
    var h = Tensor.zeros(B, H);
    return cell == Cell.LSTM ? new Recurrence.State(h, Tensor.zeros(B, H)) : Recurrence.State.of(h);
  }

  private Recurrence.Weights weights(Cell cell) {
    int gates = cell.gates() * H;
    return new Recurrence.Weights(
        parameter(gates, D), parameter(gates, H), parameter(gates), parameter(gates));
  }

  private Tensor parameter(int... dims) {
    return Tensor.randn(random, dims).times(0.5f).copy().requiresGrad(true);
  }
}
