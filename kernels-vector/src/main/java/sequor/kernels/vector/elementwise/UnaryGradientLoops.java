package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Unary;
import sequor.kernels.vector.simd.VectorMath;
import sequor.kernels.vector.simd.VectorNormal;
import sequor.kernels.vector.simd.VectorTrigonometry;

/// `dx += dy · f'` for `from ≤ i < to`, loop by loop as in [UnaryLoops].
final class UnaryGradientLoops {
  private UnaryGradientLoops() {}

  static void run(Unary f, float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
    switch (f) {
      case NEGATE -> negate(dy, dx, from, to);
      case ABS -> abs(x, dy, dx, from, to);
      case SIGN, FLOOR, CEIL, ROUND -> {} // flat
      case SQUARE -> square(x, dy, dx, from, to);
      case SQRT -> sqrt(y, dy, dx, from, to);
      case RSQRT -> rsqrt(y, dy, dx, from, to);
      case RECIPROCAL -> reciprocal(y, dy, dx, from, to);
      case EXP -> exp(y, dy, dx, from, to);
      case EXPM1 -> expm1(y, dy, dx, from, to);
      case LOG -> log(x, dy, dx, from, to);
      case LOG1P -> log1p(x, dy, dx, from, to);
      case SIN -> sin(x, dy, dx, from, to);
      case COS -> cos(x, dy, dx, from, to);
      case ERF -> erf(x, dy, dx, from, to);
      case SIGMOID -> sigmoid(y, dy, dx, from, to);
      case LOG_SIGMOID -> logSigmoid(x, dy, dx, from, to);
      case TANH -> tanh(y, dy, dx, from, to);
      case RELU -> rectified(y, dy, dx, 0, from, to);
      case LEAKY_RELU -> rectified(x, dy, dx, 0.01f, from, to);
      case ELU -> elu(y, dy, dx, from, to);
      case SOFTPLUS -> softplus(x, dy, dx, from, to);
      case SILU -> CurveLoops.siluBackward(x, dy, dx, from, to);
      case GELU -> CurveLoops.geluBackward(x, dy, dx, from, to);
    }
  }

  private static void negate(float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] -= dy[i];
    }
  }

  private static void abs(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * Math.signum(x[i]);
    }
  }

  private static void square(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (2 * x[i]);
    }
  }

  private static void sqrt(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (0.5f / y[i]);
    }
  }

  private static void rsqrt(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (-0.5f * y[i] * (y[i] * y[i]));
    }
  }

  private static void reciprocal(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (-y[i] * y[i]);
    }
  }

  private static void exp(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * y[i];
    }
  }

  private static void expm1(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (y[i] + 1);
    }
  }

  private static void log(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (1 / x[i]);
    }
  }

  private static void log1p(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (1 / (1 + x[i]));
    }
  }

  private static void sin(float[] xs, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      if (VectorTrigonometry.anyTooLarge(x)) {
        oneByOne(Unary.SIN, xs, dy, dx, i);
      } else {
        add(VectorTrigonometry.cos(x), dy, dx, i);
      }
    }
  }

  private static void cos(float[] xs, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      if (VectorTrigonometry.anyTooLarge(x)) {
        oneByOne(Unary.COS, xs, dy, dx, i);
      } else {
        add(VectorTrigonometry.sin(x).neg(), dy, dx, i);
      }
    }
  }

  /// One vector's worth of a function whose slope follows from `x`.
  private static void oneByOne(Unary f, float[] x, float[] dy, float[] dx, int from) {
    for (int i = from; i < from + L; i++) {
      dx[i] += dy[i] * f.slope(x[i], Float.NaN);
    }
  }

  private static void erf(float[] xs, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      add(VectorNormal.erfSlope(FloatVector.fromArray(S, xs, i)), dy, dx, i);
    }
  }

  private static void sigmoid(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (y[i] * (1 - y[i]));
    }
  }

  private static void logSigmoid(float[] xs, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      add(VectorMath.sigmoid(FloatVector.fromArray(S, xs, i).neg()), dy, dx, i);
    }
  }

  private static void tanh(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (1 - y[i] * y[i]);
    }
  }

  /// The slope is 1 above 0 and `below` elsewhere.
  private static void rectified(float[] x, float[] dy, float[] dx, float below, int from, int to) {
    for (int i = from; i < to; i += L) {
      var positive = FloatVector.fromArray(S, x, i).compare(VectorOperators.GT, 0);
      var slope = FloatVector.broadcast(S, below).blend(1, positive);
      add(slope, dy, dx, i);
    }
  }

  private static void elu(float[] ys, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      var y = FloatVector.fromArray(S, ys, i);
      add(y.add(1).blend(1, y.compare(VectorOperators.GT, 0)), dy, dx, i);
    }
  }

  private static void softplus(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      add(VectorMath.sigmoid(FloatVector.fromArray(S, x, i)), dy, dx, i);
    }
  }

  /// `dx += dy · slope`.
  private static void add(FloatVector slope, float[] dy, float[] dx, int i) {
    FloatVector.fromArray(S, dx, i)
        .add(FloatVector.fromArray(S, dy, i).mul(slope))
        .intoArray(dx, i);
  }
}
