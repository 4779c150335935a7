package sequor.nn;

import sequor.tensor.Tensor;

/// Layer normalisation over the last axis (Ba et al. 2016): `y = (x − mean) / √(variance + ε) ·
/// weight + bias`.
public final class LayerNorm implements Layer {
  /// What keeps it from dividing by 0 where nobody says otherwise.
  public static final float EPSILON = 1e-5f;

  private final Tensor weight; // (D)
  private final Tensor bias; // (D)
  private final float epsilon;

  /// With ε = [#EPSILON].
  public LayerNorm(int size) {
    this(size, EPSILON);
  }

  public LayerNorm(int size, float epsilon) {
    this.weight = Init.ones(size);
    this.bias = Init.zeros(size);
    this.epsilon = epsilon;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.layerNorm(weight, bias, epsilon);
  }

  @Override
  public Parts parts() {
    return Parts.of("weight", weight).and("bias", bias);
  }
}
