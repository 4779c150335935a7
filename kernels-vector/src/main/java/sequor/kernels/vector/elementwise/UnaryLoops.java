package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Unary;
import sequor.kernels.vector.simd.VectorMath;
import sequor.kernels.vector.simd.VectorNormal;
import sequor.kernels.vector.simd.VectorTrigonometry;

/// `y = f(x)` for `from ≤ i < to`.
///
/// Each function has a loop of its own: one loop over a function given as an argument would not be
/// inlined once it has seen three of them. Loops without a branch are left to the JIT, which turns
/// them into the same vector instructions. Loops over vectors come with `to − from` a multiple of
/// the lanes.
final class UnaryLoops {
  private UnaryLoops() {}

  static void run(Unary f, float[] x, float[] y, int from, int to) {
    switch (f) {
      case NEGATE -> negate(x, y, from, to);
      case ABS -> abs(x, y, from, to);
      case SIGN -> sign(x, y, from, to);
      case FLOOR -> floor(x, y, from, to);
      case CEIL -> ceil(x, y, from, to);
      case ROUND -> round(x, y, from, to);
      case SQUARE -> square(x, y, from, to);
      case SQRT -> sqrt(x, y, from, to);
      case RSQRT -> rsqrt(x, y, from, to);
      case RECIPROCAL -> reciprocal(x, y, from, to);
      case EXP -> exp(x, y, from, to);
      case EXPM1 -> expm1(x, y, from, to);
      case LOG -> log(x, y, from, to);
      case LOG1P -> log1p(x, y, from, to);
      case SIN -> sin(x, y, from, to);
      case COS -> cos(x, y, from, to);
      case ERF -> erf(x, y, from, to);
      case SIGMOID -> sigmoid(x, y, from, to);
      case LOG_SIGMOID -> CurveLoops.logSigmoid(x, y, from, to);
      case TANH -> tanh(x, y, from, to);
      case RELU -> relu(x, y, from, to);
      case LEAKY_RELU -> leakyRelu(x, y, from, to);
      case ELU -> elu(x, y, from, to);
      case SOFTPLUS -> CurveLoops.softplus(x, y, from, to);
      case SILU -> silu(x, y, from, to);
      case GELU -> CurveLoops.gelu(x, y, from, to);
    }
  }

  private static void negate(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = -x[i];
    }
  }

  private static void abs(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.abs(x[i]);
    }
  }

  private static void sign(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.signum(x[i]);
    }
  }

  private static void floor(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.floor(x).intoArray(y, i);
    }
  }

  private static void ceil(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.ceil(x).intoArray(y, i);
    }
  }

  private static void round(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.round(x).intoArray(y, i);
    }
  }

  private static void square(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = x[i] * x[i];
    }
  }

  private static void sqrt(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (float) Math.sqrt(x[i]);
    }
  }

  private static void rsqrt(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = 1 / (float) Math.sqrt(x[i]);
    }
  }

  private static void reciprocal(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = 1 / x[i];
    }
  }

  private static void exp(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.exp(x).intoArray(y, i);
    }
  }

  private static void expm1(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.expm1(x).intoArray(y, i);
    }
  }

  private static void log(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.log(x).intoArray(y, i);
    }
  }

  private static void log1p(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.log1p(x).intoArray(y, i);
    }
  }

  private static void sin(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      if (VectorTrigonometry.anyTooLarge(x)) {
        oneByOne(Unary.SIN, xs, y, i);
      } else {
        VectorTrigonometry.sin(x).intoArray(y, i);
      }
    }
  }

  private static void cos(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      if (VectorTrigonometry.anyTooLarge(x)) {
        oneByOne(Unary.COS, xs, y, i);
      } else {
        VectorTrigonometry.cos(x).intoArray(y, i);
      }
    }
  }

  /// One vector's worth, for numbers that lanes cannot take together.
  private static void oneByOne(Unary f, float[] x, float[] y, int from) {
    for (int i = from; i < from + L; i++) {
      y[i] = f.of(x[i]);
    }
  }

  private static void erf(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorNormal.erf(x).intoArray(y, i);
    }
  }

  private static void sigmoid(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.sigmoid(x).intoArray(y, i);
    }
  }

  private static void tanh(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.tanh(x).intoArray(y, i);
    }
  }

  private static void relu(float[] x, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  private static void leakyRelu(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      x.mul(0.01f).blend(x, x.compare(VectorOperators.GT, 0)).intoArray(y, i);
    }
  }

  private static void elu(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      VectorMath.expm1(x).blend(x, x.compare(VectorOperators.GT, 0)).intoArray(y, i);
    }
  }

  private static void silu(float[] xs, float[] y, int from, int to) {
    for (int i = from; i < to; i += L) {
      var x = FloatVector.fromArray(S, xs, i);
      x.mul(VectorMath.sigmoid(x)).intoArray(y, i);
    }
  }
}
