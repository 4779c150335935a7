package sequor.nn;

import java.util.random.RandomGenerator;

/// The minimal LSTM (Feng et al. 2024, "Were RNNs all we needed?", section 3.2) over a whole
/// sequence: gates that do not look at the state and are made to sum to 1, and no cell beside the
/// hidden state.
///
/// ```
/// f  = σ(W_f·x + b_f)
/// i  = σ(W_i·x + b_i)
/// n  = g(W_n·x + b_n),      g(x) = x + ½ where x ≥ 0, else σ(x)
/// h' = f/(f + i)·h + i/(f + i)·n
/// ```
///
/// On `g` see [MinGru]. `weight_ih` holds W_f above W_i above W_n.
public final class MinLstm extends Scanned {
  private final MinLstmCell cell;

  /// @param inputSize D
  /// @param hiddenSize H
  public MinLstm(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new MinLstmCell(inputSize, hiddenSize, random));
  }

  /// The layer over whole sequences that shares the parameters of a cell.
  public MinLstm(MinLstmCell cell) {
    this(cell, false);
  }

  private MinLstm(MinLstmCell cell, boolean reverse) {
    super(cell, reverse);
    this.cell = cell;
  }

  /// One step at a time, with the same parameters.
  public MinLstmCell cell() {
    return cell;
  }

  @Override
  public MinLstm reversed() {
    return new MinLstm(cell, !reverse());
  }
}
