package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;
import static sequor.kernels.vector.Tile.COLUMNS;
import static sequor.kernels.vector.Tile.ROWS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Copies parts of matrices into panels, in the order in which a [Tile] reads them.
final class Packing {
  /// How many numbers of `k` are taken at once: a panel of columns then fits the first cache.
  static final int DEPTH = 256;

  /// One row of numbers of a panel of rows.
  private static final VectorSpecies<Float> ROW =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Float.SIZE * ROWS));

  private Packing() {}

  /// The rows `from ≤ i < from + rows` of `a`, at `k` numbers from `p0` on, as panels one after the
  /// other; the last one is filled up with zeros.
  static void rows(Matrix a, int from, int rows, int p0, int k, float[] target) {
    int whole = rows / ROWS * ROWS;
    if (a.transposed()) {
      // Line by line, because each line is in another part of memory.
      for (int p = 0; p < k; p++) {
        int line = a.line(p0 + p) + from;
        for (int r = 0; r < whole; r += ROWS) {
          FloatVector.fromArray(ROW, a.data(), line + r).intoArray(target, r * k + p * ROWS);
        }
      }
    } else {
      for (int r = 0; r < whole; r += ROWS) {
        for (int i = r; i < r + ROWS; i += 4) {
          interleave(a, from + i, p0, k, target, r * k + i - r);
        }
      }
    }
    if (whole < rows) {
      Arrays.fill(target, whole * k, (whole + ROWS) * k, 0);
      for (int r = whole; r < rows; r++) {
        oneRow(a, from + r, p0, k, target, whole * k + r - whole);
      }
    }
  }

  /// Four rows at a time: more would not leave a register for each.
  private static void interleave(Matrix a, int row, int p0, int k, float[] target, int at) {
    float[] data = a.data();
    int r0 = a.line(row) + p0;
    int r1 = a.line(row + 1) + p0;
    int r2 = a.line(row + 2) + p0;
    int r3 = a.line(row + 3) + p0;
    for (int p = 0; p < k; p++) {
      int to = at + p * ROWS;
      target[to] = data[r0 + p];
      target[to + 1] = data[r1 + p];
      target[to + 2] = data[r2 + p];
      target[to + 3] = data[r3 + p];
    }
  }

  private static void oneRow(Matrix a, int row, int p0, int k, float[] target, int at) {
    if (a.transposed()) {
      for (int p = 0; p < k; p++) {
        target[at + p * ROWS] = a.data()[a.line(p0 + p) + row];
      }
    } else {
      spread(a.data(), a.line(row) + p0, k, target, at, ROWS);
    }
  }

  /// The columns `from ≤ j < from + columns` of `b`, at `k` numbers from `p0` on, as one panel,
  /// filled up with zeros.
  static void columns(Matrix b, int from, int columns, int p0, int k, float[] target, int at) {
    if (!b.transposed() && columns == COLUMNS) {
      for (int p = 0; p < k; p++) {
        int source = b.line(p0 + p) + from;
        int to = at + p * COLUMNS;
        FloatVector.fromArray(S, b.data(), source).intoArray(target, to);
        FloatVector.fromArray(S, b.data(), source + L).intoArray(target, to + L);
        FloatVector.fromArray(S, b.data(), source + 2 * L).intoArray(target, to + 2 * L);
      }
      return;
    }
    if (columns < COLUMNS) {
      Arrays.fill(target, at, at + k * COLUMNS, 0);
    }
    if (b.transposed()) {
      for (int j = 0; j < columns; j++) {
        spread(b.data(), b.line(from + j) + p0, k, target, at + j, COLUMNS);
      }
    } else {
      for (int p = 0; p < k; p++) {
        System.arraycopy(b.data(), b.line(p0 + p) + from, target, at + p * COLUMNS, columns);
      }
    }
  }

  private static void spread(
      float[] source, int from, int count, float[] target, int to, int step) {
    for (int i = 0; i < count; i++) {
      target[to + i * step] = source[from + i];
    }
  }
}
