package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.tensor.Recurrence;
import sequor.tensor.Tensor;

/// The gated recurrent unit (Cho et al. 2014) over a whole sequence, in the form with the reset
/// gate inside, as PyTorch and cuDNN compute it.
///
/// ```
/// x_r, x_z, x_n = split(W_ih·x + b_ih);  h_r, h_z, h_n = split(W_hh·h + b_hh)
/// r  = σ(x_r + h_r)
/// z  = σ(x_z + h_z)
/// n  = tanh(x_n + r·h_n)
/// h' = (1 − z)·n + z·h
/// ```
public final class Gru extends Fused<Gru.State> {
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

  /// @param inputSize D
  /// @param hiddenSize H
  public Gru(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new GruCell(inputSize, hiddenSize, random));
  }

  /// The layer over whole sequences that shares the parameters of a cell.
  public Gru(GruCell cell) {
    this(cell.weights(), false);
  }

  private Gru(RecurrentWeights weights, boolean reverse) {
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

  @Override
  List<Inspection.Gate> gates(Tensor fromInput, Tensor fromHidden) {
    var x = fromInput.split(3, 2); // (B,T,H)
    var h = fromHidden.split(3, 2); // (B,T,H)
    var r = x.get(0).plus(h.get(0)).sigmoid();
    var z = x.get(1).plus(h.get(1)).sigmoid();
    var n = x.get(2).plus(r.times(h.get(2))).tanh();
    return List.of(
        new Inspection.Gate("reset", 0, r),
        new Inspection.Gate("update", 0, z),
        new Inspection.Gate("new", -1, n));
  }

  /// One step at a time, with the same parameters.
  public GruCell cell() {
    return new GruCell(weights());
  }

  @Override
  public State zeroState(int batch) {
    return cell().zeroState(batch);
  }

  @Override
  public Gru reversed() {
    return new Gru(weights(), !reverse());
  }
}
