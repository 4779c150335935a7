package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Tensor;

/// An affine map of the last axis: `y = x · Wᵀ + b`, (…,D) → (…,H).
public final class Linear implements Layer {
  private final Tensor weight; // (H,D)
  private final Tensor bias; // (H)

  /// @param inputSize D
  /// @param outputSize H
  public Linear(int inputSize, int outputSize, RandomGenerator random) {
    weight = Init.byFanIn(random, inputSize, outputSize, inputSize);
    bias = Init.byFanIn(random, inputSize, outputSize);
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.linear(weight, bias); // (…,H)
  }

  @Override
  public Parts parts() {
    return Parts.of("weight", weight).and("bias", bias);
  }
}
