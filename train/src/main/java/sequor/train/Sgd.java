package sequor.train;

import java.util.List;
import java.util.Map;
import sequor.kernels.Updates;
import sequor.tensor.InPlace;
import sequor.tensor.Tensor;

/// Stochastic gradient descent, with momentum if set (Sutskever et al. 2013).
///
/// ```
/// g  = g + λ·p
/// v' = μ·v + (1−d)·g          at the first step v' = g
/// p' = p − η·v'               Nesterov: p' = p − η·(g + μ·v')
/// ```
///
/// η learning rate, μ momentum, d dampening, λ weight decay.
public final class Sgd extends Optimizer {
  private static final Tensor NOTHING = Tensor.zeros(0);

  private final Config config;

  public Sgd(Map<String, Tensor> parameters, float learningRate) {
    this(parameters, Config.of(learningRate));
  }

  public Sgd(Map<String, Tensor> parameters, Config config) {
    super(
        parameters,
        config.learningRate,
        config.weightDecay,
        config.momentum == 0 ? List.of() : List.of("momentum_buffer"));
    this.config = config;
  }

  @Override
  protected void update(Slot slot) {
    var step =
        new Updates.Sgd(
            slot.size(),
            slot.learningRate(),
            config.momentum,
            config.dampening,
            slot.weightDecay(),
            config.nesterov,
            slot.step() == 1);
    InPlace.sgd(slot.parameter(), config.momentum == 0 ? NOTHING : slot.state(0), step);
  }

  /// @param dampening the share of the gradient that does not enter the velocity, from 0 to 1
  /// @param nesterov whether to look ahead along the velocity; needs momentum and no dampening
  public record Config(
      float learningRate, float momentum, float dampening, float weightDecay, boolean nesterov) {
    public Config {
      Check.notNegative("sgd", "learning rate", learningRate);
      Check.notNegative("sgd", "momentum", momentum);
      if (!(dampening >= 0 && dampening <= 1)) {
        throw Check.wrong(
            "sgd: dampening must be from 0 to 1, got %s; it is the share of the gradient that does"
                + " not enter the velocity",
            dampening);
      }
      Check.notNegative("sgd", "weight decay", weightDecay);
      if (nesterov && (momentum == 0 || dampening != 0)) {
        throw Check.wrong(
            "sgd: Nesterov needs momentum above 0 and dampening 0, got %s and %s; set momentum 0.9",
            momentum, dampening);
      }
    }

    /// Plain steps along the gradient.
    public static Config of(float learningRate) {
      return new Config(learningRate, 0, 0, 0, false);
    }

    public Config withMomentum(float to) {
      return new Config(learningRate, to, dampening, weightDecay, nesterov);
    }

    public Config withDampening(float to) {
      return new Config(learningRate, momentum, to, weightDecay, nesterov);
    }

    public Config withWeightDecay(float to) {
      return new Config(learningRate, momentum, dampening, to, nesterov);
    }

    /// With Nesterov's momentum of this size.
    public Config withNesterov(float momentum) {
      return new Config(learningRate, momentum, 0, weightDecay, true);
    }
  }
}
