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
/// same time and write their states side by side: pass `i` in the columns from `i·H` on of `hidden`
/// (B,T,W), with W = H times the number of passes.
///
/// What belongs to the layer alone, its gates and cells, lies step by step, (T,B,…), in the order
/// in which it is used; what others see lies row by row, (B,T,…).
///
/// With `x = W_ih · input + b_ih` and `u = W_hh · h + b_hh`, each of G gates, gate order and
/// formulas are PyTorch's:
///
/// ```
/// RNN    h' = tanh(x + u)                                  (or relu)
/// LSTM   i, f, g, o = σ, σ, tanh, σ of x + u;  c' = f·c + i·g;  h' = o·tanh(c')
/// GRU    r, z = σ, σ of x + u;  n = tanh(x + r·u);  h' = (1 − z)·n + z·h
/// ```
public interface Recurrences {
  /// Runs the sequence: fills `hidden` (B,T,W) and the last states, and, where it is asked to
  /// remember, what [#backward] needs of the steps.
  ///
  /// @param hidden of length 0 if it is not asked for, and there is no backward pass
  void forward(Cell cell, Input input, List<Pass> passes, Floats hidden, Span span, Size size);

  /// Runs it back, given what forward left and the gradients from above, and adds to all others. It
  /// may use the gates up, so there is one backward pass only.
  ///
  /// @param outputs what the passes gave, and its gradient
  /// @param dInput the gradient of the rows of the input; length 0 if not required
  /// @param gradients one for each pass
  void backward(
      Cell cell,
      Input input,
      List<Pass> passes,
      Outputs outputs,
      Floats dInput,
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

    /// Whether the backward pass needs more of each step than its hidden state.
    public boolean remembers() {
      return this == LSTM || this == GRU;
    }
  }

  /// What all passes read.
  ///
  /// Where the steps are looked up in a table, as are the characters of a text, they need not be
  /// projected one by one: `W · table[id] = (W · table)[id]`.
  ///
  /// @param rows (P,D)
  /// @param count P
  /// @param width D
  /// @param ids (B,T) which of the rows each step reads; length 0 if row `b·T + t` is step `t` of
  ///   `b`
  /// @param paddingRow a row that has no gradient, or −1
  record Input(Floats rows, int count, int width, Ints ids, int paddingRow) {}

  /// The parameters of a pass, or their gradients.
  ///
  /// @param inputs (G·H,D) `W_ih`
  /// @param hidden (G·H,H) `W_hh`
  /// @param inputBias (G·H) `b_ih`
  /// @param hiddenBias (G·H) `b_hh`
  record Weights(Floats inputs, Floats hidden, Floats inputBias, Floats hiddenBias) {}

  /// The buffers of one pass.
  ///
  /// @param initial the state before the first step; a buffer of length 0 is all zeros
  /// @param last out: the state after each row's last real step; a buffer of length 0 is not
  ///   required
  /// @param gates (T,B,G·H) out: the gate activations. Length 0 if there is no backward pass, and
  ///   for an RNN
  /// @param cells (T,B,H) out. LSTM: the cell after each step; GRU: the candidate's `u`. Length 0
  ///   as above
  /// @param reverse reads from the last real step to the first
  record Pass(
      Weights weights, State initial, State last, Floats gates, Floats cells, boolean reverse) {}

  /// What a pass carries from step to step.
  ///
  /// @param h (B,H)
  /// @param c (B,H) of an LSTM, else of length 0
  record State(Floats h, Floats c) {}

  /// @param hidden (B,T,W) the states after each step
  /// @param gradient (B,T,W) the gradient of every one of them; length 0 if there is none
  record Outputs(Floats hidden, Floats gradient) {}

  /// The gradients of one pass; length 0 where not required.
  ///
  /// @param last in: the gradient of the last state
  /// @param weights out
  /// @param initial out
  record Gradients(State last, Weights weights, State initial) {}

  /// Which steps of each row are real: `starts[b] ≤ t < ends[b]`, each of length B.
  record Span(Ints starts, Ints ends) {}

  /// Sizes B, T and H.
  record Size(int batch, int steps, int hidden) {}
}
