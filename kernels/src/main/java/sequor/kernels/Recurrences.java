package sequor.kernels;

import java.util.List;

/// Recurrent layers over a whole padded sequence, forward and by backpropagation through time.
///
/// Row `b` of a batch is real at the steps `starts[b] ≤ t < ends[b]`; elsewhere it is skipped, its
/// hidden values are 0 and its state stays what it was. That one rule covers padding on the right,
/// on the left, empty rows and mixed lengths, and, read with `reverse`, the backward direction of a
/// bidirectional layer.
///
/// The two directions of a bidirectional layer are two passes over the same rows. They run at the
/// same time and show their states side by side: pass `i` in the columns from `i·H` on of `hidden`
/// (B,T,W), with W = H times the number of passes.
///
/// What belongs to the layer alone, its gates and cells, lies step by step, (T,B,…), in the order in
/// which it is used; what others see lies row by row, (B,T,…).
///
/// With `x` the projected input of a step (its gates' rows of `W_ih · input + b_ih`) and `u = W_hh
/// · h + b_hh`, gate order and formulas are PyTorch's:
///
/// ```
/// RNN    h' = tanh(x + u)                                  (or relu)
/// LSTM   i, f, g, o = σ, σ, tanh, σ of x + u;  c' = f·c + i·g;  h' = o·tanh(c')
/// GRU    r, z = σ, σ of x + u;  n = tanh(x + r·u);  h' = (1 − z)·n + z·h
/// ```
public interface Recurrences {
  /// Runs the sequence: fills `hidden` (B,T,W) and the last states, and, where it is asked to
  /// remember, the gate activations for [#backward].
  void forward(Cell cell, List<Pass> passes, Floats hidden, Span span, Size size);

  /// Runs it back, given what forward remembered and the gradients from above: overwrites `gates`
  /// of the gradients with the gradient of the projected inputs (0 outside the spans), adds into
  /// the others.
  ///
  /// @param hidden (B,T,W) the states after each step
  /// @param dHidden (B,T,W) the gradient of every one of them; length 0 if there is none
  /// @param gradients one for each pass
  void backward(
      Cell cell,
      List<Pass> passes,
      Floats hidden,
      Floats dHidden,
      List<Gradients> gradients,
      Span span,
      Size size);

  /// The recurrent cells, with how many gates each has.
  enum Cell {
    RNN_TANH(1),
    RNN_RELU(1),
    LSTM(4),
    GRU(3);

    private final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    public int gates() {
      return gates;
    }

    /// Whether the way back needs more of each step than its hidden state.
    public boolean remembers() {
      return this == LSTM || this == GRU;
    }
  }

  /// The buffers of one pass. A `bias` of length 0 is all zeros.
  ///
  /// @param gates (T,B,G·H) out: the gate activations, if `cells` is there, or else anything
  /// @param weight (G·H,H) `W_hh`
  /// @param bias (G·H) `b_hh`
  /// @param initial the state before the first step; a buffer of length 0 is all zeros
  /// @param last out: the state after each row's last real step; a buffer of length 0 is unwanted
  /// @param cells (T,B,H) out. LSTM: the cell after each step; GRU: the candidate's `u`. Length 0 if
  ///   there is no way back, and for an RNN
  /// @param reverse reads from the last real step to the first
  record Pass(
      Input input,
      Floats gates,
      Floats weight,
      Floats bias,
      State initial,
      State last,
      Floats cells,
      boolean reverse) {}

  /// What a pass reads: `W_ih · input + b_ih`.
  ///
  /// @param projected (P,G·H)
  /// @param rows (B,T) which row each step reads; length 0 if each has its own
  record Input(Floats projected, Ints rows) {}

  /// What a pass carries from step to step.
  ///
  /// @param h (B,H)
  /// @param c (B,H) of an LSTM, else of length 0
  record State(Floats h, Floats c) {}

  /// The gradients of one pass, each in its buffer's layout; length 0 where unwanted.
  ///
  /// @param last in: the gradient of the last state
  /// @param gates (T,B,G·H) out, overwritten
  /// @param weight (G·H,H) out
  /// @param inputBias (G·H) out, of `b_ih`: the sum of `gates` over all places
  /// @param bias (G·H) out, of `b_hh`
  /// @param initial out
  record Gradients(
      State last, Floats gates, Floats weight, Floats inputBias, Floats bias, State initial) {}

  /// Which steps of each row are real: `starts[b] ≤ t < ends[b]`, each of length B.
  record Span(Ints starts, Ints ends) {}

  /// Sizes B, T and H.
  record Size(int batch, int steps, int hidden) {}
}
