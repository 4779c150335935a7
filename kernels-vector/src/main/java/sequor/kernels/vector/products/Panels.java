package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Packing.DEPTH;
import static sequor.kernels.vector.products.Tile.COLUMNS;
import static sequor.kernels.vector.products.Tile.ROWS;
import static sequor.kernels.vector.simd.Lanes.L;

import sequor.kernels.Parallel;
import sequor.kernels.vector.simd.Scratch;

/// A right factor, or a part of one, packed into panels of columns: block of depth after block of
/// depth, each one panel after the other.
///
/// A panel is as wide as a [Tile]. Where three vectors would leave a last one of a single vector,
/// the last two are of two vectors each, because the fewer vectors the more a tile waits for its
/// loads.
///
/// @param data the panels, each in the room of a whole one
/// @param depth how many numbers of `k` there are
/// @param columns how many columns; the last panel is filled up with zeros
public record Panels(float[] data, int depth, int columns) {
  private static final int PACK_GRAIN = 1 << 16;

  /// Packs the part of `b` at `depth` numbers from `p0` and `columns` columns from `j0`, with all
  /// threads, into scratch memory.
  public static Panels pack(Scratch scratch, Matrix b, int p0, int depth, int j0, int columns) {
    var panels = room(scratch, depth, columns, Scratch.Use.RIGHT, 0);
    panels.fill(b, p0, j0);
    return panels;
  }

  /// The same, with the calling thread alone.
  public static Panels packAlone(
      Scratch scratch, Matrix b, int p0, int depth, int j0, int columns) {
    var panels = room(scratch, depth, columns, Scratch.Use.RIGHT, 0);
    panels.fill(b, p0, j0, 0, panels.count());
    return panels;
  }

  /// Room for a whole factor, to be kept while others are packed.
  public static Panels room(Scratch scratch, int depth, int columns, Scratch.Use use, int piece) {
    int length = depth * Math.ceilDiv(columns, COLUMNS) * COLUMNS;
    return new Panels(scratch.floats(use, piece, length), depth, columns);
  }

  /// Packs all of `b` into this room.
  public void fill(Matrix b) {
    fill(b, 0, 0);
  }

  private void fill(Matrix b, int p0, int j0) {
    int grain = Math.max(1, PACK_GRAIN / Math.max(1, depth * COLUMNS));
    Parallel.ranges(count(), grain, (from, to) -> fill(b, p0, j0, from, to));
  }

  private void fill(Matrix b, int p0, int j0, int from, int to) {
    for (int d = 0; d < depth; d += DEPTH) {
      for (int panel = from; panel < to; panel++) {
        Packing.columns(b, j0 + column(panel), width(panel), p0 + d, deep(d), data, at(panel, d));
      }
    }
  }

  public int count() {
    return Math.ceilDiv(columns, COLUMNS);
  }

  /// How deep the block that starts at `d` is.
  public int deep(int d) {
    return Math.min(DEPTH, depth - d);
  }

  private int at(int panel, int d) {
    return d * count() * COLUMNS + panel * COLUMNS * deep(d);
  }

  /// The first column of a panel, or, after the last one, how many columns there are.
  private int column(int panel) {
    int last = count() - 1;
    boolean alone = panel == last && last > 0 && columns - last * COLUMNS <= L;
    boolean moved = alone && COLUMNS > 2 * L;
    return Math.min(columns, panel * COLUMNS - (moved ? L : 0));
  }

  private int width(int panel) {
    return column(panel + 1) - column(panel);
  }

  /// What multiplies packed rows in `left` with the block of depth at `d`.
  public Tile tile(Scratch scratch, float[] left, int d) {
    return new Tile(scratch, left, data, deep(d));
  }

  /// Multiplies the packed rows at `li` with the block of depth at `d` of the panels `from ≤ panel
  /// < to`, by a tile for that block, and adds the product to `start` in `c`, whose first column at
  /// `ci` is the first of all panels.
  public void multiply(
      Tile tile,
      int li,
      int rows,
      int d,
      int from,
      int to,
      float[] c,
      int ci,
      int cStep,
      InitialValue start) {
    int deep = deep(d);
    for (int panel = from; panel < to; panel++) {
      int j = column(panel);
      for (int i = 0; i < rows; i += ROWS) {
        int height = Math.min(ROWS, rows - i);
        int at = ci + i * cStep + j;
        tile.multiply(
            height,
            width(panel),
            li + i * deep,
            at(panel, d),
            start.numbers(c),
            start.first(j, at),
            start.step(cStep),
            c,
            at,
            cStep);
      }
    }
  }

  /// `c += row · b` for a row that is not packed and starts at `ai`, by what multiplies rows with
  /// the block of depth at `d`; there must be whole vectors of columns.
  ///
  /// @param backward whether the last panels come first: where one row after the other is
  ///   multiplied, forward and backward in turn, each begins with what the one before has left in
  ///   the first cache
  public void multiplyRow(OneRow row, int ai, int d, float[] c, int ci, boolean backward) {
    int step = backward ? -1 : 1;
    int panel = backward ? count() - 1 : 0;
    while (panel >= 0 && panel < count()) {
      int next = panel + step;
      boolean paired =
          next >= 0 && next < count() && width(next) == width(panel) && width(panel) >= 2 * L;
      if (paired) {
        multiplyRow(row, ai, d, Math.min(panel, next), c, ci);
      } else {
        for (int v = 0; v < width(panel); v += L) {
          row.oneVector(ai, at(panel, d) + v, c, ci + column(panel) + v);
        }
      }
      panel += paired ? 2 * step : step;
    }
  }

  /// The same for a panel and the one beside it.
  private void multiplyRow(OneRow row, int ai, int d, int panel, float[] c, int ci) {
    int j = ci + column(panel);
    int beside = ci + column(panel + 1);
    if (width(panel) == 3 * L) {
      row.sixVectors(ai, at(panel, d), at(panel + 1, d), c, j, beside);
    } else {
      row.fourVectors(ai, at(panel, d), at(panel + 1, d), c, j, beside);
    }
  }
}
