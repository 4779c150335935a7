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
    for (int r = 0; r < rows; r += ROWS) {
      panelOfRows(a, from + r, Math.min(ROWS, rows - r), p0, k, target, r * k);
    }
  }

  private static void panelOfRows(
      Matrix a, int from, int rows, int p0, int k, float[] target, int at) {
    if (a.transposed() && rows == ROWS) {
      for (int p = 0; p < k; p++) {
        FloatVector.fromArray(ROW, a.data(), a.line(p0 + p) + from)
            .intoArray(target, at + p * ROWS);
      }
      return;
    }
    if (rows < ROWS) {
      Arrays.fill(target, at, at + k * ROWS, 0);
    }
    for (int r = 0; r < rows; r++) {
      if (a.transposed()) {
        for (int p = 0; p < k; p++) {
          target[at + p * ROWS + r] = a.data()[a.line(p0 + p) + from + r];
        }
      } else {
        spread(a.data(), a.line(from + r) + p0, k, target, at + r, ROWS);
      }
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
