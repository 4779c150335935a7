package sequor.kernels.vector;

import java.util.EnumMap;

/// Memory that each thread keeps between calls, so that a training step allocates nothing.
final class Scratch {
  private static final ThreadLocal<EnumMap<Use, float[]>> ARRAYS =
      ThreadLocal.withInitial(() -> new EnumMap<>(Use.class));

  private Scratch() {}

  /// What a piece is for; a thread has one for each use at a time.
  enum Use {
    /// Packed rows of a left factor.
    LEFT,
    /// Packed columns of a right factor.
    RIGHT,
    /// Packed recurrent weights, through a whole sequence.
    WEIGHT,
    /// Gradients of the recurrent sums of a whole sequence.
    SUM_GRADIENTS,
    /// The hidden state of a block of rows, or its gradient.
    HIDDEN,
    /// The cell of a block of rows, or its gradient.
    CELL,
    /// The recurrent sums of a block of rows at one step, or the gradient of their state.
    SUMS,
    /// One row of in-between values.
    ROW,
    /// A tile that sticks out of the result.
    EDGE
  }

  /// At least `length` numbers of whatever was there before.
  static float[] floats(Use use, int length) {
    var arrays = ARRAYS.get();
    float[] array = arrays.get(use);
    if (array == null || array.length < length) {
      array = new float[length];
      arrays.put(use, array);
    }
    return array;
  }
}
