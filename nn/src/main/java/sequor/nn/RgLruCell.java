package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Tensor;

/// One step of an [RgLru].
public final class RgLruCell extends LinearCell {
  private static final float C = 8;

  /// Below this `1 − a²` does not go: the slope of its root has no bound.
  private static final float LEAST = 1e-6f;

  private final Tensor lambda; // (H)

  /// @param inputSize D
  /// @param hiddenSize H
  public RgLruCell(int inputSize, int hiddenSize, RandomGenerator random) {
    super("RG-LRU", 3, inputSize, hiddenSize, random);
    var softplus = Tensor.uniform(random, 0.9f, 0.999f, hiddenSize).log().times(-1 / C);
    lambda = softplus.expm1().log().requiresGrad(true);
  }

  @Override
  Coefficients coefficients(Tensor x) {
    var gates = gates(x); // 3 × (…,H)
    var r = gates.get(0).sigmoid();
    var i = gates.get(1).sigmoid();
    var logA = lambda.softplus().times(-C).times(r);
    var rest = logA.times(2).expm1().negate().maximum(LEAST).sqrt(); // √(1 − a²)
    return new Coefficients(logA.exp(), rest.times(i.times(gates.get(2))));
  }

  @Override
  Parts parts(String suffix) {
    return super.parts(suffix).and("lambda" + suffix, lambda);
  }
}
