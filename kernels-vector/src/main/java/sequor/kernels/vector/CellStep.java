package sequor.kernels.vector;

import sequor.kernels.Recurrences.Cell;

/// What one row does in one step, after the recurrent sums are known.
///
/// `here` is where the row's state of this step starts in `hidden` and `cells`; its gates start at
/// `here` times the number of gates. `row` is where its running state starts in `h` and `c`.
/// Arithmetic is cut into short loops over one gate each, because each loop has to fit the JIT's
/// budget for inlining; everything they touch is in the first cache.
sealed interface CellStep permits RnnStep, LstmStep, GruStep {
  /// Turns projected inputs into activations, given `sums` = `W_hh · h + b_hh` from `at` on, and
  /// moves the running state on.
  void forward(int here, int row, float[] sums, int at);

  /// Turns the gradient in `dh` and `dc` into those of the projected inputs and the recurrent sums,
  /// and of the state before the step as far as it does not come through the sums. That state's
  /// hidden values and cell are in `before`, from `earlier` on.
  void backward(int here, int row, float[] before, float[] cellsBefore, int earlier);

  /// The arrays of a pass, and its running state.
  record Forward(int size, float[] gates, float[] hidden, float[] cells, float[] h, float[] c) {}

  /// The gradients of a pass; `dSums` are those of the recurrent sums, in the layout of `dGates`.
  record Backward(float[] dGates, float[] dSums, float[] dh, float[] dc) {}

  static CellStep of(Cell cell, Forward forward, Backward backward) {
    return switch (cell) {
      case RNN_TANH -> new RnnStep(true, forward, backward);
      case RNN_RELU -> new RnnStep(false, forward, backward);
      case LSTM -> new LstmStep(forward, backward);
      case GRU -> new GruStep(forward, backward);
    };
  }
}
