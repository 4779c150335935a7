package sequor.train;

import java.util.List;
import java.util.Map;
import sequor.kernels.Updates;
import sequor.tensor.InPlace;
import sequor.tensor.Tensor;

/// Adagrad (Duchi, Hazan and Singer 2011): steps grow shorter where gradients were large.
///
/// ```
/// g  = g + λ·p
/// s' = s + g²
/// p' = p − η · g / (√s' + ε)
/// ```
///
/// η learning rate, λ weight decay.
public final class Adagrad extends Optimizer {
  private final Config config;

  public Adagrad(Map<String, Tensor> parameters, float learningRate) {
    this(parameters, Config.of(learningRate));
  }

  public Adagrad(Map<String, Tensor> parameters, Config config) {
    super(parameters, config.learningRate, config.weightDecay, List.of("sum"));
    this.config = config;
  }

  @Override
  protected void update(Slot slot) {
    var step =
        new Updates.Adagrad(slot.size(), slot.learningRate(), config.epsilon, slot.weightDecay());
    InPlace.adagrad(slot.parameter(), slot.state(0), step);
  }

  /// Settings; the usual learning rate is 0.01.
  public record Config(float learningRate, float epsilon, float weightDecay) {
    public Config {
      Check.notNegative("adagrad", "learning rate", learningRate);
      Check.notNegative("adagrad", "epsilon", epsilon);
      Check.notNegative("adagrad", "weight decay", weightDecay);
    }

    /// ε 1e-10, no weight decay.
    public static Config of(float learningRate) {
      return new Config(learningRate, 1e-10f, 0);
    }

    public Config withEpsilon(float to) {
      return new Config(learningRate, to, weightDecay);
    }

    public Config withWeightDecay(float to) {
      return new Config(learningRate, epsilon, to);
    }
  }
}
