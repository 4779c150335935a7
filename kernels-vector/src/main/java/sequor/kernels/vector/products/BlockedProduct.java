package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Packing.DEPTH;
import static sequor.kernels.vector.products.Tile.COLUMNS;
import static sequor.kernels.vector.products.Tile.ROWS;

import sequor.kernels.Parallel;
import sequor.kernels.vector.simd.Scratch;

/// A product cut into blocks that fit the caches, after Goto and van de Geijn, *Anatomy of
/// High-Performance Matrix Multiplication* (2008).
///
/// The right factor is packed into panels of columns, a slab at a time, by all threads. Then each
/// task takes a block of rows and a group of panels, packs its rows, and runs the tiles: a panel of
/// columns stays in the first cache while the rows, in the second, pass by. Where there are few
/// rows it is the other way round: the rows are packed once, and each task packs its panels just
/// before it uses them.
///
/// Every number is the sum over blocks of [Packing#DEPTH], each summed in order, so its bits depend
/// on `k` alone, neither on the blocks' sizes nor on the other rows and columns.
public final class BlockedProduct {
  /// How many multiply-adds make a task: about 10 µs.
  public static final long TASK_PRODUCTS = 1L << 20;

  private static final int MOST_BLOCKS_OF_DEPTH = 8;
  private static final int SLAB_FLOATS = 1 << 20; // 4 MiB, in the second or third cache
  private static final int WIDEST = SLAB_FLOATS / DEPTH / COLUMNS * COLUMNS;
  private static final int FEWEST_TILES = 32 / ROWS; // of rows in a block, for each load of a panel
  private static final int MOST_TILES = 96 / ROWS; // so that the packed rows fit the second cache
  private static final int GROUP_PANELS = 5;
  private static final int PACK_ROWS = 4 * ROWS; // at least, and whole numbers of these
  private static final int PACK_FLOATS = 1 << 14; // what costs as much as to share it
  private static final int ENOUGH_TASKS = 8; // for each thread

  private final Matrix a;
  private final Matrix b;
  private final float[] c;
  private final int cStart;
  private final int m;
  private final int k;
  private final int n;
  private final InitialValue start;

  /// `c = start + a · b`, `a` (m,k), `b` (k,n), `c` (m,n) from `cStart` on.
  public BlockedProduct(
      Matrix a, Matrix b, float[] c, int cStart, int m, int k, int n, InitialValue start) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.cStart = cStart;
    this.m = m;
    this.k = k;
    this.n = n;
    this.start = start;
  }

  public void run() {
    if (k == 0) {
      start.write(0, c, cStart, n, m, n);
    }
    int deepest = Math.clamp(SLAB_FLOATS / n / DEPTH, 1, MOST_BLOCKS_OF_DEPTH) * DEPTH;
    for (int p0 = 0; p0 < k; p0 += deepest) {
      int depth = Math.min(deepest, k - p0);
      for (int j0 = 0; j0 < n; j0 += WIDEST) {
        int columns = Math.min(WIDEST, n - j0);
        if (m <= MOST_TILES * ROWS) {
          fewRows(p0, depth, j0, columns);
        } else {
          manyRows(p0, depth, j0, columns);
        }
      }
    }
  }

  private void manyRows(int p0, int depth, int j0, int columns) {
    try (var scratch = Scratch.borrow()) {
      manyRows(p0, depth, j0, columns, scratch);
    }
  }

  private void manyRows(int p0, int depth, int j0, int columns, Scratch scratch) {
    var right = Panels.pack(scratch, b, p0, depth, j0, columns);
    int wanted = tasks(depth, columns);
    int high = Math.clamp((m / wanted + ROWS - 1) / ROWS, FEWEST_TILES, MOST_TILES) * ROWS;
    int blocks = Math.ceilDiv(m, high);
    // Each group packs the rows again, so a group should be many panels wide.
    int mostGroups = Math.max(1, right.count() / GROUP_PANELS);
    int groups = Math.clamp(Math.ceilDiv(wanted, blocks), 1, mostGroups);
    Parallel.run(
        blocks * groups,
        task -> {
          int group = task % groups;
          int from = group * right.count() / groups;
          int to = (group + 1) * right.count() / groups;
          int i0 = task / groups * high;
          block(i0, Math.min(high, m - i0), p0, j0, right, from, to);
        });
  }

  private void block(int i0, int rows, int p0, int j0, Panels right, int from, int to) {
    try (var scratch = Scratch.borrow()) {
      float[] left = scratch.floats(Scratch.Use.LEFT, (rows + ROWS) * DEPTH);
      for (int d = 0; d < right.depth(); d += DEPTH) {
        Packing.rows(a, i0, rows, p0 + d, right.deep(d), left, 0);
        var first = p0 + d == 0 ? start : InitialValue.KEPT;
        var tile = right.tile(scratch, left, d);
        right.multiply(tile, 0, rows, d, from, to, c, cStart + i0 * n + j0, n, first.from(j0));
      }
    }
  }

  private void fewRows(int p0, int depth, int j0, int columns) {
    try (var scratch = Scratch.borrow()) {
      fewRows(p0, depth, j0, columns, scratch);
    }
  }

  private void fewRows(int p0, int depth, int j0, int columns, Scratch scratch) {
    int padded = Math.ceilDiv(m, ROWS) * ROWS;
    float[] left = scratch.floats(Scratch.Use.ALL_ROWS, padded * depth);
    int together = Math.ceilDiv(PACK_FLOATS, depth * PACK_ROWS) * PACK_ROWS;
    Parallel.ranges(
        m,
        together,
        (from, to) -> {
          for (int d = 0; d < depth; d += DEPTH) {
            int deep = Math.min(DEPTH, depth - d);
            Packing.rows(a, from, to - from, p0 + d, deep, left, d * padded + from * deep);
          }
        });
    int panels = Math.ceilDiv(columns, COLUMNS);
    int groups = Math.clamp(tasks(depth, columns), 1, panels);
    if (groups == 1) {
      var right = Panels.packAlone(scratch, b, p0, depth, j0, columns);
      multiply(left, padded, p0, right, j0, scratch);
      return;
    }
    Parallel.run(
        groups,
        group -> {
          int from = group * panels / groups * COLUMNS;
          int to = Math.min(columns, (group + 1) * panels / groups * COLUMNS);
          try (var own = Scratch.borrow()) {
            var right = Panels.packAlone(own, b, p0, depth, j0 + from, to - from);
            multiply(left, padded, p0, right, j0 + from, own);
          }
        });
  }

  /// Multiplies all rows, packed in `left`, with the columns from `j` on.
  private void multiply(float[] left, int padded, int p0, Panels right, int j, Scratch scratch) {
    for (int d = 0; d < right.depth(); d += DEPTH) {
      var first = p0 + d == 0 ? start : InitialValue.KEPT;
      var tile = right.tile(scratch, left, d);
      right.multiply(tile, d * padded, m, d, 0, right.count(), c, cStart + j, n, first.from(j));
    }
  }

  private int tasks(int depth, int columns) {
    int enough = ENOUGH_TASKS * Parallel.threads();
    return Math.clamp((long) m * depth * columns / TASK_PRODUCTS, 1, enough);
  }
}
