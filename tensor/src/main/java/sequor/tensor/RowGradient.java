package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.BitSet;
import sequor.kernels.Floats;
import sequor.kernels.Ints;

/// The gradient of a table of which few rows were looked up: these rows, in ascending order, and a
/// gradient for each. Every other row's is 0.
///
/// @param rows (N) which rows of the table
/// @param values (N,D)
record RowGradient(Ids rows, Floats values) {

  /// The gradient of a table (V,D) that follows from a look-up.
  static RowGradient of(LookedUp looked, Shape table) {
    var touched = new BitSet(table.dim(0));
    for (int id : looked.ids().values()) {
      touched.set(id);
    }
    if (looked.skip() >= 0) {
      touched.clear(looked.skip());
    }
    var slots = new Slots(touched);
    int width = table.dim(1);
    var values = KERNELS.memory().floats(slots.count() * width);
    looked.addTo(slots.of(looked.ids().values(), looked.skip()), -1, values, width);
    return new RowGradient(slots.rows(), values);
  }

  /// The sum of two gradients of one table.
  RowGradient plus(RowGradient other, Shape table) {
    var touched = new BitSet(table.dim(0));
    for (var part : new RowGradient[] {this, other}) {
      for (int row : part.rows.values()) {
        touched.set(row);
      }
    }
    var slots = new Slots(touched);
    int width = table.dim(1);
    var sum = KERNELS.memory().floats(slots.count() * width);
    for (var part : new RowGradient[] {this, other}) {
      int count = part.rows.shape().size();
      KERNELS
          .copies()
          .scatterAdd(part.values, slots.of(part.rows.values(), -1), sum, count, width, -1);
    }
    return new RowGradient(slots.rows(), sum);
  }

  /// How many numbers the values are, for rows of the given width.
  int size(int width) {
    return rows.shape().size() * width;
  }

  /// Adds the values to the dense gradient of the whole table.
  void addTo(Floats dense, int width) {
    KERNELS.copies().scatterAdd(values, rows.ints(), dense, rows.shape().size(), width, -1);
  }

  /// Numbers the rows of a set in ascending order: how many lie before the word that a row's bit is
  /// in, plus how many lie before it in that word.
  private static final class Slots {
    private final long[] words;
    private final int[] before; // rows in all words to the left

    Slots(BitSet rows) {
      words = rows.toLongArray();
      before = new int[words.length + 1];
      for (int word = 0; word < words.length; word++) {
        before[word + 1] = before[word] + Long.bitCount(words[word]);
      }
    }

    int count() {
      return before[words.length];
    }

    /// The rows of the set, in ascending order.
    Ids rows() {
      int[] rows = new int[count()];
      int next = 0;
      for (int word = 0; word < words.length; word++) {
        for (long left = words[word]; left != 0; left &= left - 1) {
          rows[next++] = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        }
      }
      return Ids.of(rows);
    }

    /// The numbers of the given rows, −1 for `skip`.
    Ints of(int[] rows, int skip) {
      int[] slots = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        slots[i] = rows[i] == skip ? -1 : slot(rows[i]);
      }
      return KERNELS.memory().ints(slots);
    }

    private int slot(int row) {
      long lower = words[row >> 6] & ((1L << row) - 1);
      return before[row >> 6] + Long.bitCount(lower);
    }
  }
}
