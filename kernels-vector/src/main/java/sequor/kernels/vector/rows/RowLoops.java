package sequor.kernels.vector.rows;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.Reductions;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.VectorMath;

/// Loops over rows of `n` numbers. `lanes` is an array of one vector that a caller keeps for many
/// rows.
public final class RowLoops {
  private RowLoops() {}

  public static float max(float[] x, int at, int n, float[] lanes) {
    var low = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    var max = low;
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      max = max.max(low.blend(FloatVector.fromArray(S, x, at + i, rest), rest));
    }
    max.intoArray(lanes, 0);
    float largest = lanes[0];
    for (int i = 1; i < L; i++) {
      largest = Math.max(largest, lanes[i]);
    }
    return largest;
  }

  /// `y = e^(x − shift)`; gives the sum of `y`.
  public static float exp(float[] x, int xi, float shift, float[] y, int yi, int n, float[] lanes) {
    var sum = FloatVector.zero(S);
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var e = VectorMath.exp(FloatVector.fromArray(S, x, xi + i, rest).sub(shift));
      e.intoArray(y, yi + i, rest);
      sum = sum.add(FloatVector.zero(S).blend(e, rest));
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// The sum of `e^(x − shift)`.
  public static float sumOfExp(float[] x, int at, float shift, int n, float[] lanes) {
    var sum = FloatVector.zero(S);
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var e = VectorMath.exp(FloatVector.fromArray(S, x, at + i, rest).sub(shift));
      sum = sum.add(FloatVector.zero(S).blend(e, rest));
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// `y += factor · e^(x − shift)`.
  public static void addExp(
      float[] x, int xi, float shift, float factor, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var e = VectorMath.exp(FloatVector.fromArray(S, x, xi + i, rest).sub(shift));
      FloatVector.fromArray(S, y, yi + i, rest).add(e.mul(factor)).intoArray(y, yi + i, rest);
    }
  }

  /// `y = scale · x + shift`.
  public static void affine(float[] x, int xi, float scale, float shift, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, x, xi + i, rest).mul(scale).add(shift).intoArray(y, yi + i, rest);
    }
  }

  /// `y += scale · x`.
  public static void addScaled(float[] x, int xi, float scale, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, y, yi + i, rest)
          .add(FloatVector.fromArray(S, x, xi + i, rest).mul(scale))
          .intoArray(y, yi + i, rest);
    }
  }

  /// `y += x`.
  public static void add(float[] x, int xi, float[] y, int yi, int n) {
    int j = 0;
    for (; j < Lanes.whole(n); j += L) {
      FloatVector.fromArray(S, y, yi + j)
          .add(FloatVector.fromArray(S, x, xi + j))
          .intoArray(y, yi + j);
    }
    if (j < n) {
      var rest = Lanes.first(n - j);
      FloatVector.fromArray(S, y, yi + j, rest)
          .add(FloatVector.fromArray(S, x, xi + j, rest))
          .intoArray(y, yi + j, rest);
    }
  }

  /// `z += x · y`.
  public static void addProduct(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, z, zi + i, rest)
          .add(
              FloatVector.fromArray(S, x, xi + i, rest)
                  .mul(FloatVector.fromArray(S, y, yi + i, rest)))
          .intoArray(z, zi + i, rest);
    }
  }

  public static float sum(float[] x, int at, int n, float[] lanes) {
    var sum = FloatVector.zero(S);
    for (int i = 0; i < n; i += L) {
      sum = sum.add(FloatVector.fromArray(S, x, at + i, Lanes.first(n - i)));
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// `Σ x·y`.
  public static float dot(float[] x, int xi, float[] y, int yi, int n, float[] lanes) {
    var sum = FloatVector.zero(S);
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      sum =
          FloatVector.fromArray(S, x, xi + i, rest)
              .fma(FloatVector.fromArray(S, y, yi + i, rest), sum);
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// `y += Σ x` over rows of `n` numbers, `step` apart; more than [Reductions#CHUNK] of them chunk
  /// by chunk.
  public static void addRows(float[] x, int xi, int step, int rows, float[] y, int yi, int n) {
    if (rows <= Reductions.CHUNK) {
      addFewRows(x, xi, step, rows, y, yi, n);
      return;
    }
    float[] sum = new float[n];
    for (int row = 0; row < rows; row += Reductions.CHUNK) {
      Arrays.fill(sum, 0);
      addFewRows(x, xi + row * step, step, Math.min(Reductions.CHUNK, rows - row), sum, 0, n);
      add(sum, 0, y, yi, n);
    }
  }

  /// Four vectors at a time, as each sum waits for its own last step.
  private static void addFewRows(float[] x, int xi, int step, int rows, float[] y, int yi, int n) {
    int j = 0;
    for (; j + 4 * L <= n; j += 4 * L) {
      var y0 = FloatVector.fromArray(S, y, yi + j);
      var y1 = FloatVector.fromArray(S, y, yi + j + L);
      var y2 = FloatVector.fromArray(S, y, yi + j + 2 * L);
      var y3 = FloatVector.fromArray(S, y, yi + j + 3 * L);
      for (int row = 0; row < rows; row++) {
        int at = xi + row * step + j;
        y0 = y0.add(FloatVector.fromArray(S, x, at));
        y1 = y1.add(FloatVector.fromArray(S, x, at + L));
        y2 = y2.add(FloatVector.fromArray(S, x, at + 2 * L));
        y3 = y3.add(FloatVector.fromArray(S, x, at + 3 * L));
      }
      y0.intoArray(y, yi + j);
      y1.intoArray(y, yi + j + L);
      y2.intoArray(y, yi + j + 2 * L);
      y3.intoArray(y, yi + j + 3 * L);
    }
    for (; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var sum = FloatVector.fromArray(S, y, yi + j, rest);
      for (int row = 0; row < rows; row++) {
        sum = sum.add(FloatVector.fromArray(S, x, xi + row * step + j, rest));
      }
      sum.intoArray(y, yi + j, rest);
    }
  }
}
