package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Packing.DEPTH;
import static sequor.kernels.vector.products.Tile.ROWS;

import sequor.kernels.vector.simd.Scratch;

/// A product that the calling thread makes alone, as one of many tasks, into rows that may lie
/// apart. Every number has the bits that a [BlockedProduct] gives it.
public final class LocalProduct {
  private static final int MOST_ROWS = 96; // packed at a time, so that they fit the second cache

  private LocalProduct() {}

  /// `c = start + a · b`, `a` (m,k), `b` (k,n), `c` (m,n) from `ci` on.
  public static void run(
      Scratch scratch,
      Matrix a,
      Matrix b,
      InitialValue start,
      float[] c,
      int ci,
      int cStep,
      Size size) {
    if (size.m == 0 || size.n == 0) {
      return;
    }
    if (size.k == 0) {
      start.write(0, c, ci, cStep, size.m, size.n);
      return;
    }
    float[] left = scratch.floats(Scratch.Use.LEFT, (MOST_ROWS + ROWS) * DEPTH);
    var right = Panels.packAlone(scratch, b, 0, size.k, 0, size.n);
    for (int d = 0; d < size.k; d += DEPTH) {
      var tile = right.tile(scratch, left, d);
      var first = d == 0 ? start : InitialValue.KEPT;
      for (int i = 0; i < size.m; i += MOST_ROWS) {
        int rows = Math.min(MOST_ROWS, size.m - i);
        Packing.rows(a, i, rows, d, right.deep(d), left, 0);
        right.multiply(tile, 0, rows, d, 0, right.count(), c, ci + i * cStep, cStep, first);
      }
    }
  }

  public record Size(int m, int k, int n) {}
}
