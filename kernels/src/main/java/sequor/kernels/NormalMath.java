package sequor.kernels;

/// The curves of the normal distribution in single precision, by the rules of [FloatMath].
///
/// - `Φ(x)`, the share of the standard normal distribution below `x`: `½ + x·C(x²)` where `|x| <
///   1`. Beyond, the tail is `e^(−a²/2)·t·M(t)` with `a = |x|` and `t = 4/(4 + a)`; `t·M(t)` is
///   Mills' ratio, which falls like `1/a` (Mills 1926).
/// - `e^(−a²/2)`: what is lost in rounding the square is made up for, or the tails would feel it.
/// - `erf(x) = 1 − e^(−a·E(a))`, with the sign of `x`: exact to the last digits near 0 too.
///
/// C, M and E are minimax polynomials. `erf` and the upper half of Φ are good to 3 units in the
/// last place, the lower tail of Φ to 7.
public final class NormalMath {
  /// Beyond this `e^(−x²/2)` is 0.
  public static final float BELL_END = 16f;

  /// Beyond this `erf x` is 1.
  public static final float ERF_END = 4f;

  /// `1/√(2π)`.
  public static final float DENSITY_AT_0 = 0.3989423f;

  /// `2/√π`, the slope of `erf` at 0.
  public static final float ERF_SLOPE_AT_0 = 1.1283792f;

  public static final float C0 = 0.3989422f;
  public static final float C1 = -0.0664888f;
  public static final float C2 = 0.009964385f;
  public static final float C3 = -0.001165616f;
  public static final float C4 = 9.257894e-05f;

  public static final float M0 = 0.09973748f;
  public static final float M1 = 0.09965558f;
  public static final float M2 = 0.09459108f;
  public static final float M3 = 0.07367437f;
  public static final float M4 = 0.09187319f;
  public static final float M5 = -0.021661066f;
  public static final float M6 = 0.10862509f;
  public static final float M7 = -0.046527095f;

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
    float a = bounded(x);
    float t = 4 / (4 + a);
    float m = Math.fma(M7, t, M6);
    m = Math.fma(m, t, M5);
    m = Math.fma(m, t, M4);
    m = Math.fma(m, t, M3);
    m = Math.fma(m, t, M2);
    m = Math.fma(m, t, M1);
    m = Math.fma(m, t, M0);
    float tail = t * bell(x, -0.5f) * m;
    float z = a * a;
    float c = Math.fma(C4, z, C3);
    c = Math.fma(c, z, C2);
    c = Math.fma(c, z, C1);
    c = Math.fma(c, z, C0);
    return a < 1 ? Math.fma(x, c, 0.5f) : x > 0 ? 1 - tail : tail;
  }

  /// `φ(x) = e^(−x²/2) / √(2π)`, the slope of [#cdf].
  public static float density(float x) {
    return DENSITY_AT_0 * bell(x, -0.5f);
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
    return ERF_SLOPE_AT_0 * bell(x, -1);
  }

  /// `e^(factor·x²)`.
  private static float bell(float x, float factor) {
    float a = bounded(x);
    float scaled = factor * a;
    float square = scaled * a;
    float e = FloatMath.exp(square);
    return Math.fma(e, Math.fma(scaled, a, -square), e);
  }

  private static float bounded(float x) {
    float a = Math.abs(x);
    return a > BELL_END ? BELL_END : a;
  }
}
