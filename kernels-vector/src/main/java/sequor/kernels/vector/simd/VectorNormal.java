package sequor.kernels.vector.simd;

import static sequor.kernels.FloatMath.INVERSE_LN2;
import static sequor.kernels.FloatMath.LN2_HIGH;
import static sequor.kernels.FloatMath.LN2_LOW;
import static sequor.kernels.FloatMath.ROUNDER;
import static sequor.kernels.NormalMath.BELL_END;
import static sequor.kernels.NormalMath.DENSITY_AT_0;
import static sequor.kernels.NormalMath.ERF_END;
import static sequor.kernels.NormalMath.ERF_SLOPE_AT_0;
import static sequor.kernels.NormalMath.ERF_SLOPE_END;
import static sequor.kernels.NormalMath.MILLS_SCALE;
import static sequor.kernels.vector.simd.VectorMath.splat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.NormalMath;

/// The curves of [NormalMath], step by step the same, in all lanes at once; for short loops only,
/// as [VectorMath].
public final class VectorNormal {
  private static final int SIGN = 1 << 31;

  private VectorNormal() {}

  /// `e^(−x²/2)`.
  public static FloatVector bell(FloatVector x) {
    return bell(x, -0.5f, BELL_END);
  }

  /// `e^(factor·x²)` for a factor of −½ or −1.
  private static FloatVector bell(FloatVector x, float factor, float end) {
    var a = x.abs();
    a = a.blend(end, a.compare(VectorOperators.GT, end));
    var scaled = a.mul(factor);
    var shifted = scaled.mul(a).fma(splat(INVERSE_LN2), splat(ROUNDER));
    var n = shifted.sub(ROUNDER);
    var high = scaled.fma(a, n.mul(-LN2_HIGH));
    var q = VectorMath.expm1OfRest(n.fma(splat(-LN2_LOW), high));
    return VectorMath.scaledDown(q.add(1), shifted);
  }

  /// `x·Φ(x)`, given its [#bell].
  public static FloatVector gelu(FloatVector x, FloatVector bell) {
    return x.mul(cdf(x, bell));
  }

  /// `Φ(x) + x·φ(x)`, its slope.
  public static FloatVector geluSlope(FloatVector x, FloatVector bell) {
    return cdf(x, bell).add(x.mul(bell.mul(DENSITY_AT_0)));
  }

  /// The error function.
  public static FloatVector erf(FloatVector x) {
    var bits = x.reinterpretAsInts();
    var a = bits.and(~SIGN).reinterpretAsFloats();
    a = a.blend(ERF_END, a.compare(VectorOperators.GT, ERF_END));
    var y = VectorMath.expm1(a.neg().mul(erfExponent(a)));
    return y.reinterpretAsInts().and(~SIGN).or(bits.and(SIGN)).reinterpretAsFloats();
  }

  /// `2/√π · e^(−x²)`, the slope of [#erf].
  public static FloatVector erfSlope(FloatVector x) {
    return bell(x, -1, ERF_SLOPE_END).mul(ERF_SLOPE_AT_0);
  }

  private static FloatVector cdf(FloatVector x, FloatVector bell) {
    var t = splat(MILLS_SCALE).div(x.abs().add(MILLS_SCALE));
    var tail = t.mul(bell).mul(mills(t));
    return tail.blend(splat(1).sub(tail), x.compare(VectorOperators.GT, 0));
  }

  private static FloatVector mills(FloatVector t) {
    var m = t.fma(splat(NormalMath.M8), splat(NormalMath.M7));
    m = m.fma(t, splat(NormalMath.M6));
    m = m.fma(t, splat(NormalMath.M5));
    m = m.fma(t, splat(NormalMath.M4));
    m = m.fma(t, splat(NormalMath.M3));
    m = m.fma(t, splat(NormalMath.M2));
    m = m.fma(t, splat(NormalMath.M1));
    return m.fma(t, splat(NormalMath.M0));
  }

  private static FloatVector erfExponent(FloatVector a) {
    var e = a.fma(splat(NormalMath.E8), splat(NormalMath.E7));
    e = e.fma(a, splat(NormalMath.E6));
    e = e.fma(a, splat(NormalMath.E5));
    e = e.fma(a, splat(NormalMath.E4));
    e = e.fma(a, splat(NormalMath.E3));
    e = e.fma(a, splat(NormalMath.E2));
    e = e.fma(a, splat(NormalMath.E1));
    return e.fma(a, splat(NormalMath.E0));
  }
}
