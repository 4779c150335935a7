package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.I;
import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Elementwise.Dropout;

/// Tosses the coins of a dropout, a vector of them at a time, for `from ≤ i < to`.
final class DropoutLoops {
  private static final IntVector PLACES = IntVector.zero(I).addIndex(1);

  private DropoutLoops() {}

  /// `y = x · scale` where the coin falls on keep, else 0.
  static void forward(float[] x, float[] y, Dropout coins, int from, int to) {
    float scale = coins.scale();
    int i = from;
    for (; i <= to - L; i += L) {
      var kept = FloatVector.fromArray(S, x, i).mul(scale);
      FloatVector.zero(S).blend(kept, keeps(coins, i)).intoArray(y, i);
    }
    for (; i < to; i++) {
      y[i] = coins.keeps(i) ? x[i] * scale : 0;
    }
  }

  /// `dx += dy · scale` where the coin falls on keep.
  static void backward(float[] dy, float[] dx, Dropout coins, int from, int to) {
    float scale = coins.scale();
    int i = from;
    for (; i <= to - L; i += L) {
      var kept = FloatVector.fromArray(S, dy, i).mul(scale);
      FloatVector.fromArray(S, dx, i).add(kept, keeps(coins, i)).intoArray(dx, i);
    }
    for (; i < to; i++) {
      dx[i] += coins.keeps(i) ? dy[i] * scale : 0;
    }
  }

  /// [Dropout#keeps] of the places from `i` on.
  private static VectorMask<Float> keeps(Dropout coins, int i) {
    var place = PLACES.add(i).mul(Dropout.STEP).add((int) coins.seed());
    var hash = mix(mix(place).lanewise(VectorOperators.XOR, (int) (coins.seed() >>> 32)));
    return hash.lanewise(VectorOperators.LSHR, 8)
        .compare(VectorOperators.GE, coins.threshold())
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
