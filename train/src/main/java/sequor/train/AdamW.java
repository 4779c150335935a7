package sequor.train;

import java.util.Map;
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
public final class AdamW extends Adam {
  public AdamW(Map<String, Tensor> parameters, float learningRate) {
    this(parameters, Config.of(learningRate));
  }

  public AdamW(Map<String, Tensor> parameters, Adam.Config config) {
    super(parameters, config, true);
  }

  /// Where the settings begin: those of Adam, but with weight decay.
  public static final class Config {
    private Config() {}

    /// β 0.9 and 0.999, ε 1e-8, weight decay 0.01.
    public static Adam.Config of(float learningRate) {
      return Adam.Config.of(learningRate).withWeightDecay(0.01f);
    }
  }
}
