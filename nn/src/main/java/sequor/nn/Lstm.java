package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.tensor.Recurrence;
import sequor.tensor.Tensor;

/// Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000) over a
/// whole sequence.
///
/// ```
/// i, f, g, o = split(W_ih·x + b_ih + W_hh·h + b_hh)
/// c' = σ(f)·c + σ(i)·tanh(g)
/// h' = σ(o)·tanh(c')
/// ```
public final class Lstm extends Fused<Lstm.State> {
  /// @param h the hidden state (B,H)
  /// @param c the cell state (B,H)
  public record State(Tensor h, Tensor c) implements RecurrentState<State> {
    @Override
    public Tensor output() {
      return h;
    }

    @Override
    public List<Tensor> tensors() {
      return List.of(h, c);
    }

    @Override
    public State with(List<Tensor> tensors) {
      return new State(tensors.get(0), tensors.get(1));
    }
  }

  /// @param inputSize D
  /// @param hiddenSize H
  public Lstm(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new LstmCell(inputSize, hiddenSize, random));
  }

  /// The layer over whole sequences that shares the parameters of a cell.
  public Lstm(LstmCell cell) {
    this(cell.weights(), false);
  }

  private Lstm(RecurrentWeights weights, boolean reverse) {
    super(weights, reverse);
  }

  @Override
  Recurrence.State toKernelState(State state) {
    return new Recurrence.State(state.h(), state.c());
  }

  @Override
  State fromKernelState(Recurrence.State state) {
    return new State(state.h(), state.c());
  }

  @Override
  List<Inspection.Gate> gates(Tensor fromInput, Tensor fromHidden) {
    var sums = fromInput.plus(fromHidden).split(4, 2); // (B,T,H)
    return List.of(
        new Inspection.Gate("input", 0, sums.get(0).sigmoid()),
        new Inspection.Gate("forget", 0, sums.get(1).sigmoid()),
        new Inspection.Gate("candidate", -1, sums.get(2).tanh()),
        new Inspection.Gate("output", 0, sums.get(3).sigmoid()));
  }

  /// One step at a time, with the same parameters.
  public LstmCell cell() {
    return new LstmCell(weights());
  }

  @Override
  public State zeroState(int batch) {
    return cell().zeroState(batch);
  }

  @Override
  public Lstm reversed() {
    return new Lstm(weights(), !reverse());
  }
}
