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
  private static final Stage BELL = stage("bell");
  private static final Stage SIGMOID = stage("sigmoid");
  private static final Stage SOFTPLUS = stage("softplus");
  private static final Stage LOG_SIGMOID = stage("logSigmoid");
  private static final Stage GELU = stage("gelu");
  private static final Stage GELU_BACKWARD = stage("geluBackward");
  private static final Stage SILU_BACKWARD = stage("siluBackward");

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
    run(BELL, GELU, x, y, from, to);
  }

  static void geluBackward(float[] x, float[] dy, float[] dx, int from, int to) {
    runBackward(BELL, GELU_BACKWARD, x, dy, dx, from, to);
  }

  static void siluBackward(float[] x, float[] dy, float[] dx, int from, int to) {
    runBackward(SIGMOID, SILU_BACKWARD, x, dy, dx, from, to);
  }

  private static void run(Stage first, Stage second, float[] x, float[] y, int from, int to) {
    runBackward(first, second, x, x, y, from, to);
  }

  private static void runBackward(
      Stage first, Stage second, float[] x, float[] dy, float[] dx, int from, int to) {
    float[] block = new float[Math.min(BLOCK, to - from)];
    for (int i = from; i < to; i += BLOCK) {
      int n = Math.min(BLOCK, to - i);
      first.run(x, dy, dx, block, i, n);
      second.run(x, dy, dx, block, i, n);
    }
  }

  // First loops: from x into the block; a Stage finds them by their names

  /// `e^(−|x|)`.
  static void expOfMinusSize(float[] x, float[] dy, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.expUpTo0(load(x, at + i).abs().neg()).intoArray(block, i);
    }
  }

  /// `e^(−x²/2)`.
  static void bell(float[] x, float[] dy, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorNormal.bell(load(x, at + i)).intoArray(block, i);
    }
  }

  static void sigmoid(float[] x, float[] dy, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.sigmoid(load(x, at + i)).intoArray(block, i);
    }
  }

  // Second loops: from x and the block into y or, with dy, into dx

  static void softplus(float[] x, float[] dy, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.softplus(load(x, at + i), load(block, i)).intoArray(y, at + i);
    }
  }

  static void logSigmoid(float[] x, float[] dy, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorMath.logSigmoid(load(x, at + i), load(block, i)).intoArray(y, at + i);
    }
  }

  static void gelu(float[] x, float[] dy, float[] y, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      VectorNormal.gelu(load(x, at + i), load(block, i)).intoArray(y, at + i);
    }
  }

  static void geluBackward(float[] x, float[] dy, float[] dx, float[] block, int at, int n) {
    for (int i = 0; i < n; i += L) {
      add(VectorNormal.geluSlope(load(x, at + i), load(block, i)), dy, dx, at + i);
    }
  }

  static void siluBackward(float[] x, float[] dy, float[] dx, float[] block, int at, int n) {
    var one = FloatVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      var s = load(block, i);
      add(s.mul(load(x, at + i).mul(one.sub(s)).add(one)), dy, dx, at + i); // s·(1 + x·(1 − s))
    }
  }

  /// `dx += dy · slope`.
  private static void add(FloatVector slope, float[] dy, float[] dx, int at) {
    load(dx, at).add(load(dy, at).mul(slope)).intoArray(dx, at);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(S, x, at);
  }
}
