package sequor.nn;

import sequor.kernels.Unary;
import sequor.tensor.Tensor;

/// A function applied to every number, as a layer without parameters.
public enum Activation implements Layer {
  RELU(Unary.RELU),
  LEAKY_RELU(Unary.LEAKY_RELU),
  ELU(Unary.ELU),
  GELU(Unary.GELU),
  SILU(Unary.SILU),
  SOFTPLUS(Unary.SOFTPLUS),
  SIGMOID(Unary.SIGMOID),
  TANH(Unary.TANH);

  private final Unary function;

  Activation(Unary function) {
    this.function = function;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.map(function);
  }

  @Override
  public Parts parts() {
    return Parts.none();
  }
}
