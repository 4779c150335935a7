package sequor.kernels.vector;

import static sequor.kernels.vector.Packing.DEPTH;
import static sequor.kernels.vector.Tile.COLUMNS;
import static sequor.kernels.vector.Tile.ROWS;

import sequor.kernels.Parallel;

/// A right factor, or a part of one, packed into panels of columns: block of depth after block of
/// depth, each one panel after the other.
///
/// @param data the panels
/// @param depth how many numbers of `k` there are
/// @param columns how many columns; the last panel is filled up with zeros
record Panels(float[] data, int depth, int columns) {
  private static final int PACK_GRAIN = 1 << 16;

  /// Packs the part of `b` at `depth` numbers from `p0` and `columns` columns from `j0`, with all
  /// threads, into memory of the calling one.
  static Panels pack(Matrix b, int p0, int depth, int j0, int columns, Scratch.Use use) {
    int count = (columns + COLUMNS - 1) / COLUMNS;
    var panels = new Panels(Scratch.floats(use, depth * count * COLUMNS), depth, columns);
    int grain = Math.max(1, PACK_GRAIN / (depth * COLUMNS));
    Parallel.ranges(count, grain, (from, to) -> panels.fill(b, p0, j0, from, to));
    return panels;
  }

  private void fill(Matrix b, int p0, int j0, int from, int to) {
    for (int d = 0; d < depth; d += DEPTH) {
      for (int panel = from; panel < to; panel++) {
        int j = panel * COLUMNS;
        int width = Math.min(COLUMNS, columns - j);
        Packing.columns(b, j0 + j, width, p0 + d, deep(d), data, at(panel, d));
      }
    }
  }

  int count() {
    return (columns + COLUMNS - 1) / COLUMNS;
  }

  /// How deep the block that starts at `d` is.
  int deep(int d) {
    return Math.min(DEPTH, depth - d);
  }

  private int at(int panel, int d) {
    return d * count() * COLUMNS + panel * COLUMNS * deep(d);
  }

  /// Multiplies the packed rows in `left` with the block of depth at `d` of the panels `from ≤
  /// panel < to`, into `c`, whose first column at `ci` is the first of all panels.
  void multiply(
      float[] left, int rows, int d, int from, int to, float[] c, int ci, int cStep, boolean add) {
    int deep = deep(d);
    float[] edge = Scratch.floats(Scratch.Use.EDGE, ROWS * COLUMNS);
    var tile = new Tile(left, data, COLUMNS, deep, edge);
    for (int panel = from; panel < to; panel++) {
      int j = panel * COLUMNS;
      int width = Math.min(COLUMNS, columns - j);
      for (int i = 0; i < rows; i += ROWS) {
        int height = Math.min(ROWS, rows - i);
        tile.multiply(height, width, i * deep, at(panel, d), c, ci + i * cStep + j, cStep, add);
      }
    }
  }

  /// `c += a · b` with all of the packed `b`, for `rows` rows of `a`.
  void multiplyAll(Matrix a, int rows, float[] c, int cStep) {
    float[] left = Scratch.floats(Scratch.Use.LEFT, (rows + ROWS) * DEPTH);
    for (int d = 0; d < depth; d += DEPTH) {
      Packing.rows(a, 0, rows, d, deep(d), left);
      multiply(left, rows, d, 0, count(), c, 0, cStep, true);
    }
  }
}
