package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Binary;
import sequor.kernels.vector.simd.Lanes;

/// Comparisons, what follows from them, and powers: `y = f(a, b)` over `n` numbers of each, loop by
/// loop as in [UnaryLoops]. The end of a row, less than a vector, is done number by number.
final class ComparisonLoops {
  private ComparisonLoops() {}

  static void run(Binary f, float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    int whole = Lanes.whole(n);
    switch (f) {
      case EQUAL -> equal(a, ai, b, bi, y, yi, whole);
      case NOT_EQUAL -> notEqual(a, ai, b, bi, y, yi, whole);
      case LESS -> less(a, ai, b, bi, y, yi, whole);
      case LESS_OR_EQUAL -> lessOrEqual(a, ai, b, bi, y, yi, whole);
      case GREATER -> greater(a, ai, b, bi, y, yi, whole);
      case GREATER_OR_EQUAL -> greaterOrEqual(a, ai, b, bi, y, yi, whole);
      case MAXIMUM_SLOPE -> maximumSlope(a, ai, b, bi, y, yi, whole);
      default -> whole = 0; // powers are in double precision, and have branches
    }
    for (int i = whole; i < n; i++) {
      y[yi + i] = f.of(a[ai + i], b[bi + i]);
    }
  }

  private static void equal(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      oneWhere(load(a, ai + i).compare(VectorOperators.EQ, load(b, bi + i)), y, yi + i);
    }
  }

  private static void notEqual(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      oneWhere(load(a, ai + i).compare(VectorOperators.NE, load(b, bi + i)), y, yi + i);
    }
  }

  private static void less(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      oneWhere(load(a, ai + i).compare(VectorOperators.LT, load(b, bi + i)), y, yi + i);
    }
  }

  private static void lessOrEqual(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      oneWhere(load(a, ai + i).compare(VectorOperators.LE, load(b, bi + i)), y, yi + i);
    }
  }

  private static void greater(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      oneWhere(load(a, ai + i).compare(VectorOperators.GT, load(b, bi + i)), y, yi + i);
    }
  }

  private static void greaterOrEqual(
      float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      oneWhere(load(a, ai + i).compare(VectorOperators.GE, load(b, bi + i)), y, yi + i);
    }
  }

  /// 0 where `a < b`, ½ where both are equal, else 1.
  private static void maximumSlope(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var p = load(a, ai + i);
      var q = load(b, bi + i);
      FloatVector.broadcast(S, 1)
          .blend(0, p.compare(VectorOperators.LT, q))
          .blend(0.5f, p.compare(VectorOperators.EQ, q))
          .intoArray(y, yi + i);
    }
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(S, x, at);
  }

  private static void oneWhere(VectorMask<Float> holds, float[] y, int at) {
    FloatVector.zero(S).blend(1, holds).intoArray(y, at);
  }
}
