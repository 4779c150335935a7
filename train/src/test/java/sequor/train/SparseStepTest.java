package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.kernels.Parallel;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// A step by a sparse gradient is the dense step on a table of just the rows that were looked up.
class SparseStepTest {
  private static final int V = 100;
  private static final int D = 7;
  private static final int[] ROWS = {4, 17, 63, 64, 99};

  private final Tensor start = Tensor.randn(new Random(1), V, D);
  private final Tensor pulls = Tensor.randn(new Random(2), 8, D);

  static Stream<Function<Map<String, Tensor>, Optimizer>> optimizers() {
    return Stream.of(
        p -> new Sgd(p, Sgd.Config.of(0.1f).withWeightDecay(0.1f)),
        p -> new Sgd(p, Sgd.Config.of(0.1f).withNesterov(0.9f)),
        p -> new Adam(p, Adam.Config.of(0.1f).withWeightDecay(0.1f)),
        p -> new AdamW(p, 0.1f),
        p -> new Adagrad(p, 0.1f),
        p -> new Adadelta(p, 1),
        p -> new RmsProp(p, 0.1f));
  }

  /// Three steps by the same loss of the rows `ids` of a table.
  private Tensor trained(Optimizer optimizer, Tensor table, int[] ids) {
    for (int i = 0; i < 3; i++) {
      try (var tape = Tape.open()) {
        tape.backward(table.embedding(Ids.of(ids)).times(pulls).square().sum());
        Clipping.byNorm(1).apply(optimizer.parameters());
        optimizer.step();
      }
    }
    return table;
  }

  private Tensor table(Tensor numbers) {
    return numbers.copy().requiresGrad(true);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void itIsTheStepOfASmallTable(Function<Map<String, Tensor>, Optimizer> optimizer) {
    int[] slots = {0, 2, 1, 0, 3, 4, 2, 0};
    int[] ids = new int[slots.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = ROWS[slots[i]];
    }
    var small = table(start.embedding(Ids.of(ROWS)));
    trained(optimizer.apply(Map.of("table", small)), small, slots);
    for (int threads : new int[] {1, 2, 3, 7}) {
      int before = Parallel.threads();
      Parallel.threads(threads);
      var large = table(start).sparseGrad(true);
      trained(optimizer.apply(Map.of("table", large)), large, ids);
      Parallel.threads(before);

      assertThat(large.embedding(Ids.of(ROWS)).toArray()).isEqualTo(small.toArray());
      var untouched = Ids.of(new int[] {0, 1, 62, 65, 98});
      assertThat(large.embedding(untouched).toArray())
          .isEqualTo(start.embedding(untouched).toArray());
    }
  }

  @Test
  void gradientsOfSeveralBatchesAddUp() {
    var large = table(start).sparseGrad(true);
    var dense = table(start);
    for (var table : List.of(large, dense)) {
      var sgd = new Sgd(Map.of("table", table), 0.1f);
      for (int[] ids : new int[][] {{1, 5, 5}, {}, {7, 5, 99}}) {
        try (var tape = Tape.open()) {
          tape.backward(table.embedding(Ids.of(ids)).square().sum());
        }
      }
      sgd.step();
      assertThat(table.hasGrad()).isFalse();
    }
    assertThat(large.toArray()).isEqualTo(dense.toArray());
  }

  @Test
  void whatIsRememberedGoesOnExactly() {
    int[] ids = {3, 9, 3, 27, 81, 9, 3, 0};
    var through = table(start).sparseGrad(true);
    var adam = new Adam(Map.of("table", through), 0.1f);
    trained(adam, through, ids);
    var resumed = table(through).sparseGrad(true);
    var other = new Adam(Map.of("table", resumed), 0.1f);
    other.restore(adam.state());

    trained(adam, through, ids);
    trained(other, resumed, ids);

    assertThat(resumed.toArray()).isEqualTo(through.toArray());
  }
}
