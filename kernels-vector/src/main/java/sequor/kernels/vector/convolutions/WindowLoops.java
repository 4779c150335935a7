package sequor.kernels.vector.convolutions;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.vector.simd.Lanes;

/// ReLU on the way from one place to another.
final class WindowLoops {
  private WindowLoops() {}

  /// `y = max(z, 0)`, NaN if that is NaN.
  static void relu(float[] z, int zi, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var each = FloatVector.fromArray(S, z, zi + i, rest);
      each.blend(0, each.compare(VectorOperators.LE, 0)).intoArray(y, yi + i, rest);
    }
  }

  /// `dz = dy` where `y` is above 0, else 0; `y` and `dy` both from `at` on.
  static void reluBackward(float[] y, float[] dy, int at, float[] dz, int zi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var off = FloatVector.fromArray(S, y, at + i, rest).compare(VectorOperators.LE, 0);
      FloatVector.fromArray(S, dy, at + i, rest).blend(0, off).intoArray(dz, zi + i, rest);
    }
  }
}
