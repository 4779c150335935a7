package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import sequor.Seed;

/// The corners of arithmetic, number by number: ties, zeros, infinities, NaN, broadcast choices.
class PointwiseTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  @Test
  void aNumberDividedByItselfIsOne() {
    for (float b = 1; b <= 1000; b++) {
      assertThat(Tensor.of(b).dividedBy(b).item()).as("%s", b).isEqualTo(1);
    }
    assertThat(Tensor.of(1e-39f).dividedBy(1e-39f).item()).isEqualTo(1);
    assertThat(Tensor.full(0.1f, 41).mean().item())
        .isEqualTo(Tensor.full(0.1f, 41).sum().item() / 41);
    assertThat(Tensor.ones(41, 2).mean(0).toArray()).containsOnly(1);
  }

  @Test
  void theGradientOfAQuotientIsDividedToo() {
    var x = Tensor.of(new float[] {1, 2}).requiresGrad(true);
    assertThat(gradient(x, () -> x.dividedBy(41).times(41))).containsOnly(1);
  }

  @Test
  void tiesShareTheGradient() {
    var a = Tensor.of(new float[] {1, 2, 3, NAN}).requiresGrad(true);
    var b = Tensor.of(new float[] {1, 3, 2, 0});
    assertThat(gradient(a, () -> a.maximum(b))).containsExactly(0.5f, 0, 1, 1);
    assertThat(gradient(a, () -> a.minimum(b))).containsExactly(0.5f, 1, 0, 1);
    assertThat(gradient(a, () -> b.maximum(a))).containsExactly(0.5f, 0, 1, 1);
    assertThat(gradient(a, () -> b.minimum(a))).containsExactly(0.5f, 1, 0, 1);
    assertThat(gradient(a, () -> a.maximum(a))).containsExactly(1, 1, 1, 2);
  }

  @Test
  void comparisons() {
    var a = Tensor.of(new float[] {1, 2, 3, NAN});
    assertThat(a.equalTo(2).toArray()).containsExactly(0, 1, 0, 0);
    assertThat(a.notEqualTo(2).toArray()).containsExactly(1, 0, 1, 1);
    assertThat(a.lessThan(2).toArray()).containsExactly(1, 0, 0, 0);
    assertThat(a.lessOrEqual(2).toArray()).containsExactly(1, 1, 0, 0);
    assertThat(a.greaterThan(2).toArray()).containsExactly(0, 0, 1, 0);
    assertThat(a.greaterOrEqual(2).toArray()).containsExactly(0, 1, 1, 0);
    assertThat(a.isNan().toArray()).containsExactly(0, 0, 0, 1);
    assertThat(Tensor.of(0f).equalTo(-0f).item()).isEqualTo(1);
    assertThat(a.reshape(4, 1).lessOrEqual(a).sum(1).toArray()).containsExactly(3, 2, 1, 0);
  }

  @Test
  void powers() {
    var x = Tensor.of(new float[] {0, 2, -2, 0.25f}).requiresGrad(true);
    assertThat(x.pow(0).toArray()).containsOnly(1);
    assertThat(x.pow(3).toArray()).containsExactly(0, 8, -8, 0.015625f);
    assertThat(x.pow(-2).toArray()).containsExactly(INF, 0.25f, 0.25f, 16);
    assertThat(x.pow(1.5f).toArray()).containsExactly(0, 2.828427f, NAN, 0.125f);
    assertThat(gradient(x, () -> x.pow(0))).containsOnly(0);
    assertThat(gradient(x, () -> x.pow(1))).containsOnly(1);
    assertThat(gradient(x, () -> x.pow(3))).containsExactly(0, 12, 12, 0.1875f);
    var b = Tensor.of(new float[] {0, 2, 3}).requiresGrad(true);
    assertThat(gradient(b, () -> Tensor.of(0).pow(b))).containsOnly(0);
    assertThat(gradient(b, () -> Tensor.of(1).pow(b))).containsOnly(0);
    assertThat(Tensor.of(2).pow(b).toArray()).containsExactly(1, 4, 8);
  }

  @Test
  void choicesAreBroadcast() {
    var x = Tensor.of(new float[] {1, 2, 3}).requiresGrad(true);
    var mask = Tensor.of(new float[] {1, 0}, 2, 1);
    var y = x.where(mask, Tensor.of(7));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(y.toArray()).containsExactly(1, 2, 3, 7, 7, 7);
    assertThat(gradient(x, () -> x.where(mask, Tensor.zeros(2, 3)))).containsOnly(1);
    var one = Tensor.of(7).requiresGrad(true);
    assertThat(gradient(one, () -> x.where(mask, one))).containsExactly(3);
    assertThat(Tensor.zeros(2, 3).maskedFill(mask, -INF).toArray())
        .containsExactly(-INF, -INF, -INF, 0, 0, 0);
    var square = Tensor.ones(2, 3).requiresGrad(true);
    assertThat(gradient(square, () -> square.maskedFill(mask, 5)))
        .containsExactly(0, 0, 0, 1, 1, 1);
  }

  @Test
  void closeness() {
    var a = Tensor.of(new float[] {1, 1000, 0, INF});
    assertThat(a.allClose(a)).isTrue();
    assertThat(a.allClose(Tensor.of(new float[] {1.000001f, 1000.009f, 1e-9f, INF}))).isTrue();
    assertThat(a.allClose(Tensor.of(new float[] {1, 1000, 1e-7f, INF}))).isFalse();
    assertThat(a.allClose(Tensor.of(new float[] {1, 1000, 1e-7f, INF}), 0, 1e-6f)).isTrue();
    assertThat(Tensor.of(1).allClose(Tensor.of(INF))).isFalse();
    assertThat(Tensor.of(INF).allClose(Tensor.of(-INF))).isFalse();
    assertThat(Tensor.of(NAN).allClose(Tensor.of(NAN))).isFalse();
    assertThat(Tensor.ones(2, 3).allClose(Tensor.of(1))).isTrue();
  }

  /// A scalar beside a tensor of several ranges gives what two tensors give.
  @Test
  void aScalarIsReadEverywhere() {
    var x = Tensor.randn(new Seed(1).generator(), 50_001);
    assertThat(x.dividedBy(3).toArray()).isEqualTo(x.dividedBy(Tensor.full(3, 50_001)).toArray());
    assertThat(Tensor.of(3).minus(x).toArray())
        .isEqualTo(Tensor.full(3, 50_001).minus(x).toArray());
  }

  private static float[] gradient(Tensor x, Supplier<Tensor> computation) {
    x.clearGrad();
    try (var tape = Tape.open()) {
      var y = computation.get();
      tape.backward(y, Tensor.ones(y.shape().dims()));
      return x.grad().toArray();
    }
  }
}
