package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Tensor;

/// One step of a [MinGru].
public final class MinGruCell extends LinearCell {
  /// @param inputSize D
  /// @param hiddenSize H
  public MinGruCell(int inputSize, int hiddenSize, RandomGenerator random) {
    super("minGRU", 2, inputSize, hiddenSize, random);
  }

  @Override
  Coefficients coefficients(Tensor x) {
    var gates = gates(x); // 2 × (…,H)
    var z = gates.get(0).sigmoid();
    var n = positive(gates.get(1));
    return new Coefficients(Tensor.of(1).minus(z), z.times(n));
  }
}
