package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sequor.kernels.Unary;

/// Results worked out by hand, or from the definition in double precision.
class KnownValuesTest {
  private static final Offset<Float> CLOSE = within(1e-5f);
  private final Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void products() {
    var b = Tensor.of(new float[] {1, 0, 0, 1, 1, 1}, 3, 2);

    assertThat(x.matmul(b).toArray()).containsExactly(4, 5, 10, 11);
    assertThat(x.linear(b.transpose(), Tensor.of(new float[] {100, 200})).toArray())
        .containsExactly(104, 205, 110, 211);
    var batch = Tensor.stack(0, List.of(x, x.times(2)));
    var bs = Tensor.stack(0, List.of(b, b.negate()));
    assertThat(batch.matmul(b).toArray()).containsExactly(4, 5, 10, 11, 8, 10, 20, 22);
    assertThat(batch.matmul(bs).toArray()).containsExactly(4, 5, 10, 11, -8, -10, -20, -22);
    assertThat(x.matmul(bs).toArray()).containsExactly(4, 5, 10, 11, -4, -5, -10, -11);
    assertThat(x.matmulTransposed(b.transpose()).toArray()).containsExactly(4, 5, 10, 11);
    assertThat(x.linear(b.transpose()).toArray()).containsExactly(4, 5, 10, 11);
  }

  @Test
  void productsWithVectors() {
    var three = Tensor.of(new float[] {1, 2, 3});
    var two = Tensor.of(new float[] {1, 10});

    assertThat(x.matmul(three).toArray()).containsExactly(14, 32);
    assertThat(two.matmul(x).toArray()).containsExactly(41, 52, 63);
    assertThat(three.matmul(three).shape()).isEqualTo(Shape.of());
    assertThat(three.matmul(three).item()).isEqualTo(14);
    var batch = Tensor.stack(0, List.of(x, x.times(2)));
    assertThat(batch.matmul(three).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(batch.matmul(three).toArray()).containsExactly(14, 32, 28, 64);
    assertThat(two.matmul(batch).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(two.matmul(batch).toArray()).containsExactly(41, 52, 63, 82, 104, 126);
  }

  @Test
  void reductions() {
    assertThat(x.sum().item()).isEqualTo(21);
    assertThat(x.mean().item()).isCloseTo(3.5f, CLOSE);
    assertThat(x.sum(0).toArray()).containsExactly(5, 7, 9);
    assertThat(x.sum(1).toArray()).containsExactly(6, 15);
    assertThat(x.mean(-1).toArray()).containsExactly(new float[] {2, 5}, CLOSE);
    assertThat(x.max(0).toArray()).containsExactly(4, 5, 6);
    assertThat(x.max(1).toArray()).containsExactly(3, 6);
  }

  @Test
  void lookups() {
    assertThat(x.pick(Ids.of(new int[] {2, 0})).toArray()).containsExactly(3, 4);
    assertThat(x.embedding(Ids.of(new int[] {1, 0, 1})).toArray())
        .containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
    assertThat(x.embedding(Ids.of(new int[] {1}, 1, 1)).shape()).isEqualTo(Shape.of(1, 1, 3));
  }

  @Test
  void rows() {
    var logits = Tensor.of(new float[] {1, 1, 3});

    assertThat(logits.softmax().toArray())
        .containsExactly(new float[] {0.106507f, 0.106507f, 0.786986f}, CLOSE);
    assertThat(logits.logSoftmax().exp().sum().item()).isCloseTo(1, CLOSE);
    assertThat(logits.plus(1000).softmax().get(2)).isCloseTo(0.786986f, CLOSE);
    assertThat(x.layerNorm(Tensor.full(2, 3), Tensor.ones(3), 0).get(0, 0))
        .isCloseTo(1 - 2 * (float) Math.sqrt(1.5), CLOSE); // (1 − 2)/√(2/3) · 2 + 1
  }

  /// −ln p of the class, its weight, and the smoothed share of all classes.
  @Test
  void crossEntropies() {
    var logits = Tensor.of(new float[] {1, 1, 3, 0, 0, 0}, 2, 3);
    var targets = Ids.of(new int[] {2, 0});
    var weights = Tensor.of(new float[] {2, 1, 0.5f});
    double[] p = {0.10650698, 0.10650698, 0.78698604};
    double smooth =
        0.9 * 0.5 * -Math.log(p[2])
            + 0.1 / 3 * -(2 * Math.log(p[0]) + Math.log(p[1]) + 0.5 * Math.log(p[2]));

    assertThat(logits.crossEntropy(targets).item())
        .isCloseTo((float) (-Math.log(p[2]) + Math.log(3)) / 2, CLOSE);
    assertThat(logits.crossEntropies(targets, weights, -1, 0).toArray())
        .containsExactly(
            new float[] {(float) (0.5 * -Math.log(p[2])), (float) (2 * Math.log(3))}, CLOSE);
    assertThat(logits.crossEntropies(targets, weights, 0, 0.1f).toArray())
        .containsExactly(new float[] {(float) smooth, 0}, CLOSE);
  }

  @Test
  void functions() {
    for (float at : new float[] {-30, -2, -0.5f, 0.25f, 1, 3, 30}) {
      for (var f : Unary.values()) {
        if (at > 0 || (f != Unary.LOG && f != Unary.SQRT)) {
          float expected = (float) byDefinition(f, at);
          assertThat(Tensor.of(at).map(f).item())
              .as("%s(%s)", f, at)
              .isCloseTo(expected, within(2e-5f + 2e-6f * Math.abs(expected)));
        }
      }
    }
  }

  private static double byDefinition(Unary f, double x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
      case ELU -> x > 0 ? x : Math.exp(x) - 1;
      case SOFTPLUS -> Math.log1p(Math.exp(x));
      case SILU -> x / (1 + Math.exp(-x));
      case GELU -> x * normalDistribution(x);
    };
  }

  /// Φ(x) by Simpson's rule from −40 to x, fine enough for 10⁻⁹.
  private static double normalDistribution(double x) {
    int n = 20_000;
    double from = -40;
    double h = (x - from) / n;
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      double at = from + i * h;
      int weight = i == 0 || i == n ? 1 : 2 + 2 * (i % 2);
      sum += weight * Math.exp(-at * at / 2);
    }
    return sum * h / 3 / Math.sqrt(2 * Math.PI);
  }
}
