package sequor.kernels;

/// The curves of neural networks in single precision, to 2 or 3 units in the last place.
///
/// Everything here is additions, multiplications, divisions and fused multiply-adds, each of which
/// IEEE 754 defines to the last bit. So results are the same bits in the interpreter, in compiled
/// code and, with the same steps in SIMD lanes, in the vector kernels, which read the coefficients
/// from here. The JDK's own vector functions promise less: their value may change when a loop is
/// compiled.
///
/// - `eˣ`: with `x = n·ln 2 + r`, `|r| ≤ ½ ln 2`, it is `2ⁿ·(1 + q)`, `q = eʳ − 1 = r + r²·P(r)`.
/// - `tanh x = m / (m + 2)` with `m = e²ˣ − 1 = 2ⁿ·q + (2ⁿ − 1)`, which is exact where `x` is
///   small.
/// - `ln x`: with `x = 2ⁿ·(1 + f)`, `√½ ≤ 1 + f < √2`, it is `n·ln 2 + f − ½f² + f³·Q(f)`.
/// - `Φ(x)`, the normal distribution function: `½ + x·R(x²)` near 0, and in the tails `½·erfc(a)`,
///   `erfc(a) = t·exp(S(t) − a²)`, `a = |x|/√2`, `t = 2/(2 + a)`.
///
/// P, Q, R and S are minimax polynomials, fitted in 40 digits and rounded.
public final class FloatMath {
  /// Adding and subtracting 1.5 · 2²³ rounds to a whole number, which then is in the low bits.
  public static final float ROUNDER = 0x1.8p23f;

  public static final float INVERSE_LN2 = 1.442695f;
  public static final float LN2_HIGH = 0.69314575f; // 16 bits, so n · LN2_HIGH is exact
  public static final float LN2_LOW = 1.4286068e-6f;

  /// Beyond these `eˣ` is infinite or 0.
  public static final float EXP_MAX = 89f;

  public static final float EXP_MIN = -104f;

  /// Beyond this `tanh x` is 1.
  public static final float TANH_MAX = 10f;

  public static final float P0 = 0.5f;
  public static final float P1 = 0.16666667f;
  public static final float P2 = 0.041666355f;
  public static final float P3 = 0.008333273f;
  public static final float P4 = 0.0013941008f;
  public static final float P5 = 0.00019914171f;

  private static final float[] Q = {
    -0.07860943f, 0.12883496f, -0.131291f, 0.14180957f,
    -0.16624498f, 0.20002295f, -0.2500081f, 0.33333316f
  };
  private static final float[] R = {
    7.889123e-05f, -0.0008020842f, 0.0051895357f, -0.026854444f, 0.112836f, -0.37612626f, 1.1283791f
  };
  private static final float[] S = {
    -0.12859097f, 0.5983535f, -0.8461302f, 0.27389914f,
    -0.022099163f, 0.39280158f, 0.9983981f, -1.265453f
  };
  private static final float INVERSE_SQRT2 = 0.70710677f;

  private FloatMath() {}

  /// `eˣ`.
  public static float exp(float x) {
    float bounded = x > EXP_MAX ? EXP_MAX : x < EXP_MIN ? EXP_MIN : x;
    float shifted = Math.fma(bounded, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float q = expm1Reduced(bounded, n);
    // In two factors, because 2ⁿ itself may be beyond the range of a float.
    int power = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER);
    int half = power >> 1;
    return (1 + q) * twoTo(half) * twoTo(power - half);
  }

  /// `eˣ − 1`, for `x` up to 80.
  public static float expm1(float x) {
    float bounded = x < EXP_MIN ? EXP_MIN : x;
    float shifted = Math.fma(bounded, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float q = expm1Reduced(bounded, n);
    int power = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER);
    float scale = power < -126 ? 0 : twoTo(power);
    return Math.fma(scale, q, scale - 1);
  }

  /// `(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)`.
  public static float tanh(float x) {
    float a = Math.abs(x);
    float twice = a > TANH_MAX ? 2 * TANH_MAX : 2 * a;
    float shifted = Math.fma(twice, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float q = expm1Reduced(twice, n);
    float scale = twoTo(Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER));
    float m = Math.fma(scale, q, scale - 1);
    return Math.copySign(m / (m + 2), x);
  }

  /// `1 / (1 + e⁻ˣ)`.
  public static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  /// `ln x`; −∞ at 0 and NaN below.
  public static float log(float x) {
    if (!(x > 0) || x == Float.POSITIVE_INFINITY) {
      return x == 0 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p24f : x);
    // Counting from √½ makes the exponent field step where 1 + f starts over.
    int sqrtHalf = 0x3F3504F3;
    int power = (bits - sqrtHalf) >> 23;
    float f = Float.intBitsToFloat(bits - (power << 23)) - 1;
    float n = power - (subnormal ? 24 : 0);
    float tail = Math.fma(f * f, Math.fma(f, polynomial(Q, f), -0.5f), n * LN2_LOW);
    return Math.fma(n, LN2_HIGH, f + tail);
  }

  /// `ln(1 + eˣ)`.
  public static float softplus(float x) {
    float e = exp(-Math.abs(x));
    float u = 1 + e;
    // What rounding took from 1 + e is given back to first order: (e − (u − 1)) / u.
    float log1p = log(u) + (e - (u - 1)) / u;
    return x > 0 ? x + log1p : log1p;
  }

  /// `Φ(x)`, the share of the standard normal distribution below `x`.
  public static float normalCdf(float x) {
    float a = Math.abs(x) * INVERSE_SQRT2;
    if (a < 1) {
      return Math.fma(0.5f * INVERSE_SQRT2 * x, polynomial(R, a * a), 0.5f);
    }
    float t = 2 / (2 + a);
    float tail = 0.5f * t * exp(Math.fma(-a, a, polynomial(S, t)));
    return x > 0 ? 1 - tail : tail;
  }

  /// `φ(x) = e^(−x²/2) / √(2π)`, the slope of [#normalCdf].
  public static float normalDensity(float x) {
    return 0.3989423f * exp(-0.5f * x * x);
  }

  /// `eʳ − 1` for `r = x − n·ln 2`.
  private static float expm1Reduced(float x, float n) {
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(P5, r, P4);
    p = Math.fma(p, r, P3);
    p = Math.fma(p, r, P2);
    p = Math.fma(p, r, P1);
    p = Math.fma(p, r, P0);
    return Math.fma(p, r * r, r);
  }

  private static float twoTo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }

  private static float polynomial(float[] highestFirst, float x) {
    float sum = highestFirst[0];
    for (int i = 1; i < highestFirst.length; i++) {
      sum = Math.fma(sum, x, highestFirst[i]);
    }
    return sum;
  }
}
