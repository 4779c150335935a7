package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Tensor;

/// One step of an [Lstm].
public final class LstmCell implements NnModule {
  private final RecurrentWeights weights;

  /// @param inputSize D
  /// @param hiddenSize H
  public LstmCell(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new RecurrentWeights(Cell.LSTM, inputSize, hiddenSize, random));
  }

  LstmCell(RecurrentWeights weights) {
    this.weights = weights;
  }

  RecurrentWeights weights() {
    return weights;
  }

  /// Reads one step `x` (B,D).
  public Lstm.State forward(Tensor x, Lstm.State state) {
    var gates = weights.sums(x, state.h()).split(4, 1); // (B,H)
    var i = gates.get(0).sigmoid();
    var f = gates.get(1).sigmoid();
    var g = gates.get(2).tanh();
    var o = gates.get(3).sigmoid();
    var c = f.times(state.c()).plus(i.times(g));
    return new Lstm.State(o.times(c.tanh()), c);
  }

  /// The state before anything was read.
  public Lstm.State zeroState(int batch) {
    return new Lstm.State(weights.zeros(batch), weights.zeros(batch));
  }

  @Override
  public Parts parts() {
    return weights.parts("");
  }
}
