package sequor.kernels.vector.recurrences;

/// The rows of a block that take part in a step.
final class ActiveRows {
  /// How many there are.
  int count;

  /// Which rows of the block they are, in ascending order …
  final int[] rows;

  /// … where they stand at this step among the T·B places …
  final int[] places;

  /// … and which rows of the input they read.
  final int[] read;

  private final Sequence sequence;
  private final int[] batchRows;
  private int time;

  /// @param batchRows the rows of the batch that make up the block
  ActiveRows(Sequence sequence, int[] batchRows) {
    this.sequence = sequence;
    this.batchRows = batchRows;
    rows = new int[batchRows.length];
    places = new int[batchRows.length];
    read = new int[batchRows.length];
  }

  /// Lists the rows that are real at step `t`.
  void goTo(int t) {
    time = t;
    count = 0;
    for (int row = 0; row < batchRows.length; row++) {
      int b = batchRows[row];
      if (sequence.isReal(b, t)) {
        rows[count] = row;
        places[count] = sequence.place(b, t);
        read[count++] = sequence.read(b, t);
      }
    }
  }

  /// The step.
  int time() {
    return time;
  }

  /// Whether they are the first rows of the block, without a gap.
  boolean lead() {
    return count > 0 && rows[count - 1] == count - 1;
  }

  /// Whether this is the first step that the `i`-th of them reads.
  boolean isFirst(int i) {
    return sequence.isFirst(batchRow(i), time);
  }

  /// Whether it is the first step of all.
  boolean allFirst() {
    for (int i = 0; i < count; i++) {
      if (!isFirst(i)) {
        return false;
      }
    }
    return true;
  }

  /// The row of the batch that the `i`-th of them is.
  int batchRow(int i) {
    return batchRows[rows[i]];
  }
}
