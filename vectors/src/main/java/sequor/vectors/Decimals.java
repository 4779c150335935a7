package sequor.vectors;

import java.nio.charset.StandardCharsets;

/// Decimal numbers in bytes to floats, rounded as [Float#parseFloat] does, at a tenth of its cost.
///
/// Up to 18 digits are taken as a whole number m, and m·10^s is computed in double precision with
/// less than 4 units in the last place lost. That gives the right float unless it comes to lie
/// closer than this to the middle between two floats, which is then left to the JDK.
final class Decimals {
  private static final int MOST_DIGITS = 18;
  private static final double[] TENS = tens();
  private static final double LEAST = 1e-30; // far above the floats of less precision
  private static final double MOST = 1e30;
  private static final long REST = (1L << 29) - 1; // the bits of a double that a float has not
  private static final long MIDDLE = 1L << 28;

  private Decimals() {}

  private static double[] tens() {
    double[] tens = new double[23]; // those that are exact
    for (int i = 0; i < tens.length; i++) {
      tens[i] = Double.parseDouble("1e" + i);
    }
    return tens;
  }

  /// The number in these bytes, or NaN if they are none, or one that is not finite.
  static float parse(byte[] bytes, int from, int to) {
    int i = from;
    boolean negative = false;
    if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
      negative = bytes[i] == '-';
      i++;
    }
    long m = 0;
    int digits = 0; // of m, from its first that is not 0
    int scale = 0;
    boolean any = false;
    boolean point = false;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        any = true;
        if (digits < MOST_DIGITS) {
          m = 10 * m + digit;
          digits += m == 0 ? 0 : 1;
          scale -= point ? 1 : 0;
        } else {
          scale += point ? 0 : 1;
        }
      } else if (bytes[i] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (!any) {
      return Float.NaN;
    }
    if (i < to) {
      int exponent = exponent(bytes, i, to);
      if (exponent == NO_EXPONENT) {
        return Float.NaN;
      }
      scale += exponent;
    }
    if (m == 0) {
      return negative ? -0f : 0f;
    }
    return signed(m, scale, negative, bytes, from, to);
  }

  private static float signed(long m, int scale, boolean negative, byte[] bytes, int from, int to) {
    if (Math.abs(scale) < TENS.length) {
      double value = scale < 0 ? m / TENS[-scale] : m * TENS[scale];
      long rest = Double.doubleToRawLongBits(value) & REST;
      if (Math.abs(rest - MIDDLE) > 8 && value > LEAST && value < MOST) {
        return (float) (negative ? -value : value);
      }
    }
    float value = Float.parseFloat(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    return Float.isFinite(value) ? value : Float.NaN;
  }

  private static final int NO_EXPONENT = Integer.MIN_VALUE;

  private static int exponent(byte[] bytes, int from, int to) {
    int i = from + 1;
    if ((bytes[from] | 0x20) != 'e' || i == to) {
      return NO_EXPONENT;
    }
    boolean negative = bytes[i] == '-';
    i += negative || bytes[i] == '+' ? 1 : 0;
    int exponent = 0;
    int first = i;
    for (; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      exponent = Math.min(100_000, 10 * exponent + bytes[i] - '0');
    }
    return i == to && i > first ? (negative ? -exponent : exponent) : NO_EXPONENT;
  }
}
