package sequor.nn;

import sequor.tensor.Tensor;

/// A function applied to every number, as a layer without parameters.
public enum Activation implements Layer {
  RELU,
  LEAKY_RELU,
  ELU,
  GELU,
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
      case SILU -> x.silu();
      case SOFTPLUS -> x.softplus();
      case SIGMOID -> x.sigmoid();
      case LOG_SIGMOID -> x.logSigmoid();
      case TANH -> x.tanh();
    };
  }

  @Override
  public Parts parts() {
    return Parts.none();
  }
}
