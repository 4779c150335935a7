package sequor.kernels.vector.products;

import sequor.kernels.Parallel;

/// Products of a few rows, where packing the right factor would cost more than the product itself.
///
/// Every number is summed as a [BlockedProduct] sums it, block of [Packing#DEPTH] after block, each
/// in order, so a row has the same bits alone and among many.
///
/// @param a rows of `k` numbers, one after the other from `aStart` on
/// @param b `n` columns, which lie in memory as rows of `k` numbers
record SkinnyProduct(float[] a, int aStart, float[] b, int bStart, int m, int k, int n) {
  /// As many rows as there are.
  static final int ROWS = 4;

  private static final int TASK_PRODUCTS = 1 << 19;
  private static final int WIDE = 16; // columns at a time of one row …
  private static final int NARROW = 8; // … and of several, or few

  /// `c = start + a · b`, `c` (m,n) from `cStart` on.
  void addTo(InitialValue start, float[] c, int cStart) {
    int width = width();
    int grain = Math.max(width, TASK_PRODUCTS / (m * k) / width * width);
    Parallel.ranges(
        n,
        grain,
        (from, to) -> {
          start.write(from, c, cStart + from, n, m, to - from);
          float[] sums = new float[ROWS * NARROW];
          for (int j = from; j < to; j += width) {
            columns(j, Math.min(width, to - j), width, sums, c, cStart);
          }
        });
  }

  private int width() {
    return m == 1 && n >= WIDE && Transpose.AVAILABLE ? WIDE : NARROW;
  }

  /// Adds the product of `count` columns from `j` on.
  private void columns(int j, int count, int width, float[] sums, float[] c, int cStart) {
    // Where there are fewer columns left than a tile has, it takes some of those before once more.
    int first = Math.max(0, Math.min(j, n - width));
    for (int d = 0; d < k; d += Packing.DEPTH) {
      sums(first, Math.min(width, n), d, Math.min(Packing.DEPTH, k - d), sums);
      for (int i = 0; i < m; i++) {
        int at = cStart + i * n;
        for (int column = j; column < j + count; column++) {
          c[at + column] += sums[i * NARROW + column - first];
        }
      }
    }
  }

  /// The sums of `count` columns from `j` on over one block of depth, in rows of [#NARROW].
  private void sums(int j, int count, int d, int deep, float[] sums) {
    int ai = aStart + d;
    int bi = bStart + j * k + d;
    if (!Transpose.AVAILABLE || count < NARROW) {
      for (int i = 0; i < m; i++) {
        SkinnyTile.scalar(a, ai + i * k, b, bi, k, deep, count, sums, i * NARROW);
      }
      return;
    }
    int whole = deep / Transpose.ROWS * Transpose.ROWS;
    if (count == WIDE) {
      SkinnyTile.oneRow(a, ai, b, bi, k, whole, sums);
    } else {
      // Rows that do not exist repeat the last one.
      int a1 = ai + Math.min(1, m - 1) * k;
      int a2 = ai + Math.min(2, m - 1) * k;
      SkinnyTile.fourRows(a, ai, a1, a2, ai + (m - 1) * k, b, bi, k, whole, sums);
    }
    for (int i = 0; i < m && whole < deep; i++) {
      for (int column = 0; column < count; column++) {
        int at = i * NARROW + column;
        sums[at] = continued(sums[at], ai + i * k, bi + column * k, whole, deep);
      }
    }
  }

  private float continued(float sum, int ai, int bi, int from, int to) {
    for (int p = from; p < to; p++) {
      sum = Math.fma(a[ai + p], b[bi + p], sum);
    }
    return sum;
  }
}
