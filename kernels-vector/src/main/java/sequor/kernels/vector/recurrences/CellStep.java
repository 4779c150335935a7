package sequor.kernels.vector.recurrences;

import java.util.List;
import sequor.kernels.Recurrences.Cell;

/// What the rows of a block do in one step, apart from the products.
///
/// A step is a list of phases, each a loop over all active rows, so that the processor can begin
/// the next row before one has ended. There is at most one curve such as tanh in a phase, and the
/// phases are called through an interface: a curve is long, and two of them in one compilation
/// exceed the JIT's budget for inlining, after which vectors become objects. What the loops touch
/// is in the first cache.
sealed interface CellStep permits RnnStep, LstmStep, GruStep {
  /// Runs the phases, one after the other. All do so from here: a call that has met three kinds of
  /// phase or more is one that the JIT does not inline.
  static void run(Runnable[] phases) {
    for (var phase : phases) {
      phase.run();
    }
  }

  /// Turns `sums` into activations, and moves the running state on.
  List<Runnable> forward(Forward pass);

  /// Turns the gradient in `dh` and `dc` into those of the gates and of the recurrent sums, and of
  /// the state before the step as far as it does not come through the sums.
  List<Runnable> backward(Backward pass);

  /// The running state of a block, and the sums inside the gates of its active rows. Each part of
  /// the sums, and each state, has the room of whole vectors ([Sequence#padded]); what is in the
  /// room that it does not need is undefined.
  ///
  /// @param sums in the parts that [Sequence] names, one active row after the other
  /// @param h the hidden states of all rows of the block, and so `c`
  record Forward(Sequence sequence, ActiveRows active, float[] sums, float[] h, float[] c) {}

  /// The running gradients of a block.
  ///
  /// @param dGates (T,B,G·H)
  /// @param dSums those of the recurrent sums, in the same layout; but for a GRU the same array
  /// @param before the cell (LSTM) or hidden state (GRU) before the step, of each active row
  /// @param work as much room as `before` has
  record Backward(
      Sequence sequence,
      ActiveRows active,
      float[] dGates,
      float[] dSums,
      float[] dh,
      float[] dc,
      float[] before,
      float[] work) {}

  static CellStep of(Cell cell) {
    return switch (cell) {
      case RNN_TANH -> new RnnStep(true);
      case RNN_RELU -> new RnnStep(false);
      case LSTM -> new LstmStep();
      case GRU -> new GruStep();
    };
  }
}
