package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Packing.DEPTH;
import static sequor.kernels.vector.products.Tile.ROWS;

import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;

/// The product of one step of a walk, `c += a · b`, made anew at every step from other rows of `a`
/// with the same packed `b`. All that it needs is made once, so that a step allocates nothing.
public final class StepProduct {
  private final Matrix a;
  private final Panels b;
  private final float[] left;
  private final Tile[] tiles; // one for each block of depth
  private final OneRow[] rows;
  private boolean backward;

  /// @param a whose lines may change from step to step
  /// @param most rows at a step
  public StepProduct(Scratch scratch, Matrix a, Panels b, int most) {
    this.a = a;
    this.b = b;
    left = scratch.floats(Scratch.Use.LEFT, (most + ROWS) * DEPTH);
    tiles = new Tile[Math.ceilDiv(b.depth(), DEPTH)];
    rows = new OneRow[tiles.length];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = b.tile(scratch, left, i * DEPTH);
      rows[i] = new OneRow(a.data(), b.data(), b.deep(i * DEPTH));
    }
  }

  /// Adds the product of the first `count` rows; `c` starts at `ci`.
  public void addTo(float[] c, int ci, int cStep, int count) {
    backward = !backward;
    for (int d = 0; d < b.depth(); d += DEPTH) {
      if (count == 1 && b.columns() % Lanes.L == 0) {
        b.multiplyRow(rows[d / DEPTH], a.line(0) + d, d, c, ci, backward);
      } else {
        Packing.rows(a, 0, count, d, b.deep(d), left, 0);
        b.multiply(tiles[d / DEPTH], 0, count, d, 0, b.count(), c, ci, cStep, InitialValue.KEPT);
      }
    }
  }
}
