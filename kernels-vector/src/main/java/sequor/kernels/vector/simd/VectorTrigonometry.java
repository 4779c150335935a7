package sequor.kernels.vector.simd;

import static sequor.kernels.FloatMath.ROUNDER;
import static sequor.kernels.Trigonometry.HALF_PI_HIGH;
import static sequor.kernels.Trigonometry.HALF_PI_LOW;
import static sequor.kernels.Trigonometry.HALF_PI_MIDDLE;
import static sequor.kernels.Trigonometry.REDUCIBLE;
import static sequor.kernels.Trigonometry.TWO_OVER_PI;
import static sequor.kernels.vector.simd.Lanes.S;
import static sequor.kernels.vector.simd.VectorMath.splat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Trigonometry;

/// Sine and cosine of [Trigonometry], step by step the same, in all lanes at once; for short loops
/// only, as [VectorMath].
public final class VectorTrigonometry {
  private VectorTrigonometry() {}

  /// Whether a lane is too large for [#sin] and [#cos] here.
  public static boolean anyTooLarge(FloatVector x) {
    return x.abs().compare(VectorOperators.GT, REDUCIBLE).anyTrue();
  }

  /// `sin x`, for `x` that is not too large.
  public static FloatVector sin(FloatVector x) {
    return turned(x, 0);
  }

  /// `cos x`, for `x` that is not too large.
  public static FloatVector cos(FloatVector x) {
    return turned(x, 1);
  }

  /// `sin(x + quarters·π/2)`.
  private static FloatVector turned(FloatVector x, int quarters) {
    var shifted = x.fma(splat(TWO_OVER_PI), splat(ROUNDER));
    var n = shifted.sub(ROUNDER);
    var r = n.fma(splat(-HALF_PI_HIGH), x);
    r = n.fma(splat(-HALF_PI_MIDDLE), r);
    r = n.fma(splat(-HALF_PI_LOW), r);
    var turns = shifted.reinterpretAsInts().add(quarters); // the low bits are those of n
    var even = turns.and(1).compare(VectorOperators.EQ, 0).cast(S);
    var y = cosReduced(r).blend(sinReduced(r), even);
    var sign = turns.and(2).lanewise(VectorOperators.LSHL, 30);
    return y.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
  }

  private static FloatVector sinReduced(FloatVector r) {
    var z = r.mul(r);
    var s = z.fma(splat(Trigonometry.S2), splat(Trigonometry.S1));
    return s.fma(z, splat(Trigonometry.S0)).fma(r.mul(z), r);
  }

  private static FloatVector cosReduced(FloatVector r) {
    var z = r.mul(r);
    var c = z.fma(splat(Trigonometry.C2), splat(Trigonometry.C1));
    return c.fma(z, splat(Trigonometry.C0)).fma(z.mul(z), z.fma(splat(-0.5f), splat(1)));
  }
}
