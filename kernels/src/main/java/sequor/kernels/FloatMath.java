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
/// - `ln(1 + x)` the same way, with `f` from `x` itself, so that nothing of a small `x` is lost.
///
/// P and Q are minimax polynomials, fitted in 40 digits and rounded. No step depends on a branch,
/// so that lanes can take it together. [NormalMath] has the curves of the normal distribution,
/// [Trigonometry] sine and cosine, [Power] powers.
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

  /// A power of two below the range of a float is taken as `2ⁿ⁺⁶⁴·2⁻⁶⁴`.
  public static final int LIFT = 64;

  public static final float LIFTED_ONE = 0x1p-64f;

  public static final float P0 = 0.5f;
  public static final float P1 = 0.16666667f;
  public static final float P2 = 0.041666355f;
  public static final float P3 = 0.008333273f;
  public static final float P4 = 0.0013941008f;
  public static final float P5 = 0.00019914171f;

  public static final float Q0 = 0.33333316f;
  public static final float Q1 = -0.2500081f;
  public static final float Q2 = 0.20002295f;
  public static final float Q3 = -0.16624498f;
  public static final float Q4 = 0.14180957f;
  public static final float Q5 = -0.131291f;
  public static final float Q6 = 0.12883496f;
  public static final float Q7 = -0.07860943f;

  /// The bits of `√½`. Counting from there makes the exponent field step where `1 + f` starts over.
  public static final int SQRT_HALF = 0x3F3504F3;

  /// `√2 − 1`, from where on `1 + e` is beyond `√2`.
  public static final float SQRT_2_LESS_1 = 0.41421357f;

  /// From here on `1 + x` is `x`, and its exponent is brought down by as much.
  public static final float LOG1P_BIG = 0x1p60f;

  /// Below this `eˣ − 1` is −1.
  public static final float EXPM1_MIN = -80f;

  /// From here on every float is whole; adding and subtracting it rounds what is less.
  public static final float WHOLE = 0x1p23f;

  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private FloatMath() {}

  /// `eˣ`.
  public static float exp(float x) {
    float bounded = x > EXP_MAX ? EXP_MAX : x < EXP_MIN ? EXP_MIN : x;
    float shifted = Math.fma(bounded, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float q = expm1Reduced(bounded, n);
    // In two factors, because 2ⁿ itself may be beyond the range of a float.
    int power = power(shifted);
    int half = power >> 1;
    return (1 + q) * twoTo(half) * twoTo(power - half);
  }

  /// `eˣ − 1`.
  public static float expm1(float x) {
    float bounded = x > EXP_MAX ? EXP_MAX : x < EXPM1_MIN ? EXPM1_MIN : x;
    float shifted = Math.fma(bounded, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float q = expm1Reduced(bounded, n);
    // Half of it, because 2ⁿ itself may be beyond the range of a float.
    int power = power(shifted);
    float half = twoTo(power - 1);
    return 2 * Math.fma(half, q, half - 0.5f);
  }

  /// `(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)`.
  public static float tanh(float x) {
    float a = Math.abs(x);
    float twice = a > TANH_MAX ? 2 * TANH_MAX : 2 * a;
    float shifted = Math.fma(twice, INVERSE_LN2, ROUNDER);
    float n = shifted - ROUNDER;
    float q = expm1Reduced(twice, n);
    float scale = twoTo(power(shifted));
    float m = Math.fma(scale, q, scale - 1);
    return Math.copySign(m / (m + 2), x);
  }

  /// `1 / (1 + e⁻ˣ)`.
  public static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  /// `ln x`; −∞ at 0 and NaN below.
  public static float log(float x) {
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p24f : x);
    int power = (bits - SQRT_HALF) >> 23;
    float f = Float.intBitsToFloat(bits - (power << 23)) - 1;
    float y = logReduced(f, power - (subnormal ? 24 : 0));
    return x < 0 ? Float.NaN : x == 0 ? Float.NEGATIVE_INFINITY : x < INFINITY ? y : x;
  }

  /// `ln(1 + x)`; −∞ at −1 and NaN below.
  public static float log1p(float x) {
    boolean big = x > LOG1P_BIG;
    float scaled = big ? x / LOG1P_BIG : x;
    float one = big ? 0 : 1;
    int power = (Float.floatToRawIntBits(scaled + one) - SQRT_HALF) >> 23;
    float scale = twoTo(-power);
    float f = Math.fma(scaled, scale, Math.fma(one, scale, -1)); // 2⁻ⁿ·(1 + x) − 1
    float y = logReduced(f, power + (big ? 60 : 0));
    return x < -1 ? Float.NaN : x == -1 ? Float.NEGATIVE_INFINITY : x < INFINITY ? y : x;
  }

  /// `ln(1 + eˣ)`.
  public static float softplus(float x) {
    return Math.max(x, 0) + log1pOfExp(-Math.abs(x));
  }

  /// `ln σ(x) = −ln(1 + e⁻ˣ)`.
  public static float logSigmoid(float x) {
    return Math.min(x, 0) - log1pOfExp(-Math.abs(x));
  }

  /// The nearest whole number, the even one of two.
  public static float round(float x) {
    float a = Math.abs(x);
    return a < WHOLE ? Math.copySign(a + WHOLE - WHOLE, x) : x;
  }

  /// The largest whole number that is not above `x`.
  public static float floor(float x) {
    float whole = round(x);
    return whole > x ? whole - 1 : whole;
  }

  /// The smallest whole number that is not below `x`.
  public static float ceil(float x) {
    float whole = round(x);
    return whole < x ? whole + 1 : whole;
  }

  /// `ln(1 + eˣ)` for `x` up to 0. Above `√2` the sum is halved: `f = (1 + eˣ)/2 − 1 = (eˣ − 1)/2`.
  private static float log1pOfExp(float x) {
    float e = exp(x);
    boolean above = e > SQRT_2_LESS_1;
    return logReduced(above ? 0.5f * (e - 1) : e, above ? 1 : 0);
  }

  /// `n·ln 2 + ln(1 + f)`.
  private static float logReduced(float f, float n) {
    float q = Math.fma(Q7, f, Q6);
    q = Math.fma(q, f, Q5);
    q = Math.fma(q, f, Q4);
    q = Math.fma(q, f, Q3);
    q = Math.fma(q, f, Q2);
    q = Math.fma(q, f, Q1);
    q = Math.fma(q, f, Q0);
    float tail = Math.fma(f * f, Math.fma(f, q, -0.5f), n * LN2_LOW);
    return Math.fma(n, LN2_HIGH, f + tail);
  }

  /// `eʳ − 1` for `r = x − n·ln 2`.
  private static float expm1Reduced(float x, float n) {
    return expm1OfRest(Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x)));
  }

  /// `eʳ − 1` for `|r| ≤ ½ ln 2`.
  static float expm1OfRest(float r) {
    float p = Math.fma(P5, r, P4);
    p = Math.fma(p, r, P3);
    p = Math.fma(p, r, P2);
    p = Math.fma(p, r, P1);
    p = Math.fma(p, r, P0);
    return Math.fma(p, r * r, r);
  }

  /// `y·2ⁿ` for `n` from −190 to 0, to which [#ROUNDER] was added.
  static float scaledDown(float y, float shifted) {
    return y * twoTo(power(shifted) + LIFT) * LIFTED_ONE;
  }

  /// The whole number to which [#ROUNDER] was added.
  private static int power(float shifted) {
    return Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDER);
  }

  private static float twoTo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
