package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.Seed;

class TensorTest {
  private final Tensor x = Tensor.of(new float[] {1, -2, 3, 4, 5, -6}, 2, 3);

  @Test
  void makingTensors() {
    assertThat(Tensor.of(new float[] {1, 2}).shape()).isEqualTo(Shape.of(2));
    assertThat(Tensor.of(7).shape()).isEqualTo(Shape.of());
    assertThat(Tensor.of(7).item()).isEqualTo(7);
    assertThat(Tensor.zeros(2).toArray()).containsExactly(0, 0);
    assertThat(Tensor.ones(2).toArray()).containsExactly(1, 1);
    assertThat(Tensor.full(3, 2).toArray()).containsExactly(3, 3);
    assertThat(Tensor.zeros(2, 0, 3).toArray()).isEmpty();
  }

  @Test
  void drawsHaveTheirDistribution() {
    var random = new Seed(1).generator();
    var normal = Tensor.randn(random, 100, 100);
    var even = Tensor.uniform(random, -1, 3, 100, 100);

    assertThat(normal.mean().item()).isCloseTo(0, within(0.05f));
    assertThat(normal.square().mean().item()).isCloseTo(1, within(0.05f));
    assertThat(even.mean().item()).isCloseTo(1, within(0.05f));
    assertThat(even.reshape(-1).max(0).item()).isLessThan(3);
    assertThat(even.negate().reshape(-1).max(0).item()).isLessThanOrEqualTo(1);
    assertThat(Tensor.randn(random).shape()).isEqualTo(Shape.of());
  }

  @Test
  void lookingAtThem() {
    assertThat(x.get(1, 0)).isEqualTo(4);
    assertThat(x.dim(-1)).isEqualTo(3);
    assertThat(x.argmax()).isEqualTo(Ids.of(new int[] {2, 1}));
    assertThat(x).hasToString("Tensor(2,3)[1.0, -2.0, 3.0, 4.0, 5.0, -6.0]");
    assertThat(Tensor.zeros(9)).asString().endsWith("0.0, …]");
    assertThat(Tensor.ones(3).argmax()).isEqualTo(Ids.of(new int[] {0}, Shape.of()));
  }

  @Test
  void aKeptCopyIsItsOwn() {
    var copy = x.copy();
    x.assign(Tensor.zeros(2, 3));

    assertThat(copy.get(0, 0)).isEqualTo(1);
    assertThat(x.toArray()).containsOnly(0);
    assertThat(Tensor.of(7).copy().shape()).isEqualTo(Shape.of());
    x.assign(copy.toArray());
    assertThat(x.toArray()).containsExactly(copy.toArray());
  }

  @Test
  void viewsAndDetachedTensorsShareMemory() {
    var view = x.reshape(6);
    var detached = x.detach();
    x.assign(Tensor.ones(2, 3));

    assertThat(view.toArray()).containsOnly(1);
    assertThat(detached.toArray()).containsOnly(1);
  }

  @Test
  void arithmeticWithNumbers() {
    assertThat(x.plus(1).minus(2).times(3).dividedBy(3).get(0, 0)).isEqualTo(0);
    assertThat(x.maximum(0).sum().item()).isEqualTo(13);
    assertThat(x.minimum(0).sum().item()).isEqualTo(-8);
    assertThat(x.clamp(-1, 1).sum().item()).isEqualTo(2);
    assertThat(x.greaterThan(0).sum().item()).isEqualTo(4);
    assertThat(x.lessThan(0).sum().item()).isEqualTo(2);
    assertThat(x.equalTo(x).sum().item()).isEqualTo(6);
    assertThat(x.where(x.greaterThan(0), Tensor.zeros(2, 3)).sum().item()).isEqualTo(13);
    assertThat(x.abs().sqrt().square().sum().item()).isCloseTo(21, within(1e-4f));
  }

  @Test
  void rowsWhoseTargetIsIgnoredDoNotCountInTheMean() {
    var all = x.slice(0, 0, 1).crossEntropy(Ids.of(new int[] {2}));
    var one = x.crossEntropy(Ids.of(new int[] {2, -100}));
    var none = x.crossEntropy(Ids.of(new int[] {-100, -100}));

    assertThat(one.item()).isEqualTo(all.item());
    assertThat(none.item()).isZero();
  }

  @Test
  void aPaddingRowNeverLearns() {
    var table = Tensor.ones(3, 2).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(table.embedding(Ids.of(new int[] {0, 1, 1, 0}), 1).sum());
    }

    assertThat(table.grad().toArray()).containsExactly(2, 2, 0, 0, 0, 0);
  }

  @Test
  void equalsShareTheGradientAndTheFirstHasItWhereItsPlaceIsTold() {
    var ties = Tensor.of(new float[] {1, 3, 3, 2}).requiresGrad(true);
    var first = Tensor.of(new float[] {1, 3, 3}).requiresGrad(true);
    var a = Tensor.ones(2).requiresGrad(true);
    var b = Tensor.ones(2).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(
          ties.max(0).plus(a.maximum(b).sum()).plus(first.maxWithIndices(0, false).values()));
    }

    assertThat(ties.grad().toArray()).containsExactly(0, 0.5f, 0.5f, 0);
    assertThat(first.grad().toArray()).containsExactly(0, 1, 0);
    assertThat(a.grad().toArray()).containsExactly(0.5f, 0.5f);
    assertThat(b.grad().toArray()).containsExactly(0.5f, 0.5f);
  }

  @Test
  void functionsAreFlatAtTheirKinks() {
    var zero = Tensor.zeros(1).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(zero.relu().plus(zero.abs()).sum());
    }

    assertThat(zero.grad().item()).isZero();
  }

  @Test
  void clearedMemoryOfAGradientStartsFromZero() {
    var w = Tensor.ones(2).requiresGrad(true);
    for (var target : List.of(2f, 5f)) {
      w.clearGrad();
      try (var tape = Tape.open()) {
        tape.backward(w.times(target).sum());
      }
      assertThat(w.grad().toArray()).containsExactly(target, target);
    }
  }
}
