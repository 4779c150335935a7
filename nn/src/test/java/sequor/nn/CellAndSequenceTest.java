package sequor.nn;

import java.util.ArrayList;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Each fused layer against its cell run step by step: two ways to the same numbers and gradients.
class CellAndSequenceTest {
  private static final int BATCH = 3;
  private static final int STEPS = 7;
  private static final int INPUT = 5;
  private static final int HIDDEN = 6;

  private final RandomGenerator random = new Seed(11).generator();

  @Test
  void rnnTanh() {
    var rnn = new Rnn(INPUT, HIDDEN, random);
    compare(rnn, rnn.cell()::forward);
  }

  @Test
  void rnnRelu() {
    var cell = new RnnCell(INPUT, HIDDEN, Activation.RELU, random);
    compare(new Rnn(cell), cell::forward);
  }

  @Test
  void lstm() {
    var lstm = new Lstm(INPUT, HIDDEN, random);
    compare(lstm, lstm.cell()::forward);
  }

  @Test
  void gru() {
    var gru = new Gru(INPUT, HIDDEN, random);
    compare(gru, gru.cell()::forward);
  }

  @Test
  void minGru() {
    var layer = new MinGru(INPUT, HIDDEN, random);
    compare(layer, layer.cell()::forward);
  }

  @Test
  void minLstm() {
    var layer = new MinLstm(INPUT, HIDDEN, random);
    compare(layer, layer.cell()::forward);
  }

  @Test
  void rgLru() {
    var layer = new RgLru(INPUT, HIDDEN, random);
    compare(layer, layer.cell()::forward);
  }

  @Test
  void s4d() {
    var layer = new S4d(new S4dCell(INPUT, HIDDEN, 8, random));
    compare(layer, layer.cell()::forward);
  }

  private <S extends RecurrentState<S>> void compare(
      Recurrent<S> layer, BiFunction<Tensor, S, S> cell) {
    compare(layer, cell, false);
    compare(layer.reversed(), cell, true);
  }

  private <S extends RecurrentState<S>> void compare(
      Recurrent<S> layer, BiFunction<Tensor, S, S> cell, boolean reverse) {
    var x = Tensor.randn(random, BATCH, STEPS, INPUT);
    var initial = Layers.randomState(layer, BATCH, random);
    var leaves = Seen.leaves(layer, x, initial);
    var fused =
        Seen.of(
            leaves,
            () -> {
              var output = layer.forward(x, initial, Spans.full(BATCH, STEPS));
              return Seen.results(output.hidden(), output.last());
            });
    var stepByStep =
        Seen.of(
            leaves,
            () -> {
              var hidden = new ArrayList<Tensor>();
              var state = initial;
              for (int i = 0; i < STEPS; i++) {
                state = cell.apply(x.select(1, reverse ? STEPS - 1 - i : i), state);
                hidden.add(state.output());
              }
              return Seen.results(Tensor.stack(1, reverse ? hidden.reversed() : hidden), state);
            });
    Seen.assertSame(stepByStep, fused, BATCH * STEPS * HIDDEN);
  }
}
