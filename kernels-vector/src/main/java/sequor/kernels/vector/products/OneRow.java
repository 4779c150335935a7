package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Tile.COLUMNS;
import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The sums of a single row over two panels at once: `c += a · b`, written out as in [EightRows].
///
/// One row has a sum for each vector of columns, and each waits for its own last step: three would
/// leave the processor idle most of the time. The row is read as it lies. Every sum runs through
/// `k` in order, so it is the same as that of a [Tile].
record OneRow(float[] a, float[] b, int k) {
  /// For two panels of three vectors, at `bi` and `bj`, into the columns of `c` from `ci` and `cj`.
  void sixVectors(int ai, int bi, int bj, float[] c, int ci, int cj) {
    var c0 = FloatVector.zero(S);
    var c1 = FloatVector.zero(S);
    var c2 = FloatVector.zero(S);
    var c3 = FloatVector.zero(S);
    var c4 = FloatVector.zero(S);
    var c5 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var x = FloatVector.broadcast(S, a[ai + p]);
      int at = bi + p * COLUMNS;
      int beside = bj + p * COLUMNS;
      c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
      c2 = x.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
      c3 = x.fma(FloatVector.fromArray(S, b, beside), c3);
      c4 = x.fma(FloatVector.fromArray(S, b, beside + L), c4);
      c5 = x.fma(FloatVector.fromArray(S, b, beside + 2 * L), c5);
    }
    FloatVector.fromArray(S, c, ci).add(c0).intoArray(c, ci);
    FloatVector.fromArray(S, c, ci + L).add(c1).intoArray(c, ci + L);
    FloatVector.fromArray(S, c, ci + 2 * L).add(c2).intoArray(c, ci + 2 * L);
    FloatVector.fromArray(S, c, cj).add(c3).intoArray(c, cj);
    FloatVector.fromArray(S, c, cj + L).add(c4).intoArray(c, cj + L);
    FloatVector.fromArray(S, c, cj + 2 * L).add(c5).intoArray(c, cj + 2 * L);
  }

  /// For two panels of two vectors.
  void fourVectors(int ai, int bi, int bj, float[] c, int ci, int cj) {
    var c0 = FloatVector.zero(S);
    var c1 = FloatVector.zero(S);
    var c2 = FloatVector.zero(S);
    var c3 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var x = FloatVector.broadcast(S, a[ai + p]);
      int at = bi + p * COLUMNS;
      int beside = bj + p * COLUMNS;
      c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
      c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
      c2 = x.fma(FloatVector.fromArray(S, b, beside), c2);
      c3 = x.fma(FloatVector.fromArray(S, b, beside + L), c3);
    }
    FloatVector.fromArray(S, c, ci).add(c0).intoArray(c, ci);
    FloatVector.fromArray(S, c, ci + L).add(c1).intoArray(c, ci + L);
    FloatVector.fromArray(S, c, cj).add(c2).intoArray(c, cj);
    FloatVector.fromArray(S, c, cj + L).add(c3).intoArray(c, cj + L);
  }

  /// For one vector of columns.
  void oneVector(int ai, int bi, float[] c, int ci) {
    var c0 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var x = FloatVector.broadcast(S, a[ai + p]);
      c0 = x.fma(FloatVector.fromArray(S, b, bi + p * COLUMNS), c0);
    }
    FloatVector.fromArray(S, c, ci).add(c0).intoArray(c, ci);
  }
}
