package sequor.kernels;

/// One optimizer step on one parameter, in place; formulas and defaults are PyTorch's.
///
/// Every `step` record gives the number `n` of weights and the settings; `p` is the parameter, `g`
/// its gradient, the rest is the optimizer's memory of that parameter.
public interface Updates {
  /// `g += λp; v = μv + (1−d)g` (`v = g` at the first step)`; p −= lr·(nesterov ? g + μv : v)`;
  /// with `momentum` 0 the velocity is neither read nor written.
  void sgd(Floats p, Floats g, Floats velocity, Sgd step);

  /// `m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; p −= lr · m̂ / (√v̂ + ε)` with `m̂ = m/(1−β₁ᵗ)`, `v̂ =
  /// v/(1−β₂ᵗ)`. Weight decay λ is added to the gradient, or, decoupled (AdamW), `p −= lr·λ·p`
  /// first.
  void adam(Floats p, Floats g, Floats m, Floats v, Adam step);

  /// `s += g²; p −= lr · g / (√s + ε)`.
  void adagrad(Floats p, Floats g, Floats sum, Adagrad step);

  /// `s = ρs + (1−ρ)g²; Δ = √(a + ε)/√(s + ε) · g; a = ρa + (1−ρ)Δ²; p −= lr·Δ`.
  void adadelta(Floats p, Floats g, Floats square, Floats accumulated, Adadelta step);

  /// `s = αs + (1−α)g²; b = μb + g/(√s + ε); p −= lr·b`; with `momentum` 0 the buffer is neither
  /// read nor written and `b` is the quotient.
  void rmsProp(Floats p, Floats g, Floats square, Floats buffer, RmsProp step);

  record Sgd(
      int n,
      float rate,
      float momentum,
      float dampening,
      float weightDecay,
      boolean nesterov,
      boolean first) {}

  /// The settings of [#adam].
  ///
  /// @param t the number of this step, from 1
  record Adam(
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float weightDecay,
      boolean decoupled,
      long t) {
    /// `lr / (1 − β₁ᵗ)`, which turns `m` into `lr · m̂`.
    public float correctedRate() {
      return (float) (rate / (1 - StrictMath.pow(beta1, (double) t)));
    }

    /// `√(1 − β₂ᵗ)`, by which `√v` is divided to become `√v̂`.
    public float correctedRoot() {
      return (float) Math.sqrt(1 - StrictMath.pow(beta2, (double) t));
    }
  }

  record Adagrad(int n, float rate, float epsilon, float weightDecay) {}

  record Adadelta(int n, float rate, float rho, float epsilon, float weightDecay) {}

  record RmsProp(
      int n, float rate, float alpha, float epsilon, float momentum, float weightDecay) {}
}
