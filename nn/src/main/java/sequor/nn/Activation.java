package sequor.nn;

import java.util.function.UnaryOperator;
import sequor.tensor.Tensor;

/// A function applied to every number, as a layer without parameters.
public enum Activation implements Layer {
  RELU(Tensor::relu),
  LEAKY_RELU(Tensor::leakyRelu),
  ELU(Tensor::elu),
  GELU(Tensor::gelu),
  SILU(Tensor::silu),
  SOFTPLUS(Tensor::softplus),
  SIGMOID(Tensor::sigmoid),
  LOG_SIGMOID(Tensor::logSigmoid),
  TANH(Tensor::tanh);

  private final UnaryOperator<Tensor> function;

  Activation(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  @Override
  public Tensor forward(Tensor x) {
    return function.apply(x);
  }

  @Override
  public Parts parts() {
    return Parts.none();
  }
}
