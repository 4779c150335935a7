package sequor.kernels;

/// Powers of any number, by the rules of [FloatMath]: `aᵇ = 2^(b·log₂ a)`, in double precision,
/// because an error of the logarithm is multiplied by up to 150 on its way into the result. To 1
/// unit in the last place.
///
/// With `a = 2ⁿ·m`, `√½ ≤ m < √2`, and `s = (m − 1)/(m + 1)`, `log₂ m` is the series `2/ln 2 · (s +
/// s³/3 + s⁵/5 + …)`; `2ᶠ`, `|f| ≤ ½`, is that of `e^(f·ln 2)`.
public final class Power {
  private static final double TWO_OVER_LN2 = 2.8853900817779268;
  private static final double LN2 = 0.6931471805599453;
  private static final double ROUNDER = 0x1.8p52;
  private static final long SQRT_HALF = 0x3FE6A09E667F3BCDL; // the bits of √½
  private static final int EXPONENT_SHIFT = 52;
  private static final int EXPONENT_BIAS = 1023;
  private static final double END = 300; // beyond, 2ʸ is 0 or infinite as a float

  private Power() {}

  /// `aᵇ`: 1 where `b` is 0 or `a` is 1, whatever the other is; of a negative number only whole
  /// powers, else NaN.
  public static float pow(float a, float b) {
    if (b == 0 || a == 1) {
      return 1;
    }
    if (a == -1 && Float.isInfinite(b)) {
      return 1;
    }
    boolean finiteNegative = a < 0 && a != Float.NEGATIVE_INFINITY;
    if (finiteNegative && b != FloatMath.round(b)) {
      return Float.NaN;
    }
    float size = exp2(b * log2(Math.abs(a)));
    return isOdd(b) ? Math.copySign(size, a) : size;
  }

  /// The slope of [#pow] by `a`: `b·aᵇ⁻¹`, and 0 where `b` is 0.
  public static float slopeByBase(float a, float b) {
    return b == 0 ? 0 : b * pow(a, b - 1);
  }

  /// The slope of [#pow] by `b`: `aᵇ·ln a`, and 0 where `a` is 0 and `b` is not negative.
  public static float slopeByExponent(float a, float b) {
    return a == 0 && b >= 0 ? 0 : pow(a, b) * FloatMath.log(a);
  }

  private static boolean isOdd(float b) {
    return Math.abs(b) < 0x1p24f && b == FloatMath.round(b) && ((int) b & 1) == 1;
  }

  /// `log₂ a` for `a` from 0 on.
  private static double log2(float a) {
    if (!(a > 0) || a == Float.POSITIVE_INFINITY) {
      return a == 0 ? Double.NEGATIVE_INFINITY : a;
    }
    long bits = Double.doubleToRawLongBits(a); // no float is subnormal as a double
    long n = (bits - SQRT_HALF) >> EXPONENT_SHIFT;
    double m = Double.longBitsToDouble(bits - (n << EXPONENT_SHIFT));
    double s = (m - 1) / (m + 1);
    double z = s * s;
    double p = Math.fma(1 / 13.0, z, 1 / 11.0);
    p = Math.fma(p, z, 1 / 9.0);
    p = Math.fma(p, z, 1 / 7.0);
    p = Math.fma(p, z, 1 / 5.0);
    p = Math.fma(p, z, 1 / 3.0);
    p = Math.fma(p, z, 1);
    return Math.fma(TWO_OVER_LN2 * s, p, (double) n);
  }

  private static float exp2(double y) {
    double bounded = y > END ? END : y < -END ? -END : y;
    double shifted = bounded + ROUNDER;
    double x = (bounded - (shifted - ROUNDER)) * LN2;
    double p = Math.fma(x, 1 / 362880.0, 1 / 40320.0);
    p = Math.fma(p, x, 1 / 5040.0);
    p = Math.fma(p, x, 1 / 720.0);
    p = Math.fma(p, x, 1 / 120.0);
    p = Math.fma(p, x, 1 / 24.0);
    p = Math.fma(p, x, 1 / 6.0);
    p = Math.fma(p, x, 0.5);
    p = Math.fma(p, x, 1);
    p = Math.fma(p, x, 1);
    long n = Double.doubleToRawLongBits(shifted) - Double.doubleToRawLongBits(ROUNDER);
    return (float) (p * Double.longBitsToDouble((n + EXPONENT_BIAS) << EXPONENT_SHIFT));
  }
}
