package sequor.kernels.vector.recurrences;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.VectorMath;

/// The arithmetic that the steps of all cells share, over the rows of a block.
final class GateLoops {
  private GateLoops() {}

  /// `a = σ(a)` for `n` numbers, a multiple of the lanes, in each of `rows` rows, `step` apart.
  static void sigmoid(float[] a, int at, int n, int rows, int step) {
    for (int r = 0; r < rows; r++) {
      int row = at + r * step;
      for (int j = row; j < row + n; j += L) {
        VectorMath.sigmoid(FloatVector.fromArray(S, a, j)).intoArray(a, j);
      }
    }
  }

  /// `a = tanh a` for `n` numbers, a multiple of the lanes, in each of `rows` rows, `step` apart.
  static void tanh(float[] a, int at, int n, int rows, int step) {
    for (int r = 0; r < rows; r++) {
      int row = at + r * step;
      for (int j = row; j < row + n; j += L) {
        VectorMath.tanh(FloatVector.fromArray(S, a, j)).intoArray(a, j);
      }
    }
  }

  /// `a = max(a, 0)` for `n` numbers, a multiple of the lanes.
  static void relu(float[] a, int n) {
    for (int j = 0; j < n; j += L) {
      FloatVector.fromArray(S, a, j).max(0).intoArray(a, j);
    }
  }

  /// `y = tanh x`.
  static void tanhOf(float[] x, int xi, float[] y, int yi, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      VectorMath.tanh(FloatVector.fromArray(S, x, xi + j, rest)).intoArray(y, yi + j, rest);
    }
  }

  /// `y += Σ x` over the rows at the active places, all of length `n`.
  static void addPlaces(float[] x, ActiveRows active, float[] y, int yi, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var sum = FloatVector.fromArray(S, y, yi + j, rest);
      for (int i = 0; i < active.count; i++) {
        sum = sum.add(FloatVector.fromArray(S, x, active.places[i] * n + j, rest));
      }
      sum.intoArray(y, yi + j, rest);
    }
  }
}
