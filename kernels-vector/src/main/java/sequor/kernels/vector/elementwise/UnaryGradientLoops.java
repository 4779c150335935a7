package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.FloatMath;
import sequor.kernels.Unary;
import sequor.kernels.vector.simd.VectorMath;

/// `dx += dy · f'` for `from ≤ i < to`, loop by loop as in [UnaryLoops].
final class UnaryGradientLoops {
  private UnaryGradientLoops() {}

  static void run(Unary f, float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
    switch (f) {
      case NEGATE -> negate(dy, dx, from, to);
      case ABS -> abs(x, dy, dx, from, to);
      case SQUARE -> square(x, dy, dx, from, to);
      case SQRT -> sqrt(y, dy, dx, from, to);
      case RECIPROCAL -> reciprocal(y, dy, dx, from, to);
      case EXP -> exp(y, dy, dx, from, to);
      case LOG -> log(x, dy, dx, from, to);
      case SIGMOID -> sigmoid(y, dy, dx, from, to);
      case TANH -> tanh(y, dy, dx, from, to);
      case RELU -> rectified(x, dy, dx, 0, from, to);
      case LEAKY_RELU -> rectified(x, dy, dx, 0.01f, from, to);
      case ELU -> elu(x, y, dy, dx, from, to);
      case SOFTPLUS -> softplus(x, dy, dx, from, to);
      case SILU -> silu(x, dy, dx, from, to);
      case GELU -> gelu(x, dy, dx, from, to);
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

  private static void log(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (1 / x[i]);
    }
  }

  private static void sigmoid(float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (y[i] * (1 - y[i]));
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

  private static void elu(float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      var positive = FloatVector.fromArray(S, x, i).compare(VectorOperators.GT, 0);
      add(FloatVector.fromArray(S, y, i).add(1).blend(1, positive), dy, dx, i);
    }
  }

  private static void softplus(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      add(VectorMath.sigmoid(FloatVector.fromArray(S, x, i)), dy, dx, i);
    }
  }

  private static void silu(float[] xs, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      var s = VectorMath.sigmoid(x);
      add(s.mul(x.mul(s.mul(-1).add(1)).add(1)), dy, dx, i); // s·(1 + x·(1 − s))
    }
  }

  private static void gelu(float[] x, float[] dy, float[] dx, int from, int to) {
    for (int i = from; i < to; i++) {
      dx[i] += dy[i] * (FloatMath.normalCdf(x[i]) + x[i] * FloatMath.normalDensity(x[i]));
    }
  }

  /// `dx += dy · slope`.
  private static void add(FloatVector slope, float[] dy, float[] dx, int i) {
    FloatVector.fromArray(S, dx, i)
        .add(FloatVector.fromArray(S, dy, i).mul(slope))
        .intoArray(dx, i);
  }
}
