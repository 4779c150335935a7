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
    private static final int BLOCK = 1 << 12;

    private final int dimension;
    private final List<float[]> blocks = new ArrayList<>();
    private int count;

    /// @param dimension D
    InMemory(int dimension) {
      this.dimension = dimension;
    }

    void add(float[] row) {
      int within = count % BLOCK;
      if (within == 0) {
        blocks.add(new float[Math.multiplyExact(BLOCK, dimension)]);
      }
      System.arraycopy(row, 0, blocks.getLast(), within * dimension, dimension);
      count++;
    }

    /// Gives back what the last block has too much.
    InMemory trimmed() {
      int left = count % BLOCK;
      if (left > 0) {
        blocks.add(Arrays.copyOf(blocks.removeLast(), left * dimension));
      }
      return this;
    }

    @Override
    public void copy(int row, float[] into, int at) {
      System.arraycopy(blocks.get(row / BLOCK), row % BLOCK * dimension, into, at, dimension);
    }
  }
}
