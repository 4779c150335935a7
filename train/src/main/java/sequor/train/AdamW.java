package sequor.train;

import java.util.List;
import java.util.Map;
import sequor.kernels.Updates;
import sequor.tensor.InPlace;
import sequor.tensor.Tensor;

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): the decay is taken
/// from the parameter and not scaled by the gradients' past.
///
/// ```
/// p  = p − η·λ·p
/// m' = β₁·m + (1−β₁)·g
/// v' = β₂·v + (1−β₂)·g²
/// p' = p − η · m'/(1−β₁ᵗ) / (√(v'/(1−β₂ᵗ)) + ε)
/// ```
///
/// η learning rate, t the number of the step from 1, λ weight decay.
public final class AdamW extends Optimizer {
  private final Config config;

  public AdamW(Map<String, Tensor> parameters, float learningRate) {
    this(parameters, Config.of(learningRate));
  }

  public AdamW(Map<String, Tensor> parameters, Config config) {
    super(parameters, config.learningRate, List.of("exp_avg", "exp_avg_sq"));
    this.config = config;
  }

  @Override
  protected void update(Slot slot) {
    var step =
        new Updates.Adam(
            slot.size(),
            learningRate(),
            config.beta1,
            config.beta2,
            config.epsilon,
            slot.decay(config.weightDecay),
            true,
            slot.step());
    InPlace.adam(slot.parameter(), slot.memory(0), slot.memory(1), step);
  }

  /// @param beta1 how long the mean of the gradients remembers
  /// @param beta2 how long the mean of their squares remembers
  public record Config(
      float learningRate, float beta1, float beta2, float epsilon, float weightDecay) {
    public Config {
      Check.notNegative("adamw", "learning rate", learningRate);
      Check.decayRate("adamw", "beta1", beta1);
      Check.decayRate("adamw", "beta2", beta2);
      Check.notNegative("adamw", "epsilon", epsilon);
      Check.notNegative("adamw", "weight decay", weightDecay);
    }

    /// β 0.9 and 0.999, ε 1e-8, weight decay 0.01.
    public static Config of(float learningRate) {
      return new Config(learningRate, 0.9f, 0.999f, 1e-8f, 0.01f);
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
