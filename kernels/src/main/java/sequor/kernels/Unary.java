package sequor.kernels;

/// Functions of one number, with their derivatives in terms of input `x` and output `y`.
public enum Unary {
  /// `-x`; derivative `-1`.
  NEGATE,
  /// `|x|`; derivative `sign(x)`, 0 at 0.
  ABS,
  /// `x²`; derivative `2x`.
  SQUARE,
  /// `√x`; derivative `1 / 2y`.
  SQRT,
  /// `1/x`; derivative `-y²`.
  RECIPROCAL,
  /// `eˣ`; derivative `y`.
  EXP,
  /// `ln x`; derivative `1/x`.
  LOG,
  /// `1 / (1 + e⁻ˣ)`; derivative `y(1 - y)`.
  SIGMOID,
  /// `tanh x`; derivative `1 - y²`.
  TANH,
  /// `max(x, 0)`; derivative 1 where `x > 0`, else 0.
  RELU,
  /// `x` where positive, else `0.01 x`.
  LEAKY_RELU,
  /// `x` where positive, else `eˣ - 1`; derivative 1, or `y + 1`.
  ELU,
  /// `ln(1 + eˣ)`, without overflow; derivative `σ(x)`.
  SOFTPLUS,
  /// `x · σ(x)`, also called swish; derivative `σ(x)(1 + x(1 - σ(x)))`.
  SILU,
  /// `x · Φ(x)` with the normal distribution function Φ, by erf as in PyTorch's default.
  GELU
}
