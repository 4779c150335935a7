package sequor.kernels.vector.chains;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.VectorMath;

/// Loops over the N tags of a step, and over the N·N factors of [#ROWS] rows.
final class ChainLoops {
  /// How many rows of a batch go through the factors together, so that these are read once for all.
  static final int ROWS = 4;

  private ChainLoops() {}

  /// `y = x · m` for [#ROWS] rows of `width` numbers and a matrix of `n` such rows. Every row is
  /// added up in the same order, whoever is beside it.
  static void product(float[] x, float[] m, float[] y, int n, int width) {
    int j = 0;
    for (; j + 2 * L <= width; j += 2 * L) {
      twoColumns(x, m, y, n, width, j);
    }
    if (j < width) {
      oneColumn(x, m, y, n, width, j);
    }
  }

  private static void twoColumns(float[] x, float[] m, float[] y, int n, int width, int j) {
    var a0 = FloatVector.zero(S);
    var a1 = a0;
    var a2 = a0;
    var a3 = a0;
    var b0 = a0;
    var b1 = a0;
    var b2 = a0;
    var b3 = a0;
    for (int i = 0; i < n; i++) {
      var left = FloatVector.fromArray(S, m, i * width + j);
      var right = FloatVector.fromArray(S, m, i * width + j + L);
      var x0 = FloatVector.broadcast(S, x[i]);
      a0 = left.fma(x0, a0);
      b0 = right.fma(x0, b0);
      var x1 = FloatVector.broadcast(S, x[width + i]);
      a1 = left.fma(x1, a1);
      b1 = right.fma(x1, b1);
      var x2 = FloatVector.broadcast(S, x[2 * width + i]);
      a2 = left.fma(x2, a2);
      b2 = right.fma(x2, b2);
      var x3 = FloatVector.broadcast(S, x[3 * width + i]);
      a3 = left.fma(x3, a3);
      b3 = right.fma(x3, b3);
    }
    a0.intoArray(y, j);
    b0.intoArray(y, j + L);
    a1.intoArray(y, width + j);
    b1.intoArray(y, width + j + L);
    a2.intoArray(y, 2 * width + j);
    b2.intoArray(y, 2 * width + j + L);
    a3.intoArray(y, 3 * width + j);
    b3.intoArray(y, 3 * width + j + L);
  }

  private static void oneColumn(float[] x, float[] m, float[] y, int n, int width, int j) {
    var a0 = FloatVector.zero(S);
    var a1 = a0;
    var a2 = a0;
    var a3 = a0;
    for (int i = 0; i < n; i++) {
      var left = FloatVector.fromArray(S, m, i * width + j);
      a0 = left.fma(FloatVector.broadcast(S, x[i]), a0);
      a1 = left.fma(FloatVector.broadcast(S, x[width + i]), a1);
      a2 = left.fma(FloatVector.broadcast(S, x[2 * width + i]), a2);
      a3 = left.fma(FloatVector.broadcast(S, x[3 * width + i]), a3);
    }
    a0.intoArray(y, j);
    a1.intoArray(y, width + j);
    a2.intoArray(y, 2 * width + j);
    a3.intoArray(y, 3 * width + j);
  }

  /// `y[j] = max_i (x[i] + m[i,j])` for [#ROWS] rows.
  static void best(float[] x, float[] m, float[] y, int n, int width) {
    for (int j = 0; j < width; j += L) {
      bestOf(x, m, y, n, width, j);
    }
  }

  private static void bestOf(float[] x, float[] m, float[] y, int n, int width, int j) {
    var a0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    var a1 = a0;
    var a2 = a0;
    var a3 = a0;
    for (int i = 0; i < n; i++) {
      var left = FloatVector.fromArray(S, m, i * width + j);
      a0 = a0.max(left.add(x[i]));
      a1 = a1.max(left.add(x[width + i]));
      a2 = a2.max(left.add(x[2 * width + i]));
      a3 = a3.max(left.add(x[3 * width + i]));
    }
    a0.intoArray(y, j);
    a1.intoArray(y, width + j);
    a2.intoArray(y, 2 * width + j);
    a3.intoArray(y, 3 * width + j);
  }

  /// `z = x + y`; gives the largest of them.
  static float add(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n, float[] lanes) {
    var low = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    var max = low;
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var sum =
          FloatVector.fromArray(S, x, xi + j, rest).add(FloatVector.fromArray(S, y, yi + j, rest));
      sum.intoArray(z, zi + j, rest);
      max = max.max(low.blend(sum, rest));
    }
    max.intoArray(lanes, 0);
    float largest = lanes[0];
    for (int j = 1; j < L; j++) {
      largest = Math.max(largest, lanes[j]);
    }
    return largest;
  }

  /// `z = z · x`; gives their sum.
  static float multiply(float[] x, int xi, float[] z, int zi, int n, float[] lanes) {
    var sum = FloatVector.zero(S);
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var product =
          FloatVector.fromArray(S, x, xi + j, rest).mul(FloatVector.fromArray(S, z, zi + j, rest));
      product.intoArray(z, zi + j, rest);
      sum = sum.add(product);
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// `z = ln s + c`; gives the smallest `s`.
  static float logs(float[] s, int si, float[] c, float[] z, int zi, int n, float[] lanes) {
    var high = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
    var min = high;
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var sum = FloatVector.fromArray(S, s, si + j, rest);
      VectorMath.log(sum).add(FloatVector.fromArray(S, c, j, rest)).intoArray(z, zi + j, rest);
      min = min.min(high.blend(sum, rest));
    }
    min.intoArray(lanes, 0);
    return smallest(lanes);
  }

  /// `y = e^(x − c)`.
  static void powers(float[] x, int xi, float[] c, float[] y, int yi, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var less =
          FloatVector.fromArray(S, x, xi + j, rest).sub(FloatVector.fromArray(S, c, j, rest));
      VectorMath.exp(less).intoArray(y, yi + j, rest);
    }
  }

  /// `y = p · e^(c − z)`, or 0 where `z − c` is below `least`; gives the smallest `z − c`.
  static float shares(
      float[] p,
      float[] c,
      float[] z,
      int zi,
      float least,
      float[] y,
      int at,
      int n,
      float[] lanes) {
    float smallest = apart(c, z, zi, least, y, at, n, lanes);
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      VectorMath.exp(FloatVector.fromArray(S, y, at + j, rest))
          .mul(FloatVector.fromArray(S, p, at + j, rest))
          .intoArray(y, at + j, rest);
    }
    return smallest;
  }

  /// `y = c − z`, or −∞ where `z − c` is below `least`; gives the smallest `z − c`.
  private static float apart(
      float[] c, float[] z, int zi, float least, float[] y, int yi, int n, float[] lanes) {
    var high = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
    var min = high;
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var apart =
          FloatVector.fromArray(S, z, zi + j, rest).sub(FloatVector.fromArray(S, c, j, rest));
      min = min.min(high.blend(apart, rest));
      var far = apart.compare(VectorOperators.LT, least);
      apart.neg().blend(Float.NEGATIVE_INFINITY, far).intoArray(y, yi + j, rest);
    }
    min.intoArray(lanes, 0);
    return smallest(lanes);
  }

  private static float smallest(float[] lanes) {
    float smallest = lanes[0];
    for (int j = 1; j < L; j++) {
      smallest = Math.min(smallest, lanes[j]);
    }
    return smallest;
  }

  /// `y += F · x`, number by number, over `n` rows; those of `F` are `width` apart.
  static void addProduct(float[] factors, int width, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j += L) {
        var rest = Lanes.first(n - j);
        var product =
            FloatVector.fromArray(S, factors, i * width + j, rest)
                .mul(FloatVector.fromArray(S, x, i * n + j, rest));
        FloatVector.fromArray(S, y, i * n + j, rest).add(product).intoArray(y, i * n + j, rest);
      }
    }
  }
}
