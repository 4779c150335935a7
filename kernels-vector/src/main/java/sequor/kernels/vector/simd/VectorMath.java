package sequor.kernels.vector.simd;

import static sequor.kernels.FloatMath.EXPM1_MIN;
import static sequor.kernels.FloatMath.EXP_MAX;
import static sequor.kernels.FloatMath.EXP_MIN;
import static sequor.kernels.FloatMath.INVERSE_LN2;
import static sequor.kernels.FloatMath.LIFT;
import static sequor.kernels.FloatMath.LIFTED_ONE;
import static sequor.kernels.FloatMath.LN2_HIGH;
import static sequor.kernels.FloatMath.LN2_LOW;
import static sequor.kernels.FloatMath.LOG1P_BIG;
import static sequor.kernels.FloatMath.ROUNDER;
import static sequor.kernels.FloatMath.SQRT_2_LESS_1;
import static sequor.kernels.FloatMath.SQRT_HALF;
import static sequor.kernels.FloatMath.TANH_MAX;
import static sequor.kernels.FloatMath.WHOLE;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.FloatMath;

/// The curves of [FloatMath], step by step the same, in all lanes at once.
///
/// Call these inside hot loops of short methods only: the JIT inlines up to a budget, and a vector
/// that crosses a real call becomes an object. One call of the Vector API costs a few hundred of
/// the 18,000 nodes of that budget; an exponential takes half of it, so what goes on with its
/// result takes that as an argument and has a loop of its own.
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
    var power = power(shifted);
    var half = power.lanewise(VectorOperators.ASHR, 1);
    return q.add(1).mul(twoTo(half)).mul(twoTo(power.sub(half)));
  }

  /// `eˣ` for `x` up to 0: the same bits as [#exp], in fewer steps.
  public static FloatVector expUpTo0(FloatVector x) {
    x = x.blend(EXP_MIN, x.compare(VectorOperators.LT, EXP_MIN));
    var shifted = x.fma(splat(INVERSE_LN2), splat(ROUNDER));
    return scaledDown(expm1Reduced(x, shifted.sub(ROUNDER)).add(1), shifted);
  }

  /// `eˣ − 1`.
  public static FloatVector expm1(FloatVector x) {
    x = x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX));
    x = x.blend(EXPM1_MIN, x.compare(VectorOperators.LT, EXPM1_MIN));
    var shifted = x.fma(splat(INVERSE_LN2), splat(ROUNDER));
    var q = expm1Reduced(x, shifted.sub(ROUNDER));
    // Half of it, because 2ⁿ itself may be beyond the range of a float.
    var half = twoTo(shifted.reinterpretAsInts().sub(ROUNDER_BITS + 1));
    return half.fma(q, half.sub(0.5f)).mul(2);
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
    var scale = twoTo(power(shifted));
    var m = scale.fma(q, scale.sub(1));
    return m.div(m.add(2)).reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /// `1 / (1 + e⁻ˣ)`.
  public static FloatVector sigmoid(FloatVector x) {
    return splat(1).div(exp(splat(0).sub(x)).add(1));
  }

  /// `ln x`; −∞ at 0 and NaN below.
  public static FloatVector log(FloatVector x) {
    var subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    var bits = x.blend(x.mul(0x1p24f), subnormal).reinterpretAsInts();
    var power = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, EXPONENT_SHIFT);
    var f = bits.sub(power.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)).reinterpretAsFloats();
    var n = toFloat(power);
    var y = logReduced(f.sub(1), n.blend(n.sub(24), subnormal));
    y = x.blend(y, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
    return y.blend(Float.NaN, x.compare(VectorOperators.LT, 0));
  }

  /// `ln(1 + x)`; −∞ at −1 and NaN below.
  public static FloatVector log1p(FloatVector x) {
    var big = x.compare(VectorOperators.GT, LOG1P_BIG);
    var scaled = x.blend(x.mul(1 / LOG1P_BIG), big);
    var one = splat(1).blend(0, big);
    var bits = scaled.add(one).reinterpretAsInts();
    var power = bits.sub(SQRT_HALF).lanewise(VectorOperators.ASHR, EXPONENT_SHIFT);
    var scale = twoTo(power.neg());
    var f = scaled.fma(scale, one.fma(scale, splat(-1))); // 2⁻ⁿ·(1 + x) − 1
    var n = toFloat(power);
    var y = logReduced(f, n.blend(n.add(60), big));
    y = x.blend(y, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, -1));
    return y.blend(Float.NaN, x.compare(VectorOperators.LT, -1));
  }

  /// `ln(1 + eˣ)`, given `e = e^(−|x|)`.
  public static FloatVector softplus(FloatVector x, FloatVector e) {
    return x.max(0).add(log1pUpTo1(e));
  }

  /// `ln σ(x)`, given `e = e^(−|x|)`.
  public static FloatVector logSigmoid(FloatVector x, FloatVector e) {
    return x.min(0).sub(log1pUpTo1(e));
  }

  /// The nearest whole number, the even one of two.
  public static FloatVector round(FloatVector x) {
    var bits = x.reinterpretAsInts();
    var a = bits.and(~SIGN).reinterpretAsFloats();
    var whole = a.add(WHOLE).sub(WHOLE).reinterpretAsInts().or(bits.and(SIGN));
    return x.blend(whole.reinterpretAsFloats(), a.compare(VectorOperators.LT, WHOLE));
  }

  /// The largest whole number that is not above `x`.
  public static FloatVector floor(FloatVector x) {
    var whole = round(x);
    return whole.blend(whole.sub(1), whole.compare(VectorOperators.GT, x));
  }

  /// The smallest whole number that is not below `x`.
  public static FloatVector ceil(FloatVector x) {
    var whole = round(x);
    return whole.blend(whole.add(1), whole.compare(VectorOperators.LT, x));
  }

  /// `ln(1 + e)` for `e` from 0 to 1. Above `√2` the sum is halved.
  private static FloatVector log1pUpTo1(FloatVector e) {
    var above = e.compare(VectorOperators.GT, SQRT_2_LESS_1);
    return logReduced(e.blend(e.sub(1).mul(0.5f), above), splat(0).blend(1, above));
  }

  /// `n·ln 2 + ln(1 + f)`.
  private static FloatVector logReduced(FloatVector f, FloatVector n) {
    var q = f.fma(splat(FloatMath.Q7), splat(FloatMath.Q6));
    q = q.fma(f, splat(FloatMath.Q5));
    q = q.fma(f, splat(FloatMath.Q4));
    q = q.fma(f, splat(FloatMath.Q3));
    q = q.fma(f, splat(FloatMath.Q2));
    q = q.fma(f, splat(FloatMath.Q1));
    q = q.fma(f, splat(FloatMath.Q0));
    var tail = f.mul(f).fma(f.fma(q, splat(-0.5f)), n.mul(LN2_LOW));
    return n.fma(splat(LN2_HIGH), f.add(tail));
  }

  /// `eʳ − 1` for `r = x − n·ln 2`.
  private static FloatVector expm1Reduced(FloatVector x, FloatVector n) {
    return expm1OfRest(n.fma(splat(-LN2_LOW), n.fma(splat(-LN2_HIGH), x)));
  }

  /// `eʳ − 1` for `|r| ≤ ½ ln 2`.
  static FloatVector expm1OfRest(FloatVector r) {
    var p = r.fma(splat(FloatMath.P5), splat(FloatMath.P4));
    p = p.fma(r, splat(FloatMath.P3));
    p = p.fma(r, splat(FloatMath.P2));
    p = p.fma(r, splat(FloatMath.P1));
    p = p.fma(r, splat(FloatMath.P0));
    return p.fma(r.mul(r), r);
  }

  /// The whole numbers to which [FloatMath#ROUNDER] was added.
  private static IntVector power(FloatVector shifted) {
    return shifted.reinterpretAsInts().sub(ROUNDER_BITS);
  }

  /// `y·2ⁿ` for `n` from −190 to 0, to which [FloatMath#ROUNDER] was added.
  static FloatVector scaledDown(FloatVector y, FloatVector shifted) {
    return y.mul(twoTo(power(shifted).add(LIFT))).mul(LIFTED_ONE);
  }

  private static FloatVector twoTo(IntVector n) {
    return n.add(EXPONENT_BIAS)
        .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
        .reinterpretAsFloats();
  }

  /// Small whole numbers as floats, by the bits of [FloatMath#ROUNDER].
  private static FloatVector toFloat(IntVector n) {
    return n.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
  }

  static FloatVector splat(float value) {
    return FloatVector.broadcast(S, value);
  }
}
