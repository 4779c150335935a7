package sequor.kernels;

/// Sine and cosine in single precision, by the rules of [FloatMath], to 2 units in the last place
/// at any size.
///
/// With `x = n·π/2 + r`, `|r| ≤ π/4`, both are `± sin r` or `± cos r`, which the last two bits of
/// `n` say, `sin r = r + r³·S(r²)` and `cos r = 1 − ½r² + r⁴·C(r²)` with minimax polynomials S and
/// C. `r` is computed with π/2 in three parts (Cody and Waite 1980), which is exact enough up to
/// 2¹⁵; larger numbers, which are rare, take the JDK's strict functions in double precision.
public final class Trigonometry {
  /// Up to here three parts of π/2 are enough.
  public static final float REDUCIBLE = 0x1p15f;

  public static final float TWO_OVER_PI = 0.63661975f;
  public static final float HALF_PI_HIGH = 1.5707964f;
  public static final float HALF_PI_MIDDLE = -4.371139e-08f;
  public static final float HALF_PI_LOW = -1.7151245e-15f;

  public static final float S0 = -0.16666655f;
  public static final float S1 = 0.008332155f;
  public static final float S2 = -0.00019514085f;

  public static final float C0 = 0.041666646f;
  public static final float C1 = -0.0013887337f;
  public static final float C2 = 2.4434847e-05f;

  private Trigonometry() {}

  /// `sin x`.
  public static float sin(float x) {
    return Math.abs(x) > REDUCIBLE ? (float) StrictMath.sin(x) : turned(x, 0);
  }

  /// `cos x`.
  public static float cos(float x) {
    return Math.abs(x) > REDUCIBLE ? (float) StrictMath.cos(x) : turned(x, 1);
  }

  /// `sin(x + quarters·π/2)`.
  private static float turned(float x, int quarters) {
    float shifted = Math.fma(x, TWO_OVER_PI, FloatMath.ROUNDER);
    float n = shifted - FloatMath.ROUNDER;
    float r = Math.fma(n, -HALF_PI_HIGH, x);
    r = Math.fma(n, -HALF_PI_MIDDLE, r);
    r = Math.fma(n, -HALF_PI_LOW, r);
    float z = r * r;
    float sine = Math.fma(Math.fma(Math.fma(S2, z, S1), z, S0), r * z, r);
    float cosine = Math.fma(Math.fma(Math.fma(C2, z, C1), z, C0), z * z, Math.fma(z, -0.5f, 1));
    int turns = Float.floatToRawIntBits(shifted) + quarters; // the low bits are those of n
    float y = (turns & 1) == 0 ? sine : cosine;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ (turns & 2) << 30);
  }
}
