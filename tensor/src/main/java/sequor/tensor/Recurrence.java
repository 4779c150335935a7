package sequor.tensor;

import sequor.kernels.Recurrences.Cell;

/// Runs a recurrent cell over a whole padded sequence in one fused operation.
///
/// This is what the recurrent layers are made of; equations and gate order stand in
/// [sequor.kernels.Recurrences].
public final class Recurrence {
  private Recurrence() {}

  /// The parameters of one layer and direction, G gates.
  ///
  /// @param inputs `W_ih` (G·H,D)
  /// @param hidden `W_hh` (G·H,H)
  /// @param inputBias `b_ih` (G·H)
  /// @param hiddenBias `b_hh` (G·H)
  public record Weights(Tensor inputs, Tensor hidden, Tensor inputBias, Tensor hiddenBias) {}

  /// What the recurrence carries from step to step.
  ///
  /// @param h (B,H)
  /// @param c (B,H) for an LSTM, else (0)
  public record State(Tensor h, Tensor c) {
    /// The state of a cell that carries nothing but its hidden state.
    public static State of(Tensor h) {
      return new State(h, Tensor.zeros(0));
    }
  }

  /// @param hidden (B,T,H) the hidden state after each step, 0 where a step is not real
  /// @param last the state after each row's last real step
  public record Output(Tensor hidden, State last) {}

  /// Reads `x` (B,T,D) from left to right, or, `reverse`, from right to left.
  public static Output run(
      Cell cell, Tensor x, Weights weights, State initial, Spans spans, boolean reverse) {
    var sequence =
        new Recurrent.Sequence(cell, x, weights, initial, spans, reverse, new Recurrent.Saved());
    var hidden = Op.apply(sequence);
    var h = Op.apply(new Recurrent.LastHidden(hidden, initial.h(), spans, reverse));
    var c =
        cell == Cell.LSTM
            ? Op.apply(new Recurrent.LastCell(sequence, hidden, initial.c()))
            : initial.c();
    return new Output(hidden, new State(h, c));
  }
}
