package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Recurrence;
import sequor.tensor.Tensor;

/// The simple recurrent network of Elman (1990) over a whole sequence.
///
/// ```
/// h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh)        (or relu)
/// ```
public final class Rnn extends Fused<Rnn.State> {
  /// @param h (B,H)
  public record State(Tensor h) implements RecurrentState<State> {
    @Override
    public Tensor output() {
      return h;
    }

    @Override
    public List<Tensor> tensors() {
      return List.of(h);
    }

    @Override
    public State with(List<Tensor> tensors) {
      return new State(tensors.getFirst());
    }
  }

  /// With tanh.
  ///
  /// @param inputSize D
  /// @param hiddenSize H
  public Rnn(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new RnnCell(inputSize, hiddenSize, random));
  }

  /// The layer over whole sequences that shares the parameters of a cell.
  public Rnn(RnnCell cell) {
    this(cell.weights(), false);
  }

  private Rnn(RecurrentWeights weights, boolean reverse) {
    super(weights, reverse);
  }

  @Override
  Recurrence.State toKernelState(State state) {
    return Recurrence.State.of(state.h());
  }

  @Override
  State fromKernelState(Recurrence.State state) {
    return new State(state.h());
  }

  /// It has none.
  @Override
  List<Inspection.Gate> gates(Tensor fromInput, Tensor fromHidden) {
    return List.of();
  }

  /// One step at a time, with the same parameters.
  public RnnCell cell() {
    return new RnnCell(weights());
  }

  @Override
  public State zeroState(int batch) {
    return cell().zeroState(batch);
  }

  @Override
  public Rnn reversed() {
    return new Rnn(weights(), !reverse());
  }

  static Cell kind(Activation nonlinearity) {
    return switch (nonlinearity) {
      case TANH -> Cell.RNN_TANH;
      case RELU -> Cell.RNN_RELU;
      default ->
          throw new NnException("rnn: the nonlinearity must be TANH or RELU, got " + nonlinearity);
    };
  }
}
