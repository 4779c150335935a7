package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Tensor;

/// One step of a [Gru].
public final class GruCell implements NnModule {
  private final RecurrentWeights weights;

  /// @param inputSize D
  /// @param hiddenSize H
  public GruCell(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new RecurrentWeights(Cell.GRU, inputSize, hiddenSize, random));
  }

  GruCell(RecurrentWeights weights) {
    this.weights = weights;
  }

  RecurrentWeights weights() {
    return weights;
  }

  /// Reads one step `x` (B,D).
  public Gru.State forward(Tensor x, Gru.State state) {
    var h = state.h();
    var fromInput = weights.projectInput(x).split(3, 1); // 3 × (B,H)
    var fromHidden = weights.projectHidden(h).split(3, 1); // 3 × (B,H)
    var r = fromInput.get(0).plus(fromHidden.get(0)).sigmoid();
    var z = fromInput.get(1).plus(fromHidden.get(1)).sigmoid();
    var n = fromInput.get(2).plus(r.times(fromHidden.get(2))).tanh();
    return new Gru.State(n.plus(z.times(h.minus(n)))); // (1 − z)·n + z·h
  }

  /// The state before anything was read.
  public Gru.State zeroState(int batch) {
    return new Gru.State(weights.zeros(batch));
  }

  @Override
  public Parts parts() {
    return weights.parts("");
  }
}
