package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Tile.COLUMNS;
import static sequor.kernels.vector.products.Tile.ROWS;
import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

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
  /// other from `at` on; the last one is filled up with zeros.
  static void rows(Matrix a, int from, int rows, int p0, int k, float[] target, int at) {
    int whole = rows / ROWS * ROWS;
    if (a.transposed()) {
      int r = 0;
      for (; r + 4 * ROWS <= whole; r += 4 * ROWS) {
        fourPanels(a, from + r, p0, k, target, at + r * k);
      }
      for (; r < whole; r += ROWS) {
        onePanel(a, from + r, p0, k, target, at + r * k);
      }
    } else {
      for (int r = 0; r < whole; r += ROWS) {
        spread(a, from + r, ROWS, p0, k, target, at + r * k, ROWS);
      }
    }
    if (whole < rows) {
      Arrays.fill(target, at + whole * k, at + (whole + ROWS) * k, 0);
      for (int r = whole; r < rows; r++) {
        oneRow(a, from + r, p0, k, target, at + whole * k + r - whole);
      }
    }
  }

  /// Four panels of rows, line by line: a whole cache line or two of each line of the matrix, which
  /// is in another part of memory than the next; of more panels, which are as far from each other
  /// as the first cache repeats, that cache would hold on to too few.
  private static void fourPanels(Matrix a, int from, int p0, int k, float[] target, int at) {
    float[] source = a.data();
    int apart = ROWS * k;
    for (int p = 0; p < k; p++) {
      int line = a.line(p0 + p) + from;
      int to = at + p * ROWS;
      FloatVector.fromArray(ROW, source, line).intoArray(target, to);
      FloatVector.fromArray(ROW, source, line + ROWS).intoArray(target, to + apart);
      FloatVector.fromArray(ROW, source, line + 2 * ROWS).intoArray(target, to + 2 * apart);
      FloatVector.fromArray(ROW, source, line + 3 * ROWS).intoArray(target, to + 3 * apart);
    }
  }

  private static void onePanel(Matrix a, int from, int p0, int k, float[] target, int at) {
    float[] source = a.data();
    for (int p = 0; p < k; p++) {
      FloatVector.fromArray(ROW, source, a.line(p0 + p) + from).intoArray(target, at + p * ROWS);
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
    if (!b.transposed() && columns == 3 * L) {
      for (int p = 0; p < k; p++) {
        int source = b.line(p0 + p) + from;
        int to = at + p * COLUMNS;
        FloatVector.fromArray(S, b.data(), source).intoArray(target, to);
        FloatVector.fromArray(S, b.data(), source + L).intoArray(target, to + L);
        FloatVector.fromArray(S, b.data(), source + 2 * L).intoArray(target, to + 2 * L);
      }
      return;
    }
    if (!b.transposed() && columns == 2 * L) {
      for (int p = 0; p < k; p++) {
        int source = b.line(p0 + p) + from;
        int to = at + p * COLUMNS;
        FloatVector.fromArray(S, b.data(), source).intoArray(target, to);
        FloatVector.fromArray(S, b.data(), source + L).intoArray(target, to + L);
      }
      return;
    }
    if (columns < COLUMNS && columns % L != 0) {
      Arrays.fill(target, at, at + k * COLUMNS, 0);
    }
    if (b.transposed()) {
      spread(b, from, columns, p0, k, target, at, COLUMNS);
    } else {
      for (int p = 0; p < k; p++) {
        System.arraycopy(b.data(), b.line(p0 + p) + from, target, at + p * COLUMNS, columns);
      }
    }
  }

  /// Lines become columns: those from `line` on, `k` numbers each, are written `step` apart.
  private static void spread(
      Matrix m, int line, int count, int p0, int k, float[] target, int at, int step) {
    int done = 0;
    if (Transpose.AVAILABLE) {
      int whole = k / Transpose.ROWS * Transpose.ROWS;
      for (; done + Transpose.ROWS <= count; done += Transpose.ROWS) {
        Transpose.eightRows(m, line + done, p0, whole, target, at + done, step);
        for (int i = done; i < done + Transpose.ROWS && whole < k; i++) {
          int from = m.line(line + i) + p0 + whole;
          spread(m.data(), from, k - whole, target, at + i + whole * step, step);
        }
      }
    }
    for (; done < count; done++) {
      spread(m.data(), m.line(line + done) + p0, k, target, at + done, step);
    }
  }

  private static void spread(
      float[] source, int from, int count, float[] target, int to, int step) {
    for (int i = 0; i < count; i++) {
      target[to + i * step] = source[from + i];
    }
  }
}
