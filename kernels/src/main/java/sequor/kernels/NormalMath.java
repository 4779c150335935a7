package sequor.kernels;

/// The curves of the normal distribution in single precision, by the rules of [FloatMath].
///
/// - `Φ(x)`, the share of the standard normal distribution below `x`: the tail is
///   `e^(−a²/2)·t·M(t)` with `a = |x|` and `t = c/(c + a)`; `t·M(t)` is Mills' ratio, which falls
///   like `1/a` (Mills 1926).
/// - `e^(−a²/2)`: from the square before it is rounded, or the tails would feel it.
/// - `erf(x) = 1 − e^(−a·E(a))`, with the sign of `x`: exact to the last digits near 0 too.
///
/// M and E are minimax polynomials. `erf` and the upper half of Φ are good to 3 units in the last
/// place, the lower half of Φ to 6.
public final class NormalMath {
  /// Beyond this `e^(−x²/2)` is 0 …
  public static final float BELL_END = 16f;

  /// … and `e^(−x²)` beyond this.
  public static final float ERF_SLOPE_END = 11f;

  /// Beyond this `erf x` is 1.
  public static final float ERF_END = 4f;

  /// `1/√(2π)`.
  public static final float DENSITY_AT_0 = 0.3989423f;

  /// `2/√π`, the slope of `erf` at 0.
  public static final float ERF_SLOPE_AT_0 = 1.1283792f;

  /// The `c` of `t = c/(c + a)`.
  public static final float MILLS_SCALE = 2.9f;

  public static final float M0 = 0.1375512f;
  public static final float M1 = 0.13793905f;
  public static final float M2 = 0.11729462f;
  public static final float M3 = 0.11138195f;
  public static final float M4 = -0.03646417f;
  public static final float M5 = 0.18556026f;
  public static final float M6 = -0.26922572f;
  public static final float M7 = 0.1440354f;
  public static final float M8 = -0.028072568f;

  public static final float E0 = 1.1283792f;
  public static final float E1 = 0.6366194f;
  public static final float E2 = 0.10277783f;
  public static final float E3 = -0.019153064f;
  public static final float E4 = -0.00016039592f;
  public static final float E5 = 0.0016670274f;
  public static final float E6 = -0.00063283683f;
  public static final float E7 = 0.00011764127f;
  public static final float E8 = -9.256265e-06f;

  private NormalMath() {}

  /// `Φ(x)`.
  public static float cdf(float x) {
    float a = Math.abs(x);
    float t = MILLS_SCALE / (MILLS_SCALE + a);
    float m = Math.fma(M8, t, M7);
    m = Math.fma(m, t, M6);
    m = Math.fma(m, t, M5);
    m = Math.fma(m, t, M4);
    m = Math.fma(m, t, M3);
    m = Math.fma(m, t, M2);
    m = Math.fma(m, t, M1);
    m = Math.fma(m, t, M0);
    float tail = t * bell(x, -0.5f, BELL_END) * m;
    return x > 0 ? 1 - tail : tail;
  }

  /// `φ(x) = e^(−x²/2) / √(2π)`, the slope of [#cdf].
  public static float density(float x) {
    return DENSITY_AT_0 * bell(x, -0.5f, BELL_END);
  }

  /// The error function, `2/√π` times the integral of `e^(−t²)` from 0 to `x`.
  public static float erf(float x) {
    float a = Math.abs(x);
    a = a > ERF_END ? ERF_END : a;
    float e = Math.fma(E8, a, E7);
    e = Math.fma(e, a, E6);
    e = Math.fma(e, a, E5);
    e = Math.fma(e, a, E4);
    e = Math.fma(e, a, E3);
    e = Math.fma(e, a, E2);
    e = Math.fma(e, a, E1);
    e = Math.fma(e, a, E0);
    return Math.copySign(FloatMath.expm1(-a * e), x);
  }

  /// `2/√π · e^(−x²)`, the slope of [#erf].
  public static float erfSlope(float x) {
    return ERF_SLOPE_AT_0 * bell(x, -1, ERF_SLOPE_END);
  }

  /// `e^(factor·x²)` for a factor of −½ or −1. The square is never rounded: `r = factor·x² − n·ln
  /// 2` comes out of fused steps, and `n·LN2_HIGH` is exact.
  ///
  /// @param end where it has become 0; the exponent there is at least −128
  private static float bell(float x, float factor, float end) {
    float a = Math.abs(x);
    a = a > end ? end : a;
    float scaled = factor * a;
    float shifted = Math.fma(scaled * a, FloatMath.INVERSE_LN2, FloatMath.ROUNDER);
    float n = shifted - FloatMath.ROUNDER;
    float high = Math.fma(scaled, a, -n * FloatMath.LN2_HIGH);
    float q = FloatMath.expm1OfRest(Math.fma(n, -FloatMath.LN2_LOW, high));
    return FloatMath.scaledDown(1 + q, shifted);
  }
}
