package sequor.kernels.vector.elementwise;

import static sequor.kernels.vector.simd.Lanes.I;
import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Elementwise.Dropout;

/// Applies the mask of a dropout, a vector of places at a time, for `from ≤ i < to`.
public final class DropoutLoops {
  private static final IntVector PLACES = IntVector.zero(I).addIndex(1);

  private DropoutLoops() {}

  /// `y = x · scale` where the mask keeps it, else 0.
  static void forward(float[] x, float[] y, Dropout mask, int from, int to) {
    float scale = mask.scale();
    int i = from;
    for (; i <= to - L; i += L) {
      var kept = FloatVector.fromArray(S, x, i).mul(scale);
      FloatVector.zero(S).blend(kept, keeps(mask, i)).intoArray(y, i);
    }
    for (; i < to; i++) {
      y[i] = mask.keeps(i) ? x[i] * scale : 0;
    }
  }

  /// `dx += dy · scale` where the mask keeps it.
  static void backward(float[] dy, float[] dx, Dropout mask, int from, int to) {
    float scale = mask.scale();
    int i = from;
    for (; i <= to - L; i += L) {
      var kept = FloatVector.fromArray(S, dy, i).mul(scale);
      FloatVector.fromArray(S, dx, i).add(kept, keeps(mask, i)).intoArray(dx, i);
    }
    for (; i < to; i++) {
      dx[i] += mask.keeps(i) ? dy[i] * scale : 0;
    }
  }

  /// [Dropout#keeps] of the places from `i` on.
  public static VectorMask<Float> keeps(Dropout mask, int i) {
    var place = PLACES.add(i).mul(Dropout.STEP).add((int) mask.seed());
    var hash = mix(mix(place).lanewise(VectorOperators.XOR, (int) (mask.seed() >>> 32)));
    return hash.lanewise(VectorOperators.LSHR, 8)
        .compare(VectorOperators.GE, mask.threshold())
        .cast(S);
  }

  private static IntVector mix(IntVector h) {
    var once = xorShifted(h, 16).mul(Dropout.MIX1);
    var twice = xorShifted(once, 13).mul(Dropout.MIX2);
    return xorShifted(twice, 16);
  }

  private static IntVector xorShifted(IntVector h, int by) {
    return h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, by));
  }
}
