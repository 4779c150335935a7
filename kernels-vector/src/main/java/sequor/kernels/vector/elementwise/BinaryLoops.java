package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.Binary;
import sequor.kernels.vector.simd.Lanes;

/// `y = f(a, b)` over `n` numbers of each, loop by loop as in [UnaryLoops].
public final class BinaryLoops {
  private BinaryLoops() {}

  public static void run(Binary f, float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    switch (f) {
      case ADD -> add(a, ai, b, bi, y, yi, n);
      case SUBTRACT -> subtract(a, ai, b, bi, y, yi, n);
      case MULTIPLY -> multiply(a, ai, b, bi, y, yi, n);
      case DIVIDE -> divide(a, ai, b, bi, y, yi, n);
      case MAXIMUM -> maximum(a, ai, b, bi, y, yi, n);
      case MINIMUM -> minimum(a, ai, b, bi, y, yi, n);
      default -> ComparisonLoops.run(f, a, ai, b, bi, y, yi, n);
    }
  }

  public static void add(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    int i = 0;
    for (; i < Lanes.whole(n); i += L) {
      FloatVector.fromArray(S, a, ai + i)
          .add(FloatVector.fromArray(S, b, bi + i))
          .intoArray(y, yi + i);
    }
    for (; i < n; i++) {
      y[yi + i] = a[ai + i] + b[bi + i];
    }
  }

  private static void subtract(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    int i = 0;
    for (; i < Lanes.whole(n); i += L) {
      FloatVector.fromArray(S, a, ai + i)
          .sub(FloatVector.fromArray(S, b, bi + i))
          .intoArray(y, yi + i);
    }
    for (; i < n; i++) {
      y[yi + i] = a[ai + i] - b[bi + i];
    }
  }

  public static void multiply(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    int i = 0;
    for (; i < Lanes.whole(n); i += L) {
      FloatVector.fromArray(S, a, ai + i)
          .mul(FloatVector.fromArray(S, b, bi + i))
          .intoArray(y, yi + i);
    }
    for (; i < n; i++) {
      y[yi + i] = a[ai + i] * b[bi + i];
    }
  }

  private static void divide(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    int i = 0;
    for (; i < Lanes.whole(n); i += L) {
      FloatVector.fromArray(S, a, ai + i)
          .div(FloatVector.fromArray(S, b, bi + i))
          .intoArray(y, yi + i);
    }
    for (; i < n; i++) {
      y[yi + i] = a[ai + i] / b[bi + i];
    }
  }

  public static void maximum(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    int i = 0;
    for (; i < Lanes.whole(n); i += L) {
      FloatVector.fromArray(S, a, ai + i)
          .max(FloatVector.fromArray(S, b, bi + i))
          .intoArray(y, yi + i);
    }
    for (; i < n; i++) {
      y[yi + i] = Math.max(a[ai + i], b[bi + i]);
    }
  }

  private static void minimum(float[] a, int ai, float[] b, int bi, float[] y, int yi, int n) {
    int i = 0;
    for (; i < Lanes.whole(n); i += L) {
      FloatVector.fromArray(S, a, ai + i)
          .min(FloatVector.fromArray(S, b, bi + i))
          .intoArray(y, yi + i);
    }
    for (; i < n; i++) {
      y[yi + i] = Math.min(a[ai + i], b[bi + i]);
    }
  }
}
