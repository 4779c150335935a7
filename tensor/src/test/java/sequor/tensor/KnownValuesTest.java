package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sequor.Seed;
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
    assertThat(x.gather(1, Ids.of(new int[] {2, 0}, 2, 1)).toArray()).containsExactly(3, 4);
    assertThat(x.gather(0, Ids.of(new int[] {1, 0}, 1, 2)).toArray()).containsExactly(4, 2);
    assertThat(x.indexSelect(1, Ids.of(new int[] {2, 0, 2})).toArray())
        .containsExactly(3, 1, 3, 6, 4, 6);
    var ids = Ids.of(new int[] {1, 1, 0, 0}, 2, 2);
    var source = Tensor.of(new float[] {10, 20, 30, 40}, 2, 2);
    assertThat(x.scatterAdd(1, ids, source).toArray()).containsExactly(1, 32, 3, 74, 5, 6);
    assertThat(x.scatter(1, ids, source).toArray()).containsExactly(1, 20, 3, 40, 5, 6);
    assertThat(x.embedding(Ids.of(new int[] {1, 0, 1})).toArray())
        .containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
    assertThat(x.embedding(Ids.of(new int[] {1}, 1, 1)).shape()).isEqualTo(Shape.of(1, 1, 3));
  }

  @Test
  void statistics() {
    assertThat(x.sum(0, 1).item()).isEqualTo(21);
    assertThat(x.sum(1, true).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(x.variance(1).toArray()).containsExactly(1, 1);
    assertThat(x.variance(new int[] {0}, 0, true).toArray()).containsExactly(2.25f, 2.25f, 2.25f);
    assertThat(x.std(0).toArray())
        .containsExactly(
            new float[] {(float) Math.sqrt(4.5), (float) Math.sqrt(4.5), (float) Math.sqrt(4.5)},
            CLOSE);
    assertThat(x.variance(new int[0], 1, false).item()).isEqualTo(3.5f);
    assertThat(x.slice(0, 0, 1).variance(0).toArray()).containsOnly(Float.NaN);
    assertThat(x.negate().norm(1).item()).isEqualTo(21);
    assertThat(x.norm(2).item()).isCloseTo((float) Math.sqrt(91), CLOSE);
    assertThat(x.negate().norm(Float.POSITIVE_INFINITY, 1).toArray()).containsExactly(3, 6);
    assertThat(x.logSumExp(1, true).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(x.logSumExp().item()).isCloseTo(6.4561934f, CLOSE);
    assertThat(x.cumsum(1).toArray()).containsExactly(1, 3, 6, 4, 9, 15);
    assertThat(x.softmax(0).sum(0).toArray()).containsExactly(new float[] {1, 1, 1}, CLOSE);
    assertThat(Tensor.of(5).sum(new int[0], true).shape()).isEqualTo(Shape.of());
  }

  @Test
  void theLargestAndWhereItStands() {
    var y = Tensor.of(new float[] {3, 1, 3, 2, Float.NaN, 7}, 2, 3);

    assertThat(y.max().item()).isNaN();
    assertThat(y.min(0).toArray()).containsExactly(2, Float.NaN, 3);
    assertThat(y.argmax()).isEqualTo(Ids.of(new int[] {0, 1}));
    assertThat(y.argmin(0, true)).isEqualTo(Ids.of(new int[] {1, 1, 0}, 1, 3));
    assertThat(y.maxWithIndices(0, false).indices()).isEqualTo(Ids.of(new int[] {0, 1, 1}));
    assertThat(y.minWithIndices(1, true).values().toArray()).containsExactly(1, Float.NaN);
    assertThat(y.topK(2, 1).values().toArray()).containsExactly(3, 3, Float.NaN, 7);
    assertThat(y.topK(2, 1).indices()).isEqualTo(Ids.of(new int[] {0, 2, 1, 2}, 2, 2));
    assertThat(y.sort(1, false).values().toArray()).containsExactly(1, 3, 3, 2, 7, Float.NaN);
    assertThat(y.argsort(0, true)).isEqualTo(Ids.of(new int[] {0, 1, 1, 1, 0, 0}, 2, 3));
  }

  @Test
  void aVectorOfZerosHasAGradientOfZero() {
    var zero = Tensor.zeros(3).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(zero.norm(2).plus(zero.std()));
    }
    assertThat(zero.grad().toArray()).containsOnly(0);
  }

  @Test
  void seventeenMillionRowsOfOnes() {
    assertThat(Tensor.ones(17_000_000, 2).sum(0).toArray()).containsOnly(17_000_000);
  }

  @Test
  void convolutions() {
    var steps = Tensor.arange(5).plus(1).reshape(1, 5, 1);
    var weight = Tensor.of(new float[] {1, 10}, 1, 1, 2);

    assertThat(steps.conv1d(weight, Tensor.of(new float[] {100}), 1, 0, 1).toArray())
        .containsExactly(121, 132, 143, 154);
    assertThat(steps.conv1d(weight, 2, 1, 2).toArray()).containsExactly(20, 42, 4);
  }

  @Test
  void windows() {
    assertThat(x.unfold(1, 2, 1).toArray()).containsExactly(1, 2, 2, 3, 4, 5, 5, 6);
    assertThat(x.unfold(0, 2, 1).toArray()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(Tensor.arange(7).unfold(0, 3, 2).toArray())
        .containsExactly(0, 1, 2, 2, 3, 4, 4, 5, 6);
    assertThat(Tensor.arange(7).unfold(0, 3, 3).toArray()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void tensorsThatFollowFromTheirPlaces() {
    assertThat(Tensor.arange(3).toArray()).containsExactly(0, 1, 2);
    assertThat(Tensor.arange(1, 0, -0.25f).toArray()).containsExactly(1, 0.75f, 0.5f, 0.25f);
    assertThat(Tensor.arange(1, 0, 1).shape()).isEqualTo(Shape.of(0));
    assertThat(Tensor.linspace(-1, 1, 5).toArray()).containsExactly(-1, -0.5f, 0, 0.5f, 1);
    assertThat(Tensor.linspace(3, 9, 1).toArray()).containsExactly(3);
    assertThat(Tensor.eye(2).toArray()).containsExactly(1, 0, 0, 1);
    var square = Tensor.arange(9).plus(1).reshape(3, 3);
    assertThat(square.tril(0).toArray()).containsExactly(1, 0, 0, 4, 5, 0, 7, 8, 9);
    assertThat(square.tril(-1).toArray()).containsExactly(0, 0, 0, 4, 0, 0, 7, 8, 0);
    assertThat(square.triu(1).toArray()).containsExactly(0, 2, 3, 0, 0, 6, 0, 0, 0);
    assertThat(Tensor.full(Float.NaN, 2, 2).tril(-2).toArray()).containsOnly(0);
  }

  @Test
  void placesFromTheEndAndRepeats() {
    assertThat(x.slice(1, -2, 3).toArray()).containsExactly(2, 3, 5, 6);
    assertThat(x.select(0, -1).toArray()).containsExactly(4, 5, 6);
    assertThat(x.repeat(1, 2).toArray()).containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    assertThat(x.repeat(2, 1, 1).shape()).isEqualTo(Shape.of(2, 2, 3));
    assertThat(x.unsqueeze(-1).expand(-1, -1, 2).shape()).isEqualTo(Shape.of(2, 3, 2));
    assertThat(x.unsqueeze(0).flatten(0, -2).shape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void aCacheIsWrittenInPlace() {
    var cache = Tensor.zeros(2, 4, 1);
    InPlace.write(cache, 1, 1, Tensor.of(new float[] {1, 2, 3, 4}, 2, 2, 1));
    InPlace.write(cache, 1, 3, Tensor.of(new float[] {9, 8}, 2, 1, 1));

    assertThat(cache.toArray()).containsExactly(0, 1, 2, 9, 0, 3, 4, 8);
  }

  @Test
  void draws() {
    var weights = Tensor.of(new float[] {0, 3, 1, 0, 5, 0, 0, 0}, 2, 4);
    var drawn = weights.multinomial(4000, true, new Seed(1).generator());

    assertThat(drawn.shape()).isEqualTo(Shape.of(2, 4000));
    assertThat(drawn.select(0, 0).count(1)).isBetween(2900, 3100);
    assertThat(drawn.select(0, 0).count(2)).isBetween(900, 1100);
    assertThat(drawn.select(0, 1).count(0)).isEqualTo(4000);
    assertThat(weights.multinomial(4000, true, new Seed(1).generator())).isEqualTo(drawn);
    var order = Tensor.ones(5).multinomial(5, false, new Seed(2).generator());
    assertThat(order.toArray()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
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
        if (isDefined(f, at)) {
          float expected = (float) byDefinition(f, at);
          assertThat(Tensor.of(at).map(f).item())
              .as("%s(%s)", f, at)
              .isCloseTo(expected, within(2e-5f + 2e-6f * Math.abs(expected)));
        }
      }
    }
  }

  private static boolean isDefined(Unary f, float x) {
    return switch (f) {
      case LOG, SQRT, RSQRT -> x > 0;
      case LOG1P -> x > -1;
      default -> true;
    };
  }

  private static double byDefinition(Unary f, double x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case EXP -> Math.exp(x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case ERF -> 2 * normalDistribution(x * Math.sqrt(2)) - 1;
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case LOG_SIGMOID -> -Math.log1p(Math.exp(-x));
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
