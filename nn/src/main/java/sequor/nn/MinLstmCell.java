package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Tensor;

/// One step of a [MinLstm].
public final class MinLstmCell extends LinearCell {
  /// @param inputSize D
  /// @param hiddenSize H
  public MinLstmCell(int inputSize, int hiddenSize, RandomGenerator random) {
    super("minLSTM", 3, inputSize, hiddenSize, random);
  }

  @Override
  Coefficients coefficients(Tensor x) {
    var gates = gates(x); // 3 × (…,H)
    // ln f − ln i, where both gates may be too small for a quotient of them.
    var ratio = gates.get(0).logSigmoid().minus(gates.get(1).logSigmoid());
    var f = ratio.sigmoid(); // f/(f + i)
    var i = Tensor.of(1).minus(f); // i/(f + i)
    return new Coefficients(f, i.times(positive(gates.get(2))));
  }
}
