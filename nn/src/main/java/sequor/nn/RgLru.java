package sequor.nn;

import java.util.random.RandomGenerator;

/// The real-gated linear recurrent unit (De et al. 2024, "Griffin: mixing gated linear recurrences
/// with local attention", section 2.4) over a whole sequence.
///
/// ```
/// r  = σ(W_r·x + b_r)                  how much of the state is to go
/// i  = σ(W_i·x + b_i)                  how much of the input comes in
/// a  = exp(−c·softplus(Λ)·r),  c = 8
/// h' = a·h + √(1 − a²)·(i·(W_x·x + b_x))
/// ```
///
/// At first `a`, where `r` is 1, lies evenly between 0.9 and 0.999, so it remembers from the start.
/// The paper gives the unit an input of its own width, which a linear layer before it makes; here
/// that layer is W_x, and the gates read what it reads. `weight_ih` holds W_r above W_i above W_x.
/// The convolution and the gate of the block that the paper builds around it are not part of it.
public final class RgLru extends Scanned {
  private final RgLruCell cell;

  /// @param inputSize D
  /// @param hiddenSize H
  public RgLru(int inputSize, int hiddenSize, RandomGenerator random) {
    this(new RgLruCell(inputSize, hiddenSize, random));
  }

  /// The layer over whole sequences that shares the parameters of a cell.
  public RgLru(RgLruCell cell) {
    this(cell, false);
  }

  private RgLru(RgLruCell cell, boolean reverse) {
    super(cell, reverse);
    this.cell = cell;
  }

  /// One step at a time, with the same parameters.
  public RgLruCell cell() {
    return cell;
  }

  @Override
  public RgLru reversed() {
    return new RgLru(cell, !reverse());
  }
}
