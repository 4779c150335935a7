package sequor.tensor;

import sequor.kernels.Unary;

/// Functions of one number, applied to all; every method gives a new tensor of the same shape.
public sealed interface Functions permits Arithmetic {
  /// Any function of one number that the kernels know; each has a method of its own below.
  default Tensor map(Unary f) {
    return Op.apply(new Pointwise.Map(f, (Tensor) this));
  }

  /// `−x`.
  default Tensor negate() {
    return map(Unary.NEGATE);
  }

  /// `|x|`; derivative the sign, 0 at 0.
  default Tensor abs() {
    return map(Unary.ABS);
  }

  /// −1, 0 or 1 as `x` is below, at or above 0, and NaN of NaN; derivative 0.
  default Tensor sign() {
    return map(Unary.SIGN);
  }

  /// The largest whole number that is not above `x`; derivative 0.
  default Tensor floor() {
    return map(Unary.FLOOR);
  }

  /// The smallest whole number that is not below `x`; derivative 0.
  default Tensor ceil() {
    return map(Unary.CEIL);
  }

  /// The nearest whole number, the even one of two (as PyTorch and NumPy); derivative 0.
  default Tensor round() {
    return map(Unary.ROUND);
  }

  /// `x²`; derivative `2x`.
  default Tensor square() {
    return map(Unary.SQUARE);
  }

  /// `√x`, NaN below 0; derivative `1/(2√x)`.
  default Tensor sqrt() {
    return map(Unary.SQRT);
  }

  /// `1/√x`, NaN below 0; derivative `−½·x^(−3/2)`.
  default Tensor rsqrt() {
    return map(Unary.RSQRT);
  }

  /// `1/x`; derivative `−1/x²`.
  default Tensor reciprocal() {
    return map(Unary.RECIPROCAL);
  }

  /// `eˣ`; derivative `eˣ`.
  default Tensor exp() {
    return map(Unary.EXP);
  }

  /// `eˣ − 1`, where `x` is small too; derivative `eˣ`.
  default Tensor expm1() {
    return map(Unary.EXPM1);
  }

  /// `ln x`, −∞ at 0 and NaN below; derivative `1/x`.
  default Tensor log() {
    return map(Unary.LOG);
  }

  /// `ln(1 + x)`, where `x` is small too; derivative `1/(1 + x)`.
  default Tensor log1p() {
    return map(Unary.LOG1P);
  }

  /// `sin x`, to 2 units in the last place at any size, though slower beyond 2¹⁵; derivative `cos
  /// x`.
  default Tensor sin() {
    return map(Unary.SIN);
  }

  /// `cos x`, to 2 units in the last place at any size, though slower beyond 2¹⁵; derivative `−sin
  /// x`.
  default Tensor cos() {
    return map(Unary.COS);
  }

  /// The error function, `2/√π · ∫₀ˣ e^(−t²) dt`; derivative `2/√π · e^(−x²)`.
  default Tensor erf() {
    return map(Unary.ERF);
  }

  /// `σ(x) = 1/(1 + e⁻ˣ)`; derivative `σ(1 − σ)`.
  default Tensor sigmoid() {
    return map(Unary.SIGMOID);
  }

  /// `ln σ(x)`, without overflow; derivative `σ(−x)`.
  default Tensor logSigmoid() {
    return map(Unary.LOG_SIGMOID);
  }

  /// `tanh x`; derivative `1 − tanh² x`.
  default Tensor tanh() {
    return map(Unary.TANH);
  }

  /// `max(x, 0)`; derivative 1 where `x > 0`, else 0.
  default Tensor relu() {
    return map(Unary.RELU);
  }

  /// `x` where positive, else `0.01·x`.
  default Tensor leakyRelu() {
    return map(Unary.LEAKY_RELU);
  }

  /// `x` where positive, else `eˣ − 1` (Clevert et al. 2016).
  default Tensor elu() {
    return map(Unary.ELU);
  }

  /// `ln(1 + eˣ)`, without overflow; derivative `σ(x)`.
  default Tensor softplus() {
    return map(Unary.SOFTPLUS);
  }

  /// `x·σ(x)`, also called swish (Elfwing et al. 2018); derivative `σ·(1 + x·(1 − σ))`.
  default Tensor silu() {
    return map(Unary.SILU);
  }

  /// `x·Φ(x)` with the normal distribution function Φ, not its approximation by tanh (Hendrycks and
  /// Gimpel 2016); derivative `Φ(x) + x·φ(x)`.
  default Tensor gelu() {
    return map(Unary.GELU);
  }
}
