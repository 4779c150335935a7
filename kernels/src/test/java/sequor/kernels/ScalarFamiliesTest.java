package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sequor.kernels.Buffers.floats;
import static sequor.kernels.Buffers.ints;
import static sequor.kernels.Buffers.none;
import static sequor.kernels.Buffers.zeros;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Products, elementwise functions, reductions, moves and rows against numbers worked out by hand.
class ScalarFamiliesTest {
  private static final Kernels KERNELS = Kernels.scalar();
  private static final Offset<Float> CLOSE = within(1e-6f);

  @Test
  void productsInEveryLayout() {
    var a = floats(1, 2, 3, 4, 5, 6); // (2,3)
    var aT = floats(1, 4, 2, 5, 3, 6);
    var b = floats(1, 0, 2, 1, 0, 3); // (3,2)
    var bT = floats(1, 2, 0, 0, 1, 3);
    var size = Products.Size.of(2, 3, 2);
    var expected = new float[] {5, 11, 14, 23};
    assertThat(product(a, b, size)).containsExactly(expected);
    assertThat(product(aT, b, size.transposingA())).containsExactly(expected);
    assertThat(product(a, bT, size.transposingB())).containsExactly(expected);
    assertThat(product(aT, bT, size.transposingA().transposingB())).containsExactly(expected);
    assertThat(product(a, b, size.adding())).containsExactly(6, 12, 15, 24);
    assertThat(product(a, bT, size.transposingB().adding())).containsExactly(6, 12, 15, 24);
  }

  @Test
  void productsInABatch() {
    var c = zeros(2);
    KERNELS
        .products()
        .matmul(floats(1, 2, 3, 4), floats(5, 6, 7, 8), c, Products.Size.of(1, 2, 1).times(2));
    assertThat(c.array()).containsExactly(17, 53);
  }

  private static float[] product(Floats a, Floats b, Products.Size size) {
    var c = floats(1, 1, 1, 1);
    KERNELS.products().matmul(a, b, c, size);
    return c.array();
  }

  @Test
  void unaryFunctions() {
    assertUnary(Unary.NEGATE, 2, -2);
    assertUnary(Unary.ABS, -2, 2);
    assertUnary(Unary.SQUARE, -3, 9);
    assertUnary(Unary.SQRT, 9, 3);
    assertUnary(Unary.RECIPROCAL, 4, 0.25f);
    assertUnary(Unary.EXP, 1, 2.7182817f);
    assertUnary(Unary.LOG, 10, 2.3025851f);
    assertUnary(Unary.SIGMOID, 2, 0.8807971f);
    assertUnary(Unary.TANH, 0.5f, 0.46211717f);
    assertUnary(Unary.RELU, -1, 0);
    assertUnary(Unary.RELU, 2, 2);
    assertUnary(Unary.LEAKY_RELU, -2, -0.02f);
    assertUnary(Unary.ELU, -1, -0.63212055f);
    assertUnary(Unary.SOFTPLUS, 0, 0.6931472f);
    assertUnary(Unary.SILU, 2, 1.7615942f);
    assertUnary(Unary.GELU, 1, 0.8413447f);
    assertUnary(Unary.SIGN, -3, -1);
    assertUnary(Unary.FLOOR, -1.5f, -2);
    assertUnary(Unary.CEIL, -1.5f, -1);
    assertUnary(Unary.ROUND, 2.5f, 2);
    assertUnary(Unary.RSQRT, 4, 0.5f);
    assertUnary(Unary.EXPM1, 1, 1.7182819f);
    assertUnary(Unary.LOG1P, 1, 0.6931472f);
    assertUnary(Unary.SIN, 1, 0.84147096f);
    assertUnary(Unary.COS, 1, 0.5403023f);
    assertUnary(Unary.ERF, 0.5f, 0.5204999f);
    assertUnary(Unary.LOG_SIGMOID, -2, -2.126928f);
  }

  private static void assertUnary(Unary f, float x, float expected) {
    assertThat(apply(f, x)).as("%s of %s", f, x).isCloseTo(expected, CLOSE);
  }

  @ParameterizedTest
  @EnumSource
  void derivativesAreTheSlopes(Unary f) {
    for (float x : new float[] {-1.7f, -0.8f, 0.7f, 1.2f}) {
      boolean ofPositive = f == Unary.SQRT || f == Unary.RSQRT || f == Unary.LOG;
      if ((x < 0 && ofPositive) || (x < -0.5f && f == Unary.LOG1P)) {
        continue;
      }
      var dx = floats(10);
      KERNELS.elementwise().unaryBackward(f, floats(x), floats(apply(f, x)), floats(2), dx, 1);
      float step = 1e-2f;
      float slope = (apply(f, x + step) - apply(f, x - step)) / (2 * step);
      assertThat(dx.get(0)).as("%s at %s", f, x).isCloseTo(10 + 2 * slope, within(2e-3f));
    }
  }

  private static float apply(Unary f, float x) {
    var y = zeros(1);
    KERNELS.elementwise().unary(f, floats(x), y, 1);
    return y.get(0);
  }

  @Test
  void elementwiseWritesNoFurtherThanItsSize() {
    var y = floats(1, 2, 3, 9);
    KERNELS.elementwise().affine(floats(1, 2, 3), y, 2, 1, 3);
    assertThat(y.array()).containsExactly(3, 5, 7, 9);
    KERNELS.elementwise().addScaled(floats(1, 1, 1), y, -1, 3);
    assertThat(y.array()).containsExactly(2, 4, 6, 9);
    KERNELS.elementwise().addProduct(floats(1, 2, 3), floats(2, 2, 2), y, 3);
    assertThat(y.array()).containsExactly(4, 8, 12, 9);
    KERNELS.elementwise().clamp(y, y, 5, 10, 3);
    assertThat(y.array()).containsExactly(5, 8, 10, 9);
    KERNELS.elementwise().where(floats(1, 0, -1), floats(1, 1, 1), floats(2, 2, 2), y, 3);
    assertThat(y.array()).containsExactly(1, 2, 1, 9);
    KERNELS.elementwise().fill(y, 7, 3);
    assertThat(y.array()).containsExactly(7, 7, 7, 9);
  }

  @Test
  void dropoutTossesTheSameCoinsAgain() {
    int n = 20_000;
    var mask = new Elementwise.Dropout(n, 0.3f, 42);
    var ones = zeros(n);
    var y = zeros(n);
    var dx = zeros(n);
    KERNELS.elementwise().fill(ones, 1, n);
    KERNELS.elementwise().dropout(ones, y, mask);
    KERNELS.elementwise().dropoutBackward(ones, dx, mask);
    assertThat(dx.array()).isEqualTo(y.array());
    int kept = 0;
    for (float value : y.array()) {
      assertThat(value).isIn(0f, 1 / (1 - 0.3f));
      kept += value > 0 ? 1 : 0;
    }
    assertThat(kept / (double) n).isBetween(0.68, 0.72);
    var other = zeros(n);
    KERNELS.elementwise().dropout(ones, other, new Elementwise.Dropout(n, 0.3f, 43));
    assertThat(other.array()).isNotEqualTo(y.array());
    KERNELS.elementwise().dropout(ones, other, new Elementwise.Dropout(n, 0, 43));
    assertThat(other.array()).isEqualTo(ones.array());
  }

  @Test
  void reductionsOverTheMiddleAxis() {
    var x = floats(1, 2, 3, 4, 5, 6, 60, 50, 40, 30, 20, 10); // (2,3,2)
    var axis = new Reductions.Axis(2, 3, 2);
    var y = zeros(4);
    KERNELS.reductions().sum(x, y, axis);
    assertThat(y.array()).containsExactly(9, 12, 120, 90);
    KERNELS.reductions().max(x, y, axis);
    assertThat(y.array()).containsExactly(5, 6, 60, 50);
    assertThat(argmax(x, axis)).containsExactly(2, 2, 0, 0);
    assertThat(KERNELS.reductions().sumOfSquares(x, 3)).isEqualTo(14);
  }

  @Test
  void argmaxTakesTheFirstOfEqualsAndNoticesNaN() {
    var axis = new Reductions.Axis(1, 4, 1);
    assertThat(argmax(floats(1, 3, 3, 2), axis)).containsExactly(1);
    assertThat(argmax(floats(1, Float.NaN, 3, 2), axis)).containsExactly(1);
  }

  private static int[] argmax(Floats x, Reductions.Axis axis) {
    var places = ints(new int[axis.results()]);
    KERNELS.reductions().argmax(x, places, axis);
    return places.array();
  }

  @Test
  void topKOrdersEqualsByTheirPlace() {
    var axis = new Reductions.Axis(1, 3, 2);
    var x = floats(1, 0, 3, -0f, 3, Float.NaN); // (1,3,2): columns 1 3 3 and 0 −0 NaN
    var places = ints(new int[6]);
    KERNELS.reductions().topK(x, places, axis, 3, true);
    assertThat(places.array()).containsExactly(1, 2, 2, 0, 0, 1);
    KERNELS.reductions().topK(x, places, axis, 3, false);
    assertThat(places.array()).containsExactly(0, 0, 1, 1, 2, 2);
  }

  @Test
  void runningSumsAndTheirGradient() {
    var axis = new Reductions.Axis(1, 3, 2);
    var y = zeros(6);
    KERNELS.reductions().cumsum(floats(1, 10, 2, 20, 3, 30), y, axis);
    assertThat(y.array()).containsExactly(1, 10, 3, 30, 6, 60);
    var dx = floats(100, 0, 0, 0, 0, 0);
    KERNELS.reductions().cumsumBackward(floats(1, 10, 2, 20, 3, 30), dx, axis);
    assertThat(dx.array()).containsExactly(106, 60, 5, 50, 3, 30);
  }

  @Test
  void sumsOfManyOnesAreExact() {
    int many = 17_000_000;
    var sum = zeros(1);
    var one = new Copies.View(new int[] {many}, 0, new int[] {0}, 0, new int[] {0});
    KERNELS.copies().add(floats(1), sum, one);
    assertThat(sum.get(0)).isEqualTo(many);
    var ones = zeros(many);
    KERNELS.elementwise().fill(ones, 1, many);
    KERNELS.reductions().sum(ones, sum, new Reductions.Axis(1, many, 1));
    assertThat(sum.get(0)).isEqualTo(many);
  }

  @Test
  void placesAlongAnAxis() {
    var x = floats(1, 2, 3, 4, 5, 6); // (3,2)
    var ids = ints(2, 0, 2, 1); // (2,2)
    var size = new Copies.Along(1, 3, 2, 2);
    var y = zeros(4);
    KERNELS.copies().gatherAlong(x, ids, y, size);
    assertThat(y.array()).containsExactly(5, 2, 5, 4);
    KERNELS.copies().scatterAddAlong(floats(1, 2, 4, 8), ids, x, size);
    assertThat(x.array()).containsExactly(1, 4, 3, 12, 10, 6);
    KERNELS.copies().scatterAlong(floats(1, 2, 4, 8), ids, x, size);
    assertThat(x.array()).containsExactly(1, 2, 3, 8, 4, 6);
  }

  @Test
  void logSumExpOfRows() {
    float low = Float.NEGATIVE_INFINITY;
    var x = floats(0, (float) Math.log(3), low, low, 1000, low);
    var y = zeros(3);
    KERNELS.rows().logSumExp(x, y, new Rows.Size(3, 2));
    assertThat(y.array()).containsExactly(new float[] {1.3862944f, low, 1000}, within(1e-6f));
    var dx = floats(1, 1, 1, 1, 1, 1);
    KERNELS.rows().logSumExpBackward(x, y, floats(4, 1, 1), dx, new Rows.Size(3, 2));
    assertThat(dx.array()).containsExactly(new float[] {2, 4, 1, 1, 2, 1}, within(1e-5f));
    KERNELS.rows().logSumExp(none(), y, new Rows.Size(1, 0));
    assertThat(y.get(0)).isEqualTo(low);
  }

  @Test
  void copyTransposesAndAddSums() {
    var x = floats(1, 2, 3, 4, 5, 6); // (2,3)
    var y = zeros(6);
    var transpose = new Copies.View(new int[] {3, 2}, 0, new int[] {1, 3}, 0, new int[] {2, 1});
    KERNELS.copies().copy(x, y, transpose);
    assertThat(y.array()).containsExactly(1, 4, 2, 5, 3, 6);
    var sum = floats(100, 100, 100);
    var rows = new Copies.View(new int[] {2, 3}, 0, new int[] {3, 1}, 0, new int[] {0, 1});
    KERNELS.copies().add(x, sum, rows);
    assertThat(sum.array()).containsExactly(105, 107, 109);
    var backwards = new Copies.View(new int[] {3}, 2, new int[] {-1}, 1, new int[] {1});
    KERNELS.copies().copy(x, y, backwards);
    assertThat(y.array()).containsExactly(1, 3, 2, 1, 3, 6);
    KERNELS.copies().copy(x, y, new Copies.View(new int[0], 5, new int[0], 0, new int[0]));
    assertThat(y.get(0)).isEqualTo(6);
  }

  @Test
  void lookUpsAndTheirGradient() {
    var table = floats(1, 2, 3, 4, 5, 6);
    var y = zeros(6);
    KERNELS.copies().gather(table, ints(2, 0, 2), y, 3, 2);
    assertThat(y.array()).containsExactly(5, 6, 1, 2, 5, 6);
    var gradient = zeros(6);
    KERNELS.copies().scatterAdd(floats(1, 1, 2, 2, 3, 3), ints(2, 0, 2), gradient, 3, 2, 0);
    assertThat(gradient.array()).containsExactly(0, 0, 0, 0, 4, 4);
    KERNELS.copies().scatterAdd(floats(1, 1, 2, 2, 3, 3), ints(2, 0, 2), gradient, 3, 2, -1);
    assertThat(gradient.array()).containsExactly(2, 2, 0, 0, 8, 8);
  }

  @Test
  void softmaxOfRows() {
    float low = Float.NEGATIVE_INFINITY;
    var x = floats(0, (float) Math.log(3), low, low, 1000, low);
    var y = zeros(6);
    KERNELS.rows().softmax(x, y, new Rows.Size(3, 2));
    assertThat(y.array()).containsExactly(new float[] {0.25f, 0.75f, 0, 0, 1, 0}, within(1e-6f));
    var dx = floats(1, 1);
    KERNELS.rows().softmaxBackward(floats(0.25f, 0.75f), floats(1, 0), dx, new Rows.Size(1, 2));
    assertThat(dx.array()).containsExactly(new float[] {1.1875f, 0.8125f}, within(1e-6f));
  }

  @Test
  void logSoftmaxOfRows() {
    var y = zeros(2);
    KERNELS.rows().logSoftmax(floats(0, (float) Math.log(3)), y, new Rows.Size(1, 2));
    assertThat(y.array()).containsExactly(new float[] {-1.3862944f, -0.2876821f}, within(1e-6f));
    var dx = zeros(2);
    KERNELS.rows().logSoftmaxBackward(y, floats(1, 0), dx, new Rows.Size(1, 2));
    assertThat(dx.array()).containsExactly(new float[] {0.75f, -0.75f}, within(1e-6f));
  }

  @Test
  void layerNormOfRows() {
    var y = zeros(4);
    var size = new Rows.Normal(2, 2, 0);
    KERNELS.rows().layerNorm(floats(1, 3, 10, 0), floats(2, 2), floats(1, 0), y, size);
    assertThat(y.array()).containsExactly(new float[] {-1, 2, 3, -2}, within(1e-6f));
    KERNELS.rows().layerNorm(floats(1, 3, 10, 0), none(), none(), y, size);
    assertThat(y.array()).containsExactly(new float[] {-1, 1, 1, -1}, within(1e-6f));
  }

  @Test
  void layerNormBackward() {
    // x̂ = (−√1.5, 0, √1.5); with dy = (1,0,0) and w = 1: dx = s·(dy − 1/3 + x̂·√1.5/3), s = √1.5.
    float s = (float) Math.sqrt(1.5);
    var dx = zeros(3);
    var dWeight = zeros(3);
    var dBias = zeros(3);
    KERNELS
        .rows()
        .layerNormBackward(
            floats(1, 2, 3), none(), floats(1, 0, 0), dx, dWeight, dBias, new Rows.Normal(1, 3, 0));
    assertThat(dx.array()).containsExactly(new float[] {s / 6, -s / 3, s / 6}, within(1e-6f));
    assertThat(dWeight.array()).containsExactly(new float[] {-s, 0, 0}, within(1e-6f));
    assertThat(dBias.array()).containsExactly(1, 0, 0);
  }
}
