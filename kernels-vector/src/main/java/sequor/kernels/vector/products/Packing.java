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
      panels(a, from, whole, p0, k, target, at);
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

  /// Panels of rows of which the lines are columns: four lines at a time, all panels of them, so
  /// that long pieces are read and whole cache lines written. The panels are as far from each other
  /// as the first cache repeats: it would not hold on to lines that are begun in all of them.
  private static void panels(Matrix a, int from, int rows, int p0, int k, float[] target, int at) {
    float[] source = a.data();
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      int i0 = a.line(p0 + p) + from;
      int i1 = a.line(p0 + p + 1) + from;
      int i2 = a.line(p0 + p + 2) + from;
      int i3 = a.line(p0 + p + 3) + from;
      for (int r = 0; r < rows; r += ROWS) {
        int to = at + r * k + p * ROWS;
        FloatVector.fromArray(ROW, source, i0 + r).intoArray(target, to);
        FloatVector.fromArray(ROW, source, i1 + r).intoArray(target, to + ROWS);
        FloatVector.fromArray(ROW, source, i2 + r).intoArray(target, to + 2 * ROWS);
        FloatVector.fromArray(ROW, source, i3 + r).intoArray(target, to + 3 * ROWS);
      }
    }
    for (; p < k; p++) {
      int line = a.line(p0 + p) + from;
      for (int r = 0; r < rows; r += ROWS) {
        FloatVector.fromArray(ROW, source, line + r).intoArray(target, at + r * k + p * ROWS);
      }
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
      for (; done + Transpose.ROWS <= count; done += Transpose.ROWS) {
        int whole = k / Transpose.ROWS * Transpose.ROWS;
        Transpose.eightRows(m, line + done, p0, whole, target, at + done, step);
        rest(m, line + done, Transpose.ROWS, p0, k, whole, target, at + done, step);
      }
      if (done + Transpose.FEW <= count) {
        int whole = k / Transpose.FEW * Transpose.FEW;
        Transpose.fourRows(m, line + done, p0, whole, target, at + done, step);
        rest(m, line + done, Transpose.FEW, p0, k, whole, target, at + done, step);
        done += Transpose.FEW;
      }
    }
    for (; done < count; done++) {
      spread(m.data(), m.line(line + done) + p0, k, target, at + done, step);
    }
  }

  /// Writes what is left of `count` lines after `whole` of `k` numbers.
  private static void rest(
      Matrix m, int line, int count, int p0, int k, int whole, float[] target, int at, int step) {
    for (int i = 0; i < count && whole < k; i++) {
      int from = m.line(line + i) + p0 + whole;
      spread(m.data(), from, k - whole, target, at + i + whole * step, step);
    }
  }

  private static void spread(
      float[] source, int from, int count, float[] target, int to, int step) {
    for (int i = 0; i < count; i++) {
      target[to + i * step] = source[from + i];
    }
  }
}
