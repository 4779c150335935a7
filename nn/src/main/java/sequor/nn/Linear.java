package sequor.nn;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.tensor.Tensor;

/// An affine map of the last axis: `y = x · Wᵀ + b`, (…,D) → (…,H); without a bias `y = x · Wᵀ`.
///
/// A weight may be another layer's, as where a model's output is tied to its embedding (Press and
/// Wolf 2017):
///
/// ```java
/// var decoder = new Linear(embedding.weight(), Init.zeros(vocabularySize));
/// ```
public final class Linear implements Layer {
  private final Tensor weight; // (H,D)
  private final Optional<Tensor> bias; // (H)

  /// @param inputSize D
  /// @param outputSize H
  public Linear(int inputSize, int outputSize, RandomGenerator random) {
    this(
        Init.byFanIn(random, inputSize, outputSize, inputSize),
        Init.byFanIn(random, inputSize, outputSize));
  }

  /// A layer of these very parameters.
  ///
  /// @param weight (H,D)
  /// @param bias (H)
  public Linear(Tensor weight, Tensor bias) {
    this(weight, Optional.of(bias));
  }

  private Linear(Tensor weight, Optional<Tensor> bias) {
    boolean fit = weight.shape().rank() == 2;
    if (!fit || bias.stream().anyMatch(b -> !b.shape().equals(weight.shape().without(-1)))) {
      throw new NnException(
          "linear: a weight %s%s; it must be (H,D), and the bias (H)"
              .formatted(weight.shape(), bias.map(b -> " and a bias " + b.shape()).orElse("")));
    }
    this.weight = weight;
    this.bias = bias;
  }

  /// A layer that has no bias.
  ///
  /// @param inputSize D
  /// @param outputSize H
  public static Linear withoutBias(int inputSize, int outputSize, RandomGenerator random) {
    return withoutBias(Init.byFanIn(random, inputSize, outputSize, inputSize));
  }

  /// A layer of this very weight (H,D) that has no bias.
  public static Linear withoutBias(Tensor weight) {
    return new Linear(weight, Optional.empty());
  }

  @Override
  public Tensor forward(Tensor x) {
    return bias.isPresent() ? x.linear(weight, bias.get()) : x.linear(weight); // (…,H)
  }

  /// The weight itself (H,D), to share it or to look at it.
  public Tensor weight() {
    return weight;
  }

  /// The bias (H), if there is one.
  public Optional<Tensor> bias() {
    return bias;
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("weight", weight);
    return bias.map(b -> parts.and("bias", b)).orElse(parts);
  }
}
