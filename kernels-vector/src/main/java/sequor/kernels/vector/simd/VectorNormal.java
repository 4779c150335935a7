package sequor.kernels.vector.simd;

import static sequor.kernels.NormalMath.BELL_END;
import static sequor.kernels.NormalMath.DENSITY_AT_0;
import static sequor.kernels.NormalMath.ERF_END;
import static sequor.kernels.NormalMath.ERF_SLOPE_AT_0;
import static sequor.kernels.vector.simd.VectorMath.splat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.NormalMath;

/// The curves of [NormalMath], step by step the same, in all lanes at once; for short loops only,
/// as [VectorMath].
public final class VectorNormal {
  private static final int SIGN = 1 << 31;

  private VectorNormal() {}

  /// `factor·x²` rounded, the exponent of the bells.
  public static FloatVector exponent(FloatVector x, float factor) {
    var a = bounded(x);
    return a.mul(factor).mul(a);
  }

  /// `x·Φ(x)`, given `e` to the power of [#exponent] with factor −½.
  public static FloatVector gelu(FloatVector x, FloatVector e) {
    var a = bounded(x);
    return x.mul(cdf(x, a, bell(a, -0.5f, e)));
  }

  /// `Φ(x) + x·φ(x)`, its slope.
  public static FloatVector geluSlope(FloatVector x, FloatVector e) {
    var a = bounded(x);
    var bell = bell(a, -0.5f, e);
    return cdf(x, a, bell).add(x.mul(bell.mul(DENSITY_AT_0)));
  }

  /// The error function.
  public static FloatVector erf(FloatVector x) {
    var bits = x.reinterpretAsInts();
    var a = bits.and(~SIGN).reinterpretAsFloats();
    a = a.blend(ERF_END, a.compare(VectorOperators.GT, ERF_END));
    var y = VectorMath.expm1(a.neg().mul(erfExponent(a)));
    return y.reinterpretAsInts().and(~SIGN).or(bits.and(SIGN)).reinterpretAsFloats();
  }

  /// `2/√π · e^(−x²)`, the slope of [#erf], given `e` to the power of [#exponent] with factor −1.
  public static FloatVector erfSlope(FloatVector x, FloatVector e) {
    return bell(bounded(x), -1, e).mul(ERF_SLOPE_AT_0);
  }

  /// `e^(factor·a²)`: what was lost in rounding the exponent is made up for.
  private static FloatVector bell(FloatVector a, float factor, FloatVector e) {
    var scaled = a.mul(factor);
    return e.fma(scaled.fma(a, scaled.mul(a).neg()), e);
  }

  private static FloatVector cdf(FloatVector x, FloatVector a, FloatVector bell) {
    var t = splat(4).div(a.add(4));
    var tail = t.mul(bell).mul(mills(t));
    var y = tail.blend(splat(1).sub(tail), x.compare(VectorOperators.GT, 0));
    return y.blend(x.fma(centre(a.mul(a)), splat(0.5f)), a.compare(VectorOperators.LT, 1));
  }

  private static FloatVector mills(FloatVector t) {
    var m = t.fma(splat(NormalMath.M7), splat(NormalMath.M6));
    m = m.fma(t, splat(NormalMath.M5));
    m = m.fma(t, splat(NormalMath.M4));
    m = m.fma(t, splat(NormalMath.M3));
    m = m.fma(t, splat(NormalMath.M2));
    m = m.fma(t, splat(NormalMath.M1));
    return m.fma(t, splat(NormalMath.M0));
  }

  private static FloatVector centre(FloatVector z) {
    var c = z.fma(splat(NormalMath.C4), splat(NormalMath.C3));
    c = c.fma(z, splat(NormalMath.C2));
    c = c.fma(z, splat(NormalMath.C1));
    return c.fma(z, splat(NormalMath.C0));
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

  private static FloatVector bounded(FloatVector x) {
    var a = x.abs();
    return a.blend(BELL_END, a.compare(VectorOperators.GT, BELL_END));
  }
}
