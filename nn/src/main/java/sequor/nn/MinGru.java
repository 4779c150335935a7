package sequor.nn;

import java.util.random.RandomGenerator;

/// The minimal gated recurrent unit (Feng et al. 2024, "Were RNNs all we needed?", section 3.1)
/// over a whole sequence: a [Gru] whose gate and candidate do not look at the state, so that its
/// steps need not wait for each other.
///
/// ```
/// z  = σ(W_z·x + b_z)
/// n  = g(W_n·x + b_n),      g(x) = x + ½ where x ≥ 0, else σ(x)
/// h' = (1 − z)·h + z·n
/// ```
///
/// `g` is what the paper trains with (appendix B.1): there it keeps states positive, so that
/// logarithms of them can be taken. Here the recurrence itself is computed and no logarithm is
/// needed, but models stay the same, and a state is a weighted mean of values that `g` bounds from
/// below. `weight_ih` holds W_z above W_n.
public final class MinGru extends Scanned {
  private final MinGruCell cell;

  /// @param inputSize D
  /// @param hiddenSize H
  public MinGru(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new MinGruCell(inputSize, hiddenSize, random));
  }

  /// The layer over whole sequences that shares the parameters of a cell.
  public MinGru(MinGruCell cell) {
    this(cell, false);
  }

  private MinGru(MinGruCell cell, boolean reverse) {
    super(cell, reverse);
    this.cell = cell;
  }

  /// One step at a time, with the same parameters.
  public MinGruCell cell() {
    return cell;
  }

  @Override
  public MinGru reversed() {
    return new MinGru(cell, !reverse());
  }
}
