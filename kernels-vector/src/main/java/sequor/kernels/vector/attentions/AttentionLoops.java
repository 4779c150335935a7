package sequor.kernels.vector.attentions;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.Elementwise.Dropout;
import sequor.kernels.vector.elementwise.DropoutLoops;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.VectorMath;

/// Loops over what one query takes from `n` keys, numbers that begin at `at`.
final class AttentionLoops {
  private AttentionLoops() {}

  /// `x = e^(scale · x − shift)`; gives the sum.
  static float exp(float[] x, int at, int n, float scale, float shift, float[] lanes) {
    var sum = FloatVector.zero(S);
    int i = 0;
    for (; i < Lanes.whole(n); i += L) {
      var e = VectorMath.exp(FloatVector.fromArray(S, x, at + i).mul(scale).sub(shift));
      e.intoArray(x, at + i);
      sum = sum.add(e);
    }
    sum.intoArray(lanes, 0);
    float all = Lanes.sum(lanes, 0);
    return i < n ? all + expOfRest(x, at + i, n - i, scale, shift, lanes) : all;
  }

  private static float expOfRest(
      float[] x, int at, int n, float scale, float shift, float[] lanes) {
    var rest = Lanes.first(n);
    var e = VectorMath.exp(FloatVector.fromArray(S, x, at, rest).mul(scale).sub(shift));
    e.intoArray(x, at, rest);
    FloatVector.zero(S).blend(e, rest).intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// `x = 0` where the mask says so, else scaled; its places begin at `place`.
  static void drop(float[] x, int at, int n, Dropout mask, int place) {
    float scale = mask.scale();
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var kept = FloatVector.fromArray(S, x, at + i, rest).mul(scale);
      FloatVector.zero(S)
          .blend(kept, DropoutLoops.keeps(mask, place + i))
          .intoArray(x, at + i, rest);
    }
  }

  /// `dp = scale · p · (dp − dot)`: the gradient of the products.
  static void gradient(float[] p, float[] dp, int at, int n, float dot, float scale) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, dp, at + i, rest)
          .sub(dot)
          .mul(FloatVector.fromArray(S, p, at + i, rest))
          .mul(scale)
          .intoArray(dp, at + i, rest);
    }
  }

  /// The same where some `p` were dropped, which are so afterwards.
  static void gradient(
      float[] p, float[] dp, int at, int n, float dot, float scale, Dropout mask, int place) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var all = FloatVector.fromArray(S, p, at + i, rest);
      var kept =
          FloatVector.zero(S).blend(all.mul(mask.scale()), DropoutLoops.keeps(mask, place + i));
      FloatVector.fromArray(S, dp, at + i, rest)
          .mul(kept)
          .sub(all.mul(dot))
          .mul(scale)
          .intoArray(dp, at + i, rest);
      kept.intoArray(p, at + i, rest);
    }
  }
}
