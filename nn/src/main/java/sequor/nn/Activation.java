package sequor.nn;

import sequor.tensor.Tensor;

/// A function applied to every number, as a layer without parameters.
public enum Activation implements Layer {
  RELU,
  LEAKY_RELU,
  ELU,
  GELU,
  /// GELU by its approximation with a hyperbolic tangent (Hendrycks and Gimpel 2016, section 2),
  /// with which some published models were trained.
  GELU_TANH,
  SILU,
  SOFTPLUS,
  SIGMOID,
  LOG_SIGMOID,
  TANH;

  @Override
  public Tensor forward(Tensor x) {
    return switch (this) {
      case RELU -> x.relu();
      case LEAKY_RELU -> x.leakyRelu();
      case ELU -> x.elu();
      case GELU -> x.gelu();
      case GELU_TANH -> geluTanh(x);
      case SILU -> x.silu();
      case SOFTPLUS -> x.softplus();
      case SIGMOID -> x.sigmoid();
      case LOG_SIGMOID -> x.logSigmoid();
      case TANH -> x.tanh();
    };
  }

  /// `x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))`
  private static Tensor geluTanh(Tensor x) {
    var inner = x.times(x).times(x).times(0.044715f).plus(x).times((float) Math.sqrt(2 / Math.PI));
    return x.times(0.5f).times(inner.tanh().plus(1));
  }

  @Override
  public Parts parts() {
    return Parts.none();
  }
}
