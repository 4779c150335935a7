package sequor.train;

import java.util.List;
import java.util.Map;
import sequor.kernels.Updates;
import sequor.tensor.InPlace;
import sequor.tensor.Tensor;

/// RMSprop (Hinton 2012, "Neural Networks for Machine Learning", lecture 6e): gradients are divided
/// by a running mean of their size.
///
/// ```
/// g  = g + λ·p
/// s' = α·s + (1−α)·g²
/// b' = μ·b + g / (√s' + ε)
/// p' = p − η·b'
/// ```
///
/// η learning rate, μ momentum, λ weight decay.
public final class RmsProp extends Optimizer {
  private static final Tensor NOTHING = Tensor.zeros(0);

  private final Config config;

  public RmsProp(Map<String, Tensor> parameters, float learningRate) {
    this(parameters, Config.of(learningRate));
  }

  public RmsProp(Map<String, Tensor> parameters, Config config) {
    super(
        parameters,
        config.learningRate,
        config.weightDecay,
        config.momentum == 0 ? List.of("square_avg") : List.of("square_avg", "momentum_buffer"));
    this.config = config;
  }

  @Override
  protected void update(Slot slot) {
    var step =
        new Updates.RmsProp(
            slot.size(),
            slot.learningRate(),
            config.alpha,
            config.epsilon,
            config.momentum,
            slot.weightDecay());
    var buffer = config.momentum == 0 ? NOTHING : slot.state(1);
    InPlace.rmsProp(slot.parameter(), slot.state(0), buffer, step);
  }

  /// Settings; the usual learning rate is 0.01.
  ///
  /// @param alpha decay of the mean of the squares
  public record Config(
      float learningRate, float alpha, float epsilon, float momentum, float weightDecay) {
    public Config {
      Check.notNegative("rmsprop", "learning rate", learningRate);
      Check.decayRate("rmsprop", "alpha", alpha);
      Check.notNegative("rmsprop", "epsilon", epsilon);
      Check.notNegative("rmsprop", "momentum", momentum);
      Check.notNegative("rmsprop", "weight decay", weightDecay);
    }

    /// α 0.99, ε 1e-8, no momentum, no weight decay.
    public static Config of(float learningRate) {
      return new Config(learningRate, 0.99f, 1e-8f, 0, 0);
    }

    public Config withAlpha(float to) {
      return new Config(learningRate, to, epsilon, momentum, weightDecay);
    }

    public Config withEpsilon(float to) {
      return new Config(learningRate, alpha, to, momentum, weightDecay);
    }

    public Config withMomentum(float to) {
      return new Config(learningRate, alpha, epsilon, to, weightDecay);
    }

    public Config withWeightDecay(float to) {
      return new Config(learningRate, alpha, epsilon, momentum, to);
    }
  }
}
