package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Tensor;

/// One step of an [Rnn].
public final class RnnCell implements NnModule {
  private final RecurrentWeights weights;

  /// With tanh.
  public RnnCell(int inputSize, int hiddenSize, RandomGenerator random) {
    this(inputSize, hiddenSize, Activation.TANH, random);
  }

  /// @param nonlinearity [Activation#TANH] or [Activation#RELU]
  public RnnCell(int inputSize, int hiddenSize, Activation nonlinearity, RandomGenerator random) {
    this(new RecurrentWeights(Rnn.kind(nonlinearity), inputSize, hiddenSize, random));
  }

  RnnCell(RecurrentWeights weights) {
    this.weights = weights;
  }

  RecurrentWeights weights() {
    return weights;
  }

  /// Reads one step `x` (B,D).
  public Rnn.State forward(Tensor x, Rnn.State state) {
    var sum = weights.sums(x, state.h()); // (B,H)
    return new Rnn.State(weights.cell() == Cell.RNN_TANH ? sum.tanh() : sum.relu());
  }

  /// The state before anything was read.
  public Rnn.State zeroState(int batch) {
    return new Rnn.State(weights.zeros(batch));
  }

  @Override
  public Parts parts() {
    return weights.parts("");
  }
}
