package sequor.train;

import java.util.List;
import java.util.Map;
import sequor.kernels.Updates;
import sequor.tensor.InPlace;
import sequor.tensor.Tensor;

/// Adam (Kingma and Ba 2015, algorithm 1): steps of a size of their own for every number.
///
/// ```
/// g  = g + λ·p
/// m' = β₁·m + (1−β₁)·g
/// v' = β₂·v + (1−β₂)·g²
/// p' = p − η · m'/(1−β₁ᵗ) / (√(v'/(1−β₂ᵗ)) + ε)
/// ```
///
/// η learning rate, t the number of the step from 1, λ weight decay; with weight decay [AdamW] is
/// the better choice.
public sealed class Adam extends Optimizer permits AdamW {
  private final Config config;
  private final boolean decoupled;

  public Adam(Map<String, Tensor> parameters, float learningRate) {
    this(parameters, Config.of(learningRate));
  }

  public Adam(Map<String, Tensor> parameters, Config config) {
    this(parameters, config, false);
  }

  /// @param decoupled whether weight decay is taken from the parameter, not added to its gradient
  Adam(Map<String, Tensor> parameters, Config config, boolean decoupled) {
    super(parameters, config.learningRate, config.weightDecay, List.of("exp_avg", "exp_avg_sq"));
    this.config = config;
    this.decoupled = decoupled;
  }

  @Override
  protected final void update(Slot slot) {
    var step =
        new Updates.Adam(
            slot.size(),
            slot.learningRate(),
            config.beta1,
            config.beta2,
            config.epsilon,
            slot.weightDecay(),
            decoupled,
            slot.step());
    InPlace.adam(slot.parameter(), slot.state(0), slot.state(1), step);
  }

  /// Settings of Adam, and of AdamW, where they begin at [AdamW.Config#of].
  ///
  /// @param beta1 decay of the mean of the gradients
  /// @param beta2 decay of the mean of their squares
  public record Config(
      float learningRate, float beta1, float beta2, float epsilon, float weightDecay) {
    public Config {
      Check.notNegative("adam", "learning rate", learningRate);
      Check.decayRate("adam", "beta1", beta1);
      Check.decayRate("adam", "beta2", beta2);
      Check.notNegative("adam", "epsilon", epsilon);
      Check.notNegative("adam", "weight decay", weightDecay);
    }

    /// β 0.9 and 0.999, ε 1e-8, no weight decay.
    public static Config of(float learningRate) {
      return new Config(learningRate, 0.9f, 0.999f, 1e-8f, 0);
    }

    public Config withBetas(float beta1, float beta2) {
      return new Config(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    public Config withEpsilon(float to) {
      return new Config(learningRate, beta1, beta2, to, weightDecay);
    }

    public Config withWeightDecay(float to) {
      return new Config(learningRate, beta1, beta2, epsilon, to);
    }
  }
}
