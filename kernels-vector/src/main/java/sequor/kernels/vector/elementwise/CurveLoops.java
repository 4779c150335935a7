package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.vector.simd.VectorMath;
import sequor.kernels.vector.simd.VectorNormal;

/// Curves that are too long for one loop (see [VectorMath]): block by block, a first loop fills a
/// block with exponentials, and a second one goes on from there.
final class CurveLoops {
  private static final int BLOCK = 256;

  private static final Stage EXP_OF_MINUS_SIZE = stage("expOfMinusSize");
  private static final Stage EXP_OF_HALF_SQUARE = stage("expOfHalfSquare");
  private static final Stage EXP_OF_SQUARE = stage("expOfSquare");
  private static final Stage SIGMOID = stage("sigmoid");
  private static final Stage SOFTPLUS = stage("softplus");
  private static final Stage LOG_SIGMOID = stage("logSigmoid");
  private static final Stage GELU = stage("gelu");
  private static final Stage GELU_SLOPE = stage("geluSlope");
  private static final Stage ERF_SLOPE = stage("erfSlope");
  private static final Stage SILU_SLOPE = stage("siluSlope");

  private CurveLoops() {}

  private static Stage stage(String name) {
    return new Stage(MethodHandles.lookup(), name);
  }

  static void softplus(float[] x, float[] y, int from, int to) {
    run(EXP_OF_MINUS_SIZE, SOFTPLUS, x, y, from, to);
  }

  static void logSigmoid(float[] x, float[] y, int from, int to) {
    run(EXP_OF_MINUS_SIZE, LOG_SIGMOID, x, y, from, to);
  }

  static void gelu(float[] x, float[] y, int from, int to) {
    run(EXP_OF_HALF_SQUARE, GELU, x, y, from, to);
  }

  static void geluBackward(float[] x, float[] dy, float[] dx, int from, int to) {
    runBackward(EXP_OF_HALF_SQUARE, GELU_SLOPE, x, dy, dx, from, to);
  }

  static void erfBackward(float[] x, float[] dy, float[] dx, int from, int to) {
    runBackward(EXP_OF_SQUARE, ERF_SLOPE, x, dy, dx, from, to);
  }

  static void siluBackward(float[] x, float[] dy, float[] dx, int from, int to) {
    runBackward(SIGMOID, SILU_SLOPE, x, dy, dx, from, to);
  }

  private static void run(Stage first, Stage second, float[] x, float[] y, int from, int to) {
    float[] block = new float[Math.min(BLOCK, to - from)];
    for (int i = from; i < to; i += BLOCK) {
      int n = Math.min(BLOCK, to - i);
      first.run(x, y, block, i, n);
      second.run(x, y, block, i, n);
    }
  }

  private static void runBackward(
      Stage first, Stage slope, float[] x, float[] dy, float[] dx, int from, int to) {
    float[] block = new float[Math.min(BLOCK, to - from)];
    for (int i = from; i < to; i += BLOCK) {
      int n = Math.min(BLOCK, to - i);
      first.run(x, dy, block, i, n);
      slope.run(x, dy, block, i, n);
      addProduct(block, dy, dx, i, n);
    }
  }

  // First loops: from x into the block; a Stage finds them by their names

  /// `e^(−|x|)`.
  static void expOfMinusSize(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.exp(load(x, at + i).abs().neg()).intoArray(block, i);
    }
  }

  /// `e^(−x²/2)`, before what rounding took from the square is given back.
  static void expOfHalfSquare(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.exp(VectorNormal.exponent(load(x, at + i), -0.5f)).intoArray(block, i);
    }
  }

  /// `e^(−x²)`, likewise.
  static void expOfSquare(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.exp(VectorNormal.exponent(load(x, at + i), -1)).intoArray(block, i);
    }
  }

  static void sigmoid(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.sigmoid(load(x, at + i)).intoArray(block, i);
    }
  }

  // Second loops: from x and the block into y, or the slope into the block

  static void softplus(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.softplus(load(x, at + i), load(block, i)).intoArray(y, at + i);
    }
  }

  static void logSigmoid(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.logSigmoid(load(x, at + i), load(block, i)).intoArray(y, at + i);
    }
  }

  static void gelu(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorNormal.gelu(load(x, at + i), load(block, i)).intoArray(y, at + i);
    }
  }

  static void geluSlope(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorNormal.geluSlope(load(x, at + i), load(block, i)).intoArray(block, i);
    }
  }

  static void erfSlope(float[] x, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorNormal.erfSlope(load(x, at + i), load(block, i)).intoArray(block, i);
    }
  }

  static void siluSlope(float[] x, float[] y, float[] block, int at, int n) {
    var one = FloatVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      var s = load(block, i);
      s.mul(load(x, at + i).mul(one.sub(s)).add(one)).intoArray(block, i); // s·(1 + x·(1 − s))
    }
  }

  private static void addProduct(float[] slope, float[] dy, float[] dx, int at, int n) {
    for (int i = 0; i < n; i += L) {
      load(dx, at + i).add(load(dy, at + i).mul(load(slope, i))).intoArray(dx, at + i);
    }
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(S, x, at);
  }
}
