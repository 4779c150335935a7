package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Updates;

/// A table's gradient of the rows that were looked up is the dense one, stored otherwise.
class SparseGradTest {
  private static final int V = 130; // rows in three words of a bit set
  private static final int D = 5;

  private final Random random = new Random(4);
  private final Tensor dense = Tensor.randn(random, V, D).requiresGrad(true);
  private final Tensor sparse = dense.copy().requiresGrad(true).sparseGrad(true);
  private final Ids ids = Ids.of(new int[] {129, 3, 64, 3, 63, 0, 3, 129}, 2, 4);

  private void backward(BiFunction<Tensor, Ids, Tensor> f) {
    for (var table : new Tensor[] {dense, sparse}) {
      try (var tape = Tape.open()) {
        tape.backward(f.apply(table, ids).square().sum());
      }
    }
  }

  private void assertSame() {
    assertThat(sparse.grad().toArray()).isEqualTo(dense.grad().toArray());
  }

  @Test
  void itHoldsTheRowsThatWereLookedUp() {
    backward(Tensor::embedding);
    assertSame();
    assertThat(sparse.gradRows()).contains(Ids.of(new int[] {0, 3, 63, 64, 129}));
    assertThat(dense.gradRows()).isEmpty();
    sparse.clearGrad();
    assertThat(sparse.hasGrad()).isFalse();
    assertThat(sparse.gradRows()).isEmpty();
  }

  @Test
  void rowsOfSeveralLookUpsAreJoined() {
    backward((table, some) -> table.embedding(some).sum(1));
    backward((table, some) -> table.embedding(Ids.of(new int[] {5, 64, 128})));
    backward((table, some) -> table.embedding(some, 3));
    assertThat(sparse.grad().allClose(dense.grad())).isTrue(); // added in another order
    assertThat(sparse.gradRows()).contains(Ids.of(new int[] {0, 3, 5, 63, 64, 128, 129}));
  }

  @Test
  void itHoldsTheRowsThatWereSummed() {
    var bags = Ids.of(new int[] {0, 3, 3});
    backward((table, some) -> table.embeddingBag(some.reshape(8), bags));
    assertSame();
    assertThat(sparse.gradRows()).contains(Ids.of(new int[] {0, 3, 63, 64, 129}));
  }

  @Test
  void thePaddingRowHasNone() {
    backward((table, some) -> table.embedding(some, 3));
    assertSame();
    assertThat(sparse.gradRows()).contains(Ids.of(new int[] {0, 63, 64, 129}));
  }

  @Test
  void withAnotherUseItBecomesDense() {
    backward((table, some) -> table.embedding(some).matmul(table.transpose()));
    assertSame();
    assertThat(sparse.gradRows()).isEmpty();
    backward(Tensor::embedding);
    assertSame();
  }

  @Test
  void noLookUpAtAll() {
    backward((table, some) -> table.embedding(Ids.of(new int[0])));
    assertSame();
    assertThat(sparse.gradRows()).contains(Ids.of(new int[0]));
  }

  @Test
  void aRecurrentLayerThatReadsMoreStepsThanRowsKeepsItSparse() {
    var small = Tensor.randn(random, 4, D).requiresGrad(true).sparseGrad(true);
    var weights =
        new Recurrence.Weights(
            Tensor.ones(2, D), Tensor.ones(2, 2), Tensor.ones(2), Tensor.ones(2));
    var some = Ids.of(new int[] {1, 3, 1, 1, 3, 1, 1, 1}, 2, 4);
    try (var tape = Tape.open()) {
      var zero = Recurrence.State.of(Tensor.zeros(2, 2));
      var x = small.embedding(some);
      var out = Recurrence.run(Cell.RNN_TANH, x, weights, zero, Spans.full(2, 4), false);
      tape.backward(out.hidden().sum());
    }
    assertThat(small.gradRows()).contains(Ids.of(new int[] {1, 3}));
  }

  @Test
  void normsScalesAndBoundsAreTheSame() {
    backward(Tensor::embedding);
    assertThat(InPlace.gradSumOfSquares(sparse))
        .isCloseTo(InPlace.gradSumOfSquares(dense), withinPercentage(1e-10));
    InPlace.scaleGrad(sparse, 0.3f);
    InPlace.scaleGrad(dense, 0.3f);
    assertSame();
    InPlace.clampGrad(sparse, 0.5f);
    InPlace.clampGrad(dense, 0.5f);
    assertSame();
    assertThat(sparse.gradRows()).isPresent();
  }

  @Test
  void rowsAreTakenAndPutBack() {
    backward(Tensor::embedding);
    var rows = sparse.gradRows().orElseThrow();
    var taken = InPlace.takeRows(sparse, rows);
    assertThat(taken.toArray()).isEqualTo(sparse.embedding(rows).toArray());
    assertThat(taken.grad().toArray()).isEqualTo(dense.grad().embedding(rows).toArray());
    InPlace.putRows(sparse, rows, Tensor.ones(5, D));
    assertThat(sparse.embedding(rows).toArray()).containsOnly(1);
    assertThat(sparse.get(1, 0)).isEqualTo(dense.get(1, 0));
    assertThatThrownBy(() -> InPlace.putRows(sparse, rows, Tensor.ones(4, D)))
        .hasMessage("putRows: (5,5) and (4,5) — both must have the same shape");
  }

  @Test
  void onlyATableHasRows() {
    assertThatThrownBy(() -> Tensor.ones(3).sparseGrad(true))
        .hasMessage("sparseGrad: only a table (V,D) has rows to look up, got (3)");
  }

  @Test
  void manyLookUpsOnOneTapeAddUp() {
    for (var table : new Tensor[] {dense, sparse}) {
      var random = new Random(9);
      try (var tape = Tape.open()) {
        var sum = Tensor.zeros(3, D);
        for (int i = 0; i < 50; i++) {
          sum = sum.plus(table.embedding(Ids.of(random.ints(3, 0, V).toArray())).times(i));
        }
        tape.backward(sum.sum());
      }
    }
    assertThat(sparse.gradRows()).isPresent();
    assertThat(sparse.grad().allClose(dense.grad())).isTrue();
  }

  @Test
  void aStepThatKnowsNothingOfRowsIsRefusedAndChangesNothing() {
    backward(Tensor::embedding);
    float[] before = sparse.toArray();
    assertThatThrownBy(
            () ->
                InPlace.sgd(
                    sparse, Tensor.zeros(0), new Updates.Sgd(V * D, 1, 0, 0, 0, false, true)))
        .hasMessage(
            "grad: the gradient of (130,5) is a sparse one of 5 rows — take these rows, change them,"
                + " and put them back (InPlace.takeRows, putRows)");
    assertThat(sparse.toArray()).isEqualTo(before);
  }
}
