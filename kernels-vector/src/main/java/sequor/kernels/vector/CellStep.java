package sequor.kernels.vector;

import sequor.kernels.Recurrences.Cell;

/// What the rows of a block do in one step, apart from the products.
///
/// Arithmetic is cut into loops over one gate each, because each loop has to fit the JIT's budget
/// for inlining; a loop runs over all rows, so that the processor can begin the next row before
/// one has ended. Everything they touch is in the first cache.
sealed interface CellStep permits RnnStep, LstmStep, GruStep {
  /// Turns `sums`, the sums inside the gates, into activations, and moves the running state on.
  void forward(Forward pass, Active active);

  /// Turns the gradient in `dh` and `dc` into those of the gates and of the recurrent sums, and of
  /// the state before the step as far as it does not come through the sums.
  void backward(Backward pass, Active active);

  /// The running state of a block, and the sums inside the gates of its active rows.
  ///
  /// @param sums `x + W_hh·h + b_hh`, for the candidate of a GRU without `x`: one active row after
  ///   the other
  /// @param h the hidden states of all rows of the block, and so `c`
  record Forward(Sequence sequence, float[] sums, float[] h, float[] c) {}

  /// The running gradients of a block.
  ///
  /// @param dGates (B,T,G·H)
  /// @param dSums those of the recurrent sums, in the same layout; but for a GRU the same array
  /// @param before the cell (LSTM) or hidden state (GRU) before the step, of each active row
  record Backward(
      Sequence sequence, float[] dGates, float[] dSums, float[] dh, float[] dc, float[] before) {}

  static CellStep of(Cell cell) {
    return switch (cell) {
      case RNN_TANH -> new RnnStep(true);
      case RNN_RELU -> new RnnStep(false);
      case LSTM -> new LstmStep();
      case GRU -> new GruStep();
    };
  }
}
