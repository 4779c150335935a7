package sequor.kernels.vector.products;

import static sequor.kernels.vector.simd.Lanes.L;

import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;

/// The innermost product: a few rows of `a` times up to three vectors of columns of `b`, with all
/// sums in registers.
///
/// `a` is packed in panels, [#ROWS] numbers for each of `k`; in `b` one row of columns follows the
/// other at [#COLUMNS], a constant, or the JIT would check each load against the array's end. Each
/// sum runs through `k` in order, so a number of the result is the same whichever tile computed it.
/// With 32 registers, 8 rows of 3 vectors are 24 sums for 11 loads; with 16, 4 rows of 2 are 8 sums
/// for 6: the JIT loads the numbers of all rows before it uses the first, so 4 rows of 3 would need
/// 18 registers, and sums that wait for memory take twice as long.
public final class Tile {
  /// Rows of a panel of `a`.
  public static final int ROWS = Lanes.REGISTERS >= 32 ? 8 : 4;

  /// Columns of a panel of `b`.
  public static final int COLUMNS = (Lanes.REGISTERS >= 32 ? 3 : 2) * L;

  private final EightRows eight;
  private final FourRows four;
  private final float[] edge;

  public Tile(Scratch scratch, float[] a, float[] b, int k) {
    edge = scratch.floats(Scratch.Use.EDGE, ROWS * COLUMNS);
    eight = new EightRows(a, b, k);
    four = new FourRows(a, b, k);
  }

  /// `c = s + a · b` for the panel of `a` at `ai` and the columns of `b` at `bi`; `s` starts at
  /// `si` and its rows follow each other at `sStep`, as those of `c` do from `ci` on at `cStep`.
  /// The panel's rows beyond `rows` and the columns beyond `columns`, up to a whole vector, may
  /// hold anything.
  public void multiply(
      int rows,
      int columns,
      int ai,
      int bi,
      float[] s,
      int si,
      int sStep,
      float[] c,
      int ci,
      int cStep) {
    int vectors = (columns + L - 1) / L;
    int whole = rows > 4 ? 8 : rows > 1 ? 4 : 1;
    if (rows == whole && columns == vectors * L) {
      add(whole, vectors, ai, bi, s, si, sStep, c, ci, cStep);
      return;
    }
    // Added there and copied back, because a sum that is first added to 0 loses the sign of a zero.
    for (int r = 0; r < rows; r++) {
      System.arraycopy(s, si + r * sStep, edge, r * COLUMNS, columns);
    }
    add(whole, vectors, ai, bi, edge, 0, COLUMNS, edge, 0, COLUMNS);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(edge, r * COLUMNS, c, ci + r * cStep, columns);
    }
  }

  private void add(
      int rows,
      int vectors,
      int ai,
      int bi,
      float[] s,
      int si,
      int sStep,
      float[] c,
      int ci,
      int cStep) {
    switch (rows) {
      case 8 -> {
        switch (vectors) {
          case 3 -> eight.threeVectors(ai, bi, s, si, sStep, c, ci, cStep);
          case 2 -> eight.twoVectors(ai, bi, s, si, sStep, c, ci, cStep);
          default -> eight.oneVector(ai, bi, s, si, sStep, c, ci, cStep);
        }
      }
      case 4 -> {
        switch (vectors) {
          case 3 -> four.threeVectors(ai, bi, s, si, sStep, c, ci, cStep);
          case 2 -> four.twoVectors(ai, bi, s, si, sStep, c, ci, cStep);
          default -> four.oneVector(ai, bi, s, si, sStep, c, ci, cStep);
        }
      }
      default -> {
        if (vectors == 3) {
          four.oneRow(ai, bi, s, si, c, ci);
        } else {
          for (int v = 0; v < vectors; v++) {
            four.oneRowOneVector(ai, bi + v * L, s, si + v * L, c, ci + v * L);
          }
        }
      }
    }
  }
}
