package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.tensor.LinearRecurrence;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A structured state space with a diagonal matrix, S4D-Lin (Gu et al. 2022, "On the
/// parameterization and initialization of diagonal state space models"), over a whole sequence.
///
/// Each of H channels is a linear system of its own with N real states, as N/2 complex ones and
/// their conjugates, which are never computed; p counts them.
///
/// ```
/// u   = W·x + b                                       (D) → (H)
/// A_p = −exp(log_a_real_p) + i·a_imag_p,  Δ = exp(log_dt)
/// λ_p = exp(Δ·A_p)                                    zero-order hold of s' = A·s + u …
/// w_p = 2·C_p·(λ_p − 1)/A_p                           … with B = 1, and the weight of both conjugates
/// s'_p = λ_p·s_p + u
/// y   = Σ_p Re(w_p·s'_p) + D·u
/// h   = glu(W_o·gelu(y) + b_o),   glu(v, g) = v·σ(g)  (H) → (2H) → (H)
/// ```
///
/// Initial values are S4D-Lin's: A_p = −½ + iπp, Δ of each channel drawn evenly in its logarithm
/// from 0.001 to 0.1, C normal. Parameters bear the names of the authors' code in small letters,
/// and have its shapes. The first line is what its model has before its layers, so that the layer
/// may read any width; the sum with the input, and the norm, around each layer there are not part
/// of it.
///
/// What it shows is not what it carries: its state is `s`, and `h` beside it is what it showed
/// last.
public final class S4d implements Recurrent<S4d.State> {
  /// @param h (B,H) what was shown last; the next step does not depend on it
  /// @param s (B,N·H)
  public record State(Tensor h, Tensor s) implements RecurrentState<State> {
    @Override
    public Tensor output() {
      return h;
    }

    @Override
    public List<Tensor> tensors() {
      return List.of(h, s);
    }

    @Override
    public State with(List<Tensor> tensors) {
      return new State(tensors.get(0), tensors.get(1));
    }
  }

  private final S4dCell cell;
  private final boolean reverse;

  /// With 64 states a channel, as in the paper.
  ///
  /// @param inputSize D
  /// @param hiddenSize H
  public S4d(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new S4dCell(inputSize, hiddenSize, S4dCell.STATE_SIZE, random));
  }

  /// The layer over whole sequences that shares the parameters of a cell.
  public S4d(S4dCell cell) {
    this(cell, false);
  }

  private S4d(S4dCell cell, boolean reverse) {
    this.cell = cell;
    this.reverse = reverse;
  }

  @Override
  public Output<State> forward(Tensor x, State initial, Spans spans) {
    var u = cell.input(x); // (B,T,H)
    var read = LinearRecurrence.diagonal(u, cell.modes(), initial.s(), spans, reverse);
    var hidden = withoutPadding(cell.shown(read.hidden(), u), spans); // (B,T,H)
    var h = LinearRecurrence.last(hidden, initial.h(), spans, reverse); // (B,H)
    return new Output<>(hidden, new State(h, read.last()));
  }

  private static Tensor withoutPadding(Tensor hidden, Spans spans) {
    return spans.isFull()
        ? hidden
        : hidden.maskedFill(spans.mask().equalTo(0).unsqueeze(-1), 0); // (B,T,1) over (B,T,H)
  }

  /// One step at a time, with the same parameters.
  public S4dCell cell() {
    return cell;
  }

  @Override
  public State zeroState(int batch) {
    return cell.zeroState(batch);
  }

  @Override
  public int hiddenSize() {
    return cell.hiddenSize();
  }

  @Override
  public S4d reversed() {
    return new S4d(cell, !reverse);
  }

  @Override
  public Parts parts(String suffix) {
    return cell.parts(suffix);
  }
}
