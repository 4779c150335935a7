package sequor.json;

import java.util.OptionalLong;

/// A finite number, kept as it was written and converted when asked, so that no digit is lost on
/// the way through.
///
/// Two numbers are equal if they are written alike: `1`, `1.0` and `1e0` are three.
public record JsonNumber(String literal) implements Json {
  /// 2⁵³: up to here a double holds every whole number exactly.
  private static final double EXACT = 0x1p53;

  /// A shorter literal without an exponent cannot leave the range of a double.
  private static final int SURELY_FINITE = 300;

  /// Holds a number as written.
  ///
  /// @throws JsonException if the literal is not a JSON number, or is beyond the range of a double
  public JsonNumber {
    if (!isNumber(literal)) {
      throw new JsonException(
          Place.NOWHERE,
          "a number",
          Place.quoteBriefly(literal),
          "write digits like -12, 0.5 or 1e-3");
    }
    if (!isFinite(literal)) {
      throw new JsonException(
          Place.NOWHERE,
          "a number within the range of a double",
          Place.brief(literal),
          "write null or a text instead");
    }
  }

  public double doubleValue() {
    return Double.parseDouble(literal);
  }

  /// The nearest float; infinite if the number is beyond its range.
  public float floatValue() {
    return Float.parseFloat(literal);
  }

  /// The number as a long, if it is whole and fits; `1.0` and `1e3` are whole too.
  public OptionalLong wholeValue() {
    try {
      return OptionalLong.of(Long.parseLong(literal));
    } catch (NumberFormatException e) {
      double value = doubleValue();
      boolean whole = value == Math.rint(value) && Math.abs(value) <= EXACT;
      return whole ? OptionalLong.of((long) value) : OptionalLong.empty();
    }
  }

  @Override
  public String toString() {
    return literal;
  }

  static boolean isFinite(String literal) {
    boolean surely =
        literal.length() < SURELY_FINITE && literal.indexOf('e') < 0 && literal.indexOf('E') < 0;
    return surely || Double.isFinite(Double.parseDouble(literal));
  }

  /// The grammar: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`. A regular expression
  /// would do the same, but recurses on long inputs.
  static boolean isNumber(String s) {
    int i = 0;
    if (at(s, i) == '-') {
      i++;
    }
    int whole = digits(s, i);
    if (whole == i || (at(s, i) == '0' && whole > i + 1)) {
      return false;
    }
    i = whole;
    if (at(s, i) == '.') {
      int fraction = digits(s, i + 1);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (at(s, i) == 'e' || at(s, i) == 'E') {
      i++;
      if (at(s, i) == '+' || at(s, i) == '-') {
        i++;
      }
      int exponent = digits(s, i);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == s.length();
  }

  private static int digits(String s, int from) {
    int i = from;
    while (at(s, i) >= '0' && at(s, i) <= '9') {
      i++;
    }
    return i;
  }

  private static char at(String s, int i) {
    return i < s.length() ? s.charAt(i) : '\0';
  }
}
