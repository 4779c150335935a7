package sequor.kernels.vector.simd;

import java.util.EnumMap;

/// Memory that each thread keeps between calls, so that a training step allocates nothing.
public final class Scratch {
  /// Of each use, how many pieces a thread may have at a time: one for each direction.
  private static final int PIECES = 2;

  private static final ThreadLocal<EnumMap<Use, float[][]>> ARRAYS =
      ThreadLocal.withInitial(() -> new EnumMap<>(Use.class));

  private Scratch() {}

  /// What a piece is for; a thread has few of each use at a time.
  public enum Use {
    /// Packed rows of a left factor.
    LEFT,
    /// All rows of a left factor that has few, packed.
    ALL_ROWS,
    /// Packed columns of a right factor.
    RIGHT,
    /// Packed recurrent weights, through a whole sequence.
    WEIGHT,
    /// Packed weights of the inputs, through a whole sequence.
    INPUT_WEIGHT,
    /// All inputs of a sequence, projected, or the gradients of that.
    PROJECTED,
    /// What every step of a sequence read: the state before it and its input.
    READ,
    /// Gradients of the gates of a whole sequence.
    GATE_GRADIENTS,
    /// Gradients of the recurrent sums of a whole sequence.
    SUM_GRADIENTS,
    /// The hidden state of a block of rows, or its gradient.
    HIDDEN,
    /// The cell of a block of rows, or its gradient.
    CELL,
    /// The recurrent sums of a block of rows at one step, or the gradient of their state.
    SUMS,
    /// What comes through the recurrent sums, where it cannot be added at once.
    THROUGH,
    /// In-between values of a block of rows.
    WORK,
    /// A tile that sticks out of the result.
    EDGE
  }

  /// At least `length` numbers of whatever was there before.
  public static float[] floats(Use use, int length) {
    return floats(use, 0, length);
  }

  /// The same, the `piece`-th of those that a thread needs at the same time.
  public static float[] floats(Use use, int piece, int length) {
    if (piece >= PIECES) {
      return new float[length];
    }
    float[][] pieces = ARRAYS.get().computeIfAbsent(use, any -> new float[PIECES][0]);
    if (pieces[piece].length < length) {
      pieces[piece] = new float[length];
    }
    return pieces[piece];
  }
}
