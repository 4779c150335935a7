package sequor.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of D numbers.
interface Rows {
  /// Copies a row.
  void copy(int row, float[] into, int at);

  /// Rows in memory, in blocks, so that there can be more numbers than an array holds.
  final class InMemory implements Rows {
    private static final int MOST = 1 << 12; // rows of a block
    private static final int NUMBERS = 1 << 20; // of a block, or one row, whatever a file says

    private final int dimension;
    private final int rowsOfBlock;
    private final List<float[]> blocks = new ArrayList<>();
    private int count;

    /// @param dimension D
    InMemory(int dimension) {
      this.dimension = dimension;
      this.rowsOfBlock = Math.clamp(NUMBERS / dimension, 1, MOST);
    }

    void add(float[] row) {
      int within = count % rowsOfBlock;
      if (within == 0) {
        blocks.add(new float[rowsOfBlock * dimension]);
      }
      System.arraycopy(row, 0, blocks.getLast(), within * dimension, dimension);
      count++;
    }

    /// Gives back what the last block has too much.
    InMemory trimmed() {
      int left = count % rowsOfBlock;
      if (left > 0) {
        blocks.add(Arrays.copyOf(blocks.removeLast(), left * dimension));
      }
      return this;
    }

    @Override
    public void copy(int row, float[] into, int at) {
      System.arraycopy(
          blocks.get(row / rowsOfBlock), row % rowsOfBlock * dimension, into, at, dimension);
    }
  }
}
