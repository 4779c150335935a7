package sequor.tensor;

/// Recurrences that are linear in their state, each in one fused operation over a whole padded
/// sequence: what minimal gated units, gated linear recurrent units and state space layers are made
/// of. Formulas stand in [sequor.kernels.Scans].
///
/// Nothing is multiplied from step to step, so threads share a long row, and the work is that of
/// reading its numbers.
public final class LinearRecurrence {
  private LinearRecurrence() {}

  /// @param hidden (B,T,H) what there is after each step, 0 where a step is not real
  /// @param last the state after each row's last real step, an empty row's initial one
  public record Output(Tensor hidden, Tensor last) {}

  /// What each of H channels does with P complex states, real parts before imaginary ones.
  ///
  /// @param poles (2,P,H) `λ`, by which a state is multiplied at each step
  /// @param weights (2,P,H) `w`, by which it is read out
  public record Modes(Tensor poles, Tensor weights) {
    /// The numbers that a row's states are: 2·P·H.
    public int stateSize() {
      return poles.shape().size();
    }
  }

  /// `h_t = a_t·h_{t−1} + b_t`, number by number, read from left to right or, `reverse`, from right
  /// to left.
  ///
  /// @param a (B,T,H)
  /// @param b (B,T,H)
  /// @param initial (B,H) the state before the first step
  public static Output run(Tensor a, Tensor b, Tensor initial, Spans spans, boolean reverse) {
    var hidden = Op.apply(new Scan.Linear(a, b, initial, spans, reverse)); // (B,T,H)
    return new Output(hidden, last(hidden, initial, spans, reverse));
  }

  /// Of each row of `hidden` (B,T,H) the step that was read last, or its own row of `initial` where
  /// it is empty. // (B,H)
  public static Tensor last(Tensor hidden, Tensor initial, Spans spans, boolean reverse) {
    return Op.apply(new Scan.Last(hidden, initial, spans, reverse));
  }

  /// `s_{p,t} = λ_p·s_{p,t−1} + u_t` in complex numbers, read out as `y_t = Σ_p Re(w_p·s_{p,t})`:
  /// the `hidden` of the output are `y`, its `last` the states.
  ///
  /// The states on the way are never written down.
  ///
  /// @param u (B,T,H)
  /// @param initial (B,2·P·H) the states before the first step, in the order of the modes
  public static Output diagonal(
      Tensor u, Modes modes, Tensor initial, Spans spans, boolean reverse) {
    var diagonal =
        new Scan.Diagonal(
            u, modes.poles(), modes.weights(), initial, spans, reverse, new Scan.Kept());
    var y = Op.apply(diagonal); // (B,T,H)
    return new Output(y, Op.apply(new Scan.LastStates(diagonal, y)));
  }
}
