package sequor.kernels.vector.simd;

import static sequor.kernels.FloatMath.EXP_MAX;
import static sequor.kernels.FloatMath.EXP_MIN;
import static sequor.kernels.FloatMath.INVERSE_LN2;
import static sequor.kernels.FloatMath.LN2_HIGH;
import static sequor.kernels.FloatMath.LN2_LOW;
import static sequor.kernels.FloatMath.ROUNDER;
import static sequor.kernels.FloatMath.TANH_MAX;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.FloatMath;

/// The curves of [FloatMath], step by step the same, in all lanes at once.
///
/// Call these inside hot loops of short methods only: the JIT inlines up to a budget, and a vector
/// that crosses a real call becomes an object.
public final class VectorMath {
  private static final int SIGN = 1 << 31;
  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  private static final int EXPONENT_BIAS = 127;
  private static final int EXPONENT_SHIFT = 23;

  private VectorMath() {}

  /// `eˣ`.
  public static FloatVector exp(FloatVector x) {
    x = x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX));
    x = x.blend(EXP_MIN, x.compare(VectorOperators.LT, EXP_MIN));
    var shifted = x.fma(splat(INVERSE_LN2), splat(ROUNDER));
    var q = expm1Reduced(x, shifted.sub(ROUNDER));
    // In two factors, because 2ⁿ itself may be beyond the range of a float.
    var power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    var half = power.lanewise(VectorOperators.ASHR, 1);
    return q.add(1).mul(twoTo(half)).mul(twoTo(power.sub(half)));
  }

  /// `eˣ − 1`, for `x` up to 80.
  public static FloatVector expm1(FloatVector x) {
    x = x.blend(EXP_MIN, x.compare(VectorOperators.LT, EXP_MIN));
    var shifted = x.fma(splat(INVERSE_LN2), splat(ROUNDER));
    var q = expm1Reduced(x, shifted.sub(ROUNDER));
    var power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    var scale = twoTo(power).blend(0, power.compare(VectorOperators.LT, -126).cast(S));
    return scale.fma(q, scale.sub(1));
  }

  /// `tanh x`.
  public static FloatVector tanh(FloatVector x) {
    var bits = x.reinterpretAsInts();
    var sign = bits.and(SIGN);
    var a = bits.and(~SIGN).reinterpretAsFloats();
    a = a.blend(TANH_MAX, a.compare(VectorOperators.GT, TANH_MAX));
    var twice = a.add(a);
    var shifted = twice.fma(splat(INVERSE_LN2), splat(ROUNDER));
    var q = expm1Reduced(twice, shifted.sub(ROUNDER));
    var scale = twoTo(shifted.reinterpretAsInts().sub(ROUNDER_BITS));
    var m = scale.fma(q, scale.sub(1));
    return m.div(m.add(2)).reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /// `1 / (1 + e⁻ˣ)`.
  public static FloatVector sigmoid(FloatVector x) {
    return splat(1).div(exp(splat(0).sub(x)).add(1));
  }

  /// `eʳ − 1` for `r = x − n·ln 2`.
  private static FloatVector expm1Reduced(FloatVector x, FloatVector n) {
    var r = n.fma(splat(-LN2_LOW), n.fma(splat(-LN2_HIGH), x));
    var p = r.fma(splat(FloatMath.P5), splat(FloatMath.P4));
    p = p.fma(r, splat(FloatMath.P3));
    p = p.fma(r, splat(FloatMath.P2));
    p = p.fma(r, splat(FloatMath.P1));
    p = p.fma(r, splat(FloatMath.P0));
    return p.fma(r.mul(r), r);
  }

  private static FloatVector twoTo(IntVector n) {
    return n.add(EXPONENT_BIAS)
        .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
        .reinterpretAsFloats();
  }

  private static FloatVector splat(float value) {
    return FloatVector.broadcast(S, value);
  }
}
