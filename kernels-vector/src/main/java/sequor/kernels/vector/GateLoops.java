package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The activations of gates, each over one stretch of `n` numbers.
final class GateLoops {
  private GateLoops() {}

  /// `a = σ(a + u)`.
  static void sigmoid(float[] a, int ai, float[] u, int ui, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var x = FloatVector.fromArray(S, a, ai + j, rest);
      x = x.add(FloatVector.fromArray(S, u, ui + j, rest));
      VectorMath.sigmoid(x).intoArray(a, ai + j, rest);
    }
  }

  /// `a = tanh(a + u)`.
  static void tanh(float[] a, int ai, float[] u, int ui, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var x = FloatVector.fromArray(S, a, ai + j, rest);
      x = x.add(FloatVector.fromArray(S, u, ui + j, rest));
      VectorMath.tanh(x).intoArray(a, ai + j, rest);
    }
  }

  /// `a = max(a + u, 0)`.
  static void relu(float[] a, int ai, float[] u, int ui, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var x = FloatVector.fromArray(S, a, ai + j, rest);
      x = x.add(FloatVector.fromArray(S, u, ui + j, rest));
      x.max(0).intoArray(a, ai + j, rest);
    }
  }

  /// `y = tanh x`.
  static void tanhOf(float[] x, int xi, float[] y, int yi, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      VectorMath.tanh(FloatVector.fromArray(S, x, xi + j, rest)).intoArray(y, yi + j, rest);
    }
  }

  /// `y += x`.
  static void add(float[] x, int xi, float[] y, int yi, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      FloatVector.fromArray(S, y, yi + j, rest)
          .add(FloatVector.fromArray(S, x, xi + j, rest))
          .intoArray(y, yi + j, rest);
    }
  }
}
