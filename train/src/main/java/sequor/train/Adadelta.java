package sequor.train;

import java.util.List;
import java.util.Map;
import sequor.kernels.Updates;
import sequor.tensor.InPlace;
import sequor.tensor.Tensor;

/// Adadelta (Zeiler 2012, algorithm 1): the past steps set the scale of the next.
///
/// ```
/// g  = g + λ·p
/// s' = ρ·s + (1−ρ)·g²
/// Δ  = √(a + ε) / √(s' + ε) · g
/// a' = ρ·a + (1−ρ)·Δ²
/// p' = p − η·Δ
/// ```
///
/// η learning rate, λ weight decay.
public final class Adadelta extends Optimizer {
  private final Config config;

  public Adadelta(Map<String, Tensor> parameters, float learningRate) {
    this(parameters, Config.of(learningRate));
  }

  public Adadelta(Map<String, Tensor> parameters, Config config) {
    super(parameters, config.learningRate, config.weightDecay, List.of("square_avg", "acc_delta"));
    this.config = config;
  }

  @Override
  protected void update(Slot slot) {
    var step =
        new Updates.Adadelta(
            slot.size(), slot.learningRate(), config.rho, config.epsilon, slot.weightDecay());
    InPlace.adadelta(slot.parameter(), slot.state(0), slot.state(1), step);
  }

  /// Settings; the usual learning rate is 1.
  ///
  /// @param rho decay of the means of the squares
  public record Config(float learningRate, float rho, float epsilon, float weightDecay) {
    public Config {
      Check.notNegative("adadelta", "learning rate", learningRate);
      Check.decayRate("adadelta", "rho", rho);
      Check.notNegative("adadelta", "epsilon", epsilon);
      Check.notNegative("adadelta", "weight decay", weightDecay);
    }

    /// ρ 0.9, ε 1e-6, no weight decay.
    public static Config of(float learningRate) {
      return new Config(learningRate, 0.9f, 1e-6f, 0);
    }

    public Config withRho(float to) {
      return new Config(learningRate, to, epsilon, weightDecay);
    }

    public Config withEpsilon(float to) {
      return new Config(learningRate, rho, to, weightDecay);
    }

    public Config withWeightDecay(float to) {
      return new Config(learningRate, rho, epsilon, to);
    }
  }
}
