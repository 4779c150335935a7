package sequor.kernels;

/// Functions of two numbers. Comparisons answer 1 for true and 0 for false; a comparison with NaN
/// is false, but for [#NOT_EQUAL].
public enum Binary {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  /// The larger, or NaN if one is.
  MAXIMUM,
  /// The smaller, or NaN if one is.
  MINIMUM,
  /// `aᵇ`, by [Power].
  POWER,
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  /// The slope of the larger by `a`: 1 where `a` is larger, ½ where both are equal, else 0; 1 where
  /// one is NaN.
  MAXIMUM_SLOPE,
  /// The slope of `aᵇ` by `a`: `b·aᵇ⁻¹`.
  POWER_BASE_SLOPE,
  /// The slope of `aᵇ` by `b`: `aᵇ·ln a`.
  POWER_EXPONENT_SLOPE;

  /// The function at `a` and `b`.
  public float of(float a, float b) {
    return switch (this) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case POWER -> Power.pow(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a != b ? 1 : 0;
      case LESS -> a < b ? 1 : 0;
      case LESS_OR_EQUAL -> a <= b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
      case MAXIMUM_SLOPE -> a < b ? 0 : a == b ? 0.5f : 1;
      case POWER_BASE_SLOPE -> Power.slopeByBase(a, b);
      case POWER_EXPONENT_SLOPE -> Power.slopeByExponent(a, b);
    };
  }
}
