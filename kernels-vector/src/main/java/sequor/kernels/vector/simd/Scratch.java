package sequor.kernels.vector.simd;

import java.util.Arrays;

/// Memory for in-between values, borrowed for the length of one kernel call, or of one parallel
/// task, and given back by [#close], so that a training step allocates nothing.
///
/// It belongs to no thread: a server may answer each request in a thread of its own, and thousands
/// of them may wait for their clients, without any of them keeping memory. See [ScratchStore] for
/// what is kept between calls.
public final class Scratch implements AutoCloseable {
  /// Of each use, how many pieces there may be at a time: one for each direction.
  private static final int PIECES = 2;

  /// How many sets each core may have in use at the same time: a task of a recurrent layer, the
  /// product that projects its input, and that product's own task, beside the one of the call.
  static final int SETS = 4;

  private static final ScratchStore STORE =
      new ScratchStore(SETS * Runtime.getRuntime().availableProcessors());

  private static final float[] NOTHING = new float[0];

  private final ScratchStore store;
  private final float[][] arrays = new float[Use.values().length * PIECES][];
  private final int[] requested =
      new int[arrays.length]; // of the large ones, since it was borrowed
  private int loans;
  private int home = -1; // its place in the store, once it has been there
  private boolean large; // whether there is a large one

  Scratch(ScratchStore store) {
    this.store = store;
    Arrays.fill(arrays, NOTHING);
  }

  /// What a piece is for.
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
    /// The steps that windows read, each row's beside the last's.
    LAID,
    /// What all windows give, or its gradient.
    WINDOWS,
    /// The weights of windows, or their gradient.
    TAPS,
    /// How much each of a block of queries takes from each key, or a gradient of that.
    SCORES,
    /// A tile that sticks out of the result.
    EDGE
  }

  /// Scratch memory that nobody else has until it is closed.
  public static Scratch borrow() {
    return STORE.borrow();
  }

  /// At least `length` numbers of whatever was there before.
  public float[] floats(Use use, int length) {
    return floats(use, 0, length);
  }

  /// The same, the `piece`-th of those that are needed at the same time.
  @SuppressWarnings("EnumOrdinal") // only a place in an array, which nobody else sees
  public float[] floats(Use use, int piece, int length) {
    if (piece >= PIECES) {
      return new float[length];
    }
    int place = use.ordinal() * PIECES + piece;
    if (length > ScratchStore.LARGE) {
      requested[place] = Math.max(requested[place], length);
      large = true;
    }
    if (arrays[place].length < length) {
      arrays[place] = new float[length];
    }
    return arrays[place];
  }

  /// Gives it back.
  @Override
  public void close() {
    store.giveBack(this);
  }

  /// How many places for arrays there are.
  static int places() {
    return Use.values().length * PIECES;
  }

  /// How often this was borrowed, now once more.
  int countLoan() {
    return ++loans;
  }

  int home() {
    return home;
  }

  void home(int place) {
    home = place;
  }

  /// Whether there may be an array that is too large to be kept without a reason.
  boolean large() {
    return large;
  }

  void large(boolean large) {
    this.large = large;
  }

  /// The large length that was asked for at a place since this was borrowed, which is then
  /// forgotten.
  int takeRequested(int place) {
    int length = requested[place];
    requested[place] = 0;
    return length;
  }

  int length(int place) {
    return arrays[place].length;
  }

  void drop(int place) {
    arrays[place] = NOTHING;
  }
}
