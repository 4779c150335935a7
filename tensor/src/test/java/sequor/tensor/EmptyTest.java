package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.kernels.Recurrences.Cell;

/// No rows, no steps, no columns: nothing to compute is no mistake.
class EmptyTest {
  private final Tensor noRows = Tensor.zeros(0, 3).requiresGrad(true);
  private final Tensor noColumns = Tensor.zeros(3, 0).requiresGrad(true);

  @Test
  void everyFamilyTakesEmptyTensors() {
    var weight = Tensor.ones(2, 3).requiresGrad(true);
    var bias = Tensor.ones(2).requiresGrad(true);
    try (var tape = Tape.open(new Seed(1).generator())) {
      var y = noRows.linear(weight, bias); // (0,2)
      assertThat(y.shape()).isEqualTo(Shape.of(0, 2));
      assertThat(y.softmax().logSoftmax().argmax().shape()).isEqualTo(Shape.of(0));
      assertThat(y.dropout(0.5f).tanh().plus(bias).max(1).shape()).isEqualTo(Shape.of(0));
      assertThat(y.layerNorm(bias, bias, 1e-5f).shape()).isEqualTo(Shape.of(0, 2));
      assertThat(y.sum(0).toArray()).containsExactly(0, 0);
      var loss = y.crossEntropy(Ids.of(new int[0])).plus(y.sum());
      tape.backward(loss);

      assertThat(loss.item()).isZero();
    }
    assertThat(weight.grad().toArray()).containsOnly(0);
    assertThat(bias.grad().toArray()).containsOnly(0);
    assertThat(noRows.grad().shape()).isEqualTo(Shape.of(0, 3));
  }

  @Test
  void aProductOverNothingIsZero() {
    try (var tape = Tape.open()) {
      var y = noColumns.matmul(noRows);
      tape.backward(y.sum());

      assertThat(y.shape()).isEqualTo(Shape.of(3, 3));
      assertThat(y.toArray()).containsOnly(0);
    }
    assertThat(noColumns.grad().shape()).isEqualTo(Shape.of(3, 0));
  }

  @Test
  void nothingCanBeLookedUpAndJoined() {
    assertThat(Tensor.ones(5, 2).embedding(Ids.of(new int[0], 4, 0)).shape())
        .isEqualTo(Shape.of(4, 0, 2));
    assertThat(noRows.gather(1, Ids.of(new int[0], 0, 1)).shape()).isEqualTo(Shape.of(0, 1));
    assertThat(Tensor.concat(0, List.of(noRows, Tensor.ones(1, 3))).toArray())
        .containsExactly(1, 1, 1);
    assertThat(noRows.transpose().shape()).isEqualTo(noColumns.shape());
    assertThat(noColumns.expand(2, 3, 0).shape()).isEqualTo(Shape.of(2, 3, 0));
  }

  @Test
  void axesOfNoLength() {
    assertThat(noRows.mean(0).toArray()).containsOnly(Float.NaN);
    assertThat(noRows.logSumExp(0).toArray()).containsOnly(Float.NEGATIVE_INFINITY);
    assertThat(noRows.norm(2, 0).toArray()).containsOnly(0);
    assertThat(noRows.variance(0).toArray()).containsOnly(Float.NaN);
    assertThat(noRows.cumsum(0).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(noRows.softmax(0).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(noRows.topK(0, 0).values().shape()).isEqualTo(Shape.of(0, 3));
    assertThat(noRows.sort(0, true).indices().shape()).isEqualTo(Shape.of(0, 3));
    assertThat(noRows.max(1).shape()).isEqualTo(Shape.of(0));
    assertThat(noRows.maxWithIndices(1, true).values().shape()).isEqualTo(Shape.of(0, 1));
    assertThat(noRows.unfold(1, 2, 1).shape()).isEqualTo(Shape.of(0, 2, 2));
    assertThat(noRows.indexSelect(1, Ids.of(new int[] {2, 0})).shape()).isEqualTo(Shape.of(0, 2));
    assertThat(noRows.tril(0).shape()).isEqualTo(Shape.of(0, 3));
    assertThat(noRows.repeat(2, 2).shape()).isEqualTo(Shape.of(0, 6));
    assertThat(noRows.multinomial(2, true, new Seed(1).generator()).shape())
        .isEqualTo(Shape.of(0, 2));
  }

  @Test
  void aLayerNormOfNoWidth() {
    var none = Tensor.zeros(0).requiresGrad(true);
    try (var tape = Tape.open()) {
      var y = noColumns.layerNorm(none, none, 1e-5f);
      tape.backward(y.sum());

      assertThat(y.shape()).isEqualTo(Shape.of(3, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSequenceWithoutStepsKeepsItsState(Cell cell) {
    assertState(cell, 2, 0);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchWithoutRowsIsNoMistake(Cell cell) {
    assertState(cell, 0, 3);
  }

  private static void assertState(Cell cell, int batch, int steps) {
    var random = new Seed(1).generator();
    int width = cell.gates() * 3;
    var weights =
        new Recurrence.Weights(
            Tensor.randn(random, width, 4),
            Tensor.randn(random, width, 3).requiresGrad(true),
            Tensor.randn(random, width),
            Tensor.randn(random, width));
    var h = Tensor.randn(random, batch, 3).requiresGrad(true);
    var c = cell == Cell.LSTM ? Tensor.randn(random, batch, 3) : Tensor.zeros(0);
    var initial = new Recurrence.State(h, c);
    try (var tape = Tape.open()) {
      var x = Tensor.zeros(batch, steps, 4);
      var spans = Spans.full(batch, steps);
      var output = Recurrence.run(cell, x, weights, initial, spans, false);
      tape.backward(output.last().h().sum().plus(output.hidden().sum()));

      assertThat(output.hidden().shape()).isEqualTo(Shape.of(batch, steps, 3));
      assertThat(output.last().h().toArray()).containsExactly(h.toArray());
      assertThat(output.last().c().toArray()).containsExactly(c.toArray());
    }
    assertThat(h.grad().toArray()).containsExactly(Tensor.ones(batch, 3).toArray());
    assertThat(weights.hidden().grad().toArray()).containsOnly(0);
  }
}
