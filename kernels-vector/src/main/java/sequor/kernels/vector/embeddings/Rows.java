package sequor.kernels.vector.embeddings;

/// A few rows of a table.
final class Rows {
  final float[] table;
  final int[] at; // where each begins
  int count;

  /// @param most how many there may be
  Rows(float[] table, int most) {
    this.table = table;
    this.at = new int[most];
  }

  /// Takes those that stand in `rows` from `from` on, up to the first that is none.
  Rows take(int[] rows, int from, int dimension) {
    count = 0;
    while (count < at.length && rows[from + count] >= 0) {
      at[count] = rows[from + count] * dimension;
      count++;
    }
    return this;
  }

  /// Takes one.
  Rows take(int place) {
    at[0] = place;
    count = 1;
    return this;
  }
}
