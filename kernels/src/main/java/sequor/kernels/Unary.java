package sequor.kernels;

/// Functions of one number, with their derivatives in terms of input `x` and output `y`. The curves
/// are those of [FloatMath], [NormalMath] and [Trigonometry].
public enum Unary {
  /// `-x`; derivative `-1`.
  NEGATE,
  /// `|x|`; derivative `sign(x)`, 0 at 0.
  ABS,
  /// −1, 0 or 1 as `x` is below, at or above 0; derivative 0.
  SIGN,
  /// The largest whole number that is not above `x`; derivative 0.
  FLOOR,
  /// The smallest whole number that is not below `x`; derivative 0.
  CEIL,
  /// The nearest whole number, the even one of two; derivative 0.
  ROUND,
  /// `x²`; derivative `2x`.
  SQUARE,
  /// `√x`; derivative `1 / 2y`.
  SQRT,
  /// `1/√x`; derivative `-y³ / 2`.
  RSQRT,
  /// `1/x`; derivative `-y²`.
  RECIPROCAL,
  /// `eˣ`; derivative `y`.
  EXP,
  /// `eˣ - 1`, exact near 0; derivative `y + 1`.
  EXPM1,
  /// `ln x`; derivative `1/x`.
  LOG,
  /// `ln(1 + x)`, exact near 0; derivative `1 / (1 + x)`.
  LOG1P,
  /// `sin x`; derivative `cos x`.
  SIN,
  /// `cos x`; derivative `-sin x`.
  COS,
  /// The error function; derivative `2/√π · e^(−x²)`.
  ERF,
  /// `1 / (1 + e⁻ˣ)`; derivative `y(1 - y)`.
  SIGMOID,
  /// `ln σ(x) = -ln(1 + e⁻ˣ)`, without overflow; derivative `σ(-x)`.
  LOG_SIGMOID,
  /// `tanh x`; derivative `1 - y²`.
  TANH,
  /// `max(x, 0)`; derivative 1 where `x > 0`, else 0.
  RELU,
  /// `x` where positive, else `0.01 x`; derivative 1, or 0.01.
  LEAKY_RELU,
  /// `x` where positive, else `eˣ - 1`; derivative 1, or `y + 1`.
  ELU,
  /// `ln(1 + eˣ)`, without overflow; derivative `σ(x)`.
  SOFTPLUS,
  /// `x · σ(x)`, also called swish; derivative `σ(x)(1 + x(1 - σ(x)))`.
  SILU,
  /// `x · Φ(x)` with the normal distribution function Φ, by erf as in PyTorch's default; derivative
  /// `Φ(x) + x · φ(x)`.
  GELU;

  /// The function at `x`.
  public float of(float x) {
    return switch (this) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case FLOOR -> FloatMath.floor(x);
      case CEIL -> FloatMath.ceil(x);
      case ROUND -> FloatMath.round(x);
      case SQUARE -> x * x;
      case SQRT -> (float) Math.sqrt(x);
      case RSQRT -> 1 / (float) Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case EXP -> FloatMath.exp(x);
      case EXPM1 -> FloatMath.expm1(x);
      case LOG -> FloatMath.log(x);
      case LOG1P -> FloatMath.log1p(x);
      case SIN -> Trigonometry.sin(x);
      case COS -> Trigonometry.cos(x);
      case ERF -> NormalMath.erf(x);
      case SIGMOID -> FloatMath.sigmoid(x);
      case LOG_SIGMOID -> FloatMath.logSigmoid(x);
      case TANH -> FloatMath.tanh(x);
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : 0.01f * x;
      case ELU -> x > 0 ? x : FloatMath.expm1(x);
      case SOFTPLUS -> FloatMath.softplus(x);
      case SILU -> x * FloatMath.sigmoid(x);
      case GELU -> x * NormalMath.cdf(x);
    };
  }

  /// The derivative at `x`, where the function is `y`.
  public float slope(float x, float y) {
    return switch (this) {
      case NEGATE -> -1;
      case ABS -> Math.signum(x);
      case SIGN, FLOOR, CEIL, ROUND -> 0;
      case SQUARE -> 2 * x;
      case SQRT -> 0.5f / y;
      case RSQRT -> -0.5f * y * (y * y);
      case RECIPROCAL -> -y * y;
      case EXP -> y;
      case EXPM1 -> y + 1;
      case LOG -> 1 / x;
      case LOG1P -> 1 / (1 + x);
      case SIN -> Trigonometry.cos(x);
      case COS -> -Trigonometry.sin(x);
      case ERF -> NormalMath.erfSlope(x);
      case SIGMOID -> y * (1 - y);
      case LOG_SIGMOID -> FloatMath.sigmoid(-x);
      case TANH -> 1 - y * y;
      case RELU -> y > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : 0.01f;
      case ELU -> y > 0 ? 1 : y + 1;
      case SOFTPLUS -> FloatMath.sigmoid(x);
      case SILU -> {
        float s = FloatMath.sigmoid(x);
        yield s * (1 + x * (1 - s));
      }
      case GELU -> NormalMath.cdf(x) + x * NormalMath.density(x);
    };
  }

  /// Whether [#slope] looks at `x`.
  public boolean slopeReadsInput() {
    return switch (this) {
      case ABS, SQUARE, LOG, LOG1P, SIN, COS, ERF -> true;
      case LOG_SIGMOID, LEAKY_RELU, SOFTPLUS, SILU, GELU -> true;
      default -> false;
    };
  }

  /// Whether [#slope] looks at `y`.
  public boolean slopeReadsOutput() {
    return switch (this) {
      case SQRT, RSQRT, RECIPROCAL, EXP, EXPM1, SIGMOID, TANH, RELU, ELU -> true;
      default -> false;
    };
  }
}
