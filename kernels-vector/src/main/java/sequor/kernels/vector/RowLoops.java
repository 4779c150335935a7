package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// Loops over one row of `n` numbers. `lanes` is an array of one vector that a caller keeps for
/// many rows.
final class RowLoops {
  private RowLoops() {}

  static float max(float[] x, int at, int n, float[] lanes) {
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
  static float exp(float[] x, int xi, float shift, float[] y, int yi, int n, float[] lanes) {
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
  static float sumOfExp(float[] x, int at, float shift, int n, float[] lanes) {
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
  static void addExp(float[] x, int xi, float shift, float factor, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var e = VectorMath.exp(FloatVector.fromArray(S, x, xi + i, rest).sub(shift));
      FloatVector.fromArray(S, y, yi + i, rest).add(e.mul(factor)).intoArray(y, yi + i, rest);
    }
  }

  /// `y = scale · x + shift`.
  static void affine(float[] x, int xi, float scale, float shift, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, x, xi + i, rest).mul(scale).add(shift).intoArray(y, yi + i, rest);
    }
  }

  /// `y += scale · x`.
  static void addScaled(float[] x, int xi, float scale, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, y, yi + i, rest)
          .add(FloatVector.fromArray(S, x, xi + i, rest).mul(scale))
          .intoArray(y, yi + i, rest);
    }
  }

  /// `z += x · y`.
  static void addProduct(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, z, zi + i, rest)
          .add(
              FloatVector.fromArray(S, x, xi + i, rest)
                  .mul(FloatVector.fromArray(S, y, yi + i, rest)))
          .intoArray(z, zi + i, rest);
    }
  }

  static float sum(float[] x, int at, int n, float[] lanes) {
    var sum = FloatVector.zero(S);
    for (int i = 0; i < n; i += L) {
      sum = sum.add(FloatVector.fromArray(S, x, at + i, Lanes.first(n - i)));
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// `Σ x·y`.
  static float dot(float[] x, int xi, float[] y, int yi, int n, float[] lanes) {
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
}
