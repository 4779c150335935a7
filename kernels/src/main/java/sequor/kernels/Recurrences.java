package sequor.kernels;

/// Recurrent layers over a whole padded sequence, forward and by backpropagation through time.
///
/// Row `b` of a batch is real at the steps `starts[b] ≤ t < ends[b]`; elsewhere it is skipped, its
/// hidden values are 0 and its state stays what it was. That one rule covers padding on the right,
/// on the left, empty rows and mixed lengths, and, read with `reverse`, the backward direction of a
/// bidirectional layer.
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
  /// Runs the sequence: fills `hidden` and `cells`, and turns `gates` from projected inputs into
  /// gate activations, which [#backward] reads again.
  void forward(Cell cell, Pass pass, Span span, Size size);

  /// Runs it back: overwrites `gates` of the gradients with the gradient of the projected inputs (0
  /// outside the spans), adds into the others.
  void backward(Cell cell, Pass pass, Gradients gradients, Span span, Size size);

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
  }

  /// The buffers of one pass. A `bias`, `h0` or `c0` of length 0 is all zeros.
  ///
  /// @param gates (B,T,G·H): the projected inputs, then the gate activations
  /// @param weight (G·H,H) `W_hh`
  /// @param bias (G·H) `b_hh`
  /// @param h0 (B,H) the state before the first step
  /// @param c0 (B,H) the cell before the first step; length 0 unless LSTM
  /// @param hidden (B,T,H) the state after each step
  /// @param cells (B,T,H) LSTM: the cell after each step; GRU: the candidate's `u`; else length 0
  record Pass(
      Floats gates,
      Floats weight,
      Floats bias,
      Floats h0,
      Floats c0,
      Floats hidden,
      Floats cells) {}

  /// The gradients of one pass, each in its buffer's layout; length 0 where unwanted.
  ///
  /// @param hidden (B,T,H) in: the gradient of every hidden value from above; length 0 if none
  /// @param lastCell (B,H) in: the gradient of the last cell of each row; length 0 if none
  /// @param gates (B,T,G·H) out, overwritten
  /// @param weight (G·H,H) out
  /// @param bias (G·H) out, of `b_hh`
  /// @param h0 (B,H) out
  /// @param c0 (B,H) out
  record Gradients(
      Floats hidden,
      Floats lastCell,
      Floats gates,
      Floats weight,
      Floats bias,
      Floats h0,
      Floats c0) {}

  /// Which steps of each row are real: `starts[b] ≤ t < ends[b]`, each of length B.
  record Span(Ints starts, Ints ends) {}

  /// Sizes B, T and H; `reverse` reads from the last real step to the first.
  record Size(int batch, int steps, int hidden, boolean reverse) {}
}
