package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Transpose.EIGHT;
import static sequor.kernels.vector.products.Transpose.LOWER1;
import static sequor.kernels.vector.products.Transpose.LOWER2;
import static sequor.kernels.vector.products.Transpose.SWAP1;
import static sequor.kernels.vector.products.Transpose.SWAP2;
import static sequor.kernels.vector.products.Transpose.UPPER1;
import static sequor.kernels.vector.products.Transpose.UPPER2;
import static sequor.kernels.vector.products.Transpose.UPPER4;

import jdk.incubator.vector.FloatVector;

/// The innermost sums of a [SkinnyProduct]: a few rows of `a` times columns of `b` that lie in
/// memory as rows of `k` numbers.
///
/// Each sum runs through `k` in order, as in a [Tile], so lanes must be columns: blocks of 8 by 8
/// are transposed in registers as in [Transpose], and multiplied at once. The first round, which
/// lets fours of lanes change places, is done by loading each row twice, four numbers apart, as
/// loads cost less than moving lanes. All is written out in one loop for the reasons given there.
///
/// The sums are written and not added, for the caller to continue.
final class SkinnyTile {
  private SkinnyTile() {}

  /// One row at `ai` times the 16 rows of `b` from `bi` on, `depth` numbers of each, a multiple of
  /// 8: the sums of two groups of columns, because each waits for its own last step.
  static void oneRow(float[] a, int ai, float[] b, int bi, int k, int depth, float[] sums) {
    var s = FloatVector.zero(EIGHT);
    var t = FloatVector.zero(EIGHT);
    int bj = bi + 8 * k;
    for (int p = 0; p < depth; p += 8) {
      int at0 = bi + p;
      int at1 = bi + k + p;
      int at2 = bi + 2 * k + p;
      int at3 = bi + 3 * k + p;
      int at4 = bi + 4 * k + p;
      int at5 = bi + 5 * k + p;
      int at6 = bi + 6 * k + p;
      int at7 = bi + 7 * k + p;
      var a0 =
          FloatVector.fromArray(EIGHT, b, at0)
              .blend(FloatVector.fromArray(EIGHT, b, at4 - 4), UPPER4);
      var a4 =
          FloatVector.fromArray(EIGHT, b, at0 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at4), UPPER4);
      var a1 =
          FloatVector.fromArray(EIGHT, b, at1)
              .blend(FloatVector.fromArray(EIGHT, b, at5 - 4), UPPER4);
      var a5 =
          FloatVector.fromArray(EIGHT, b, at1 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at5), UPPER4);
      var a2 =
          FloatVector.fromArray(EIGHT, b, at2)
              .blend(FloatVector.fromArray(EIGHT, b, at6 - 4), UPPER4);
      var a6 =
          FloatVector.fromArray(EIGHT, b, at2 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at6), UPPER4);
      var a3 =
          FloatVector.fromArray(EIGHT, b, at3)
              .blend(FloatVector.fromArray(EIGHT, b, at7 - 4), UPPER4);
      var a7 =
          FloatVector.fromArray(EIGHT, b, at3 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at7), UPPER4);
      var b0 = a0.blend(a2.rearrange(SWAP2), UPPER2);
      var b2 = a2.blend(a0.rearrange(SWAP2), LOWER2);
      var b1 = a1.blend(a3.rearrange(SWAP2), UPPER2);
      var b3 = a3.blend(a1.rearrange(SWAP2), LOWER2);
      var b4 = a4.blend(a6.rearrange(SWAP2), UPPER2);
      var b6 = a6.blend(a4.rearrange(SWAP2), LOWER2);
      var b5 = a5.blend(a7.rearrange(SWAP2), UPPER2);
      var b7 = a7.blend(a5.rearrange(SWAP2), LOWER2);
      var c0 = b0.blend(b1.rearrange(SWAP1), UPPER1);
      var c1 = b1.blend(b0.rearrange(SWAP1), LOWER1);
      var c2 = b2.blend(b3.rearrange(SWAP1), UPPER1);
      var c3 = b3.blend(b2.rearrange(SWAP1), LOWER1);
      var c4 = b4.blend(b5.rearrange(SWAP1), UPPER1);
      var c5 = b5.blend(b4.rearrange(SWAP1), LOWER1);
      var c6 = b6.blend(b7.rearrange(SWAP1), UPPER1);
      var c7 = b7.blend(b6.rearrange(SWAP1), LOWER1);
      s = FloatVector.broadcast(EIGHT, a[ai + p]).fma(c0, s);
      s = FloatVector.broadcast(EIGHT, a[ai + p + 1]).fma(c1, s);
      s = FloatVector.broadcast(EIGHT, a[ai + p + 2]).fma(c2, s);
      s = FloatVector.broadcast(EIGHT, a[ai + p + 3]).fma(c3, s);
      s = FloatVector.broadcast(EIGHT, a[ai + p + 4]).fma(c4, s);
      s = FloatVector.broadcast(EIGHT, a[ai + p + 5]).fma(c5, s);
      s = FloatVector.broadcast(EIGHT, a[ai + p + 6]).fma(c6, s);
      s = FloatVector.broadcast(EIGHT, a[ai + p + 7]).fma(c7, s);
      int dat0 = bj + p;
      int dat1 = bj + k + p;
      int dat2 = bj + 2 * k + p;
      int dat3 = bj + 3 * k + p;
      int dat4 = bj + 4 * k + p;
      int dat5 = bj + 5 * k + p;
      int dat6 = bj + 6 * k + p;
      int dat7 = bj + 7 * k + p;
      var da0 =
          FloatVector.fromArray(EIGHT, b, dat0)
              .blend(FloatVector.fromArray(EIGHT, b, dat4 - 4), UPPER4);
      var da4 =
          FloatVector.fromArray(EIGHT, b, dat0 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, dat4), UPPER4);
      var da1 =
          FloatVector.fromArray(EIGHT, b, dat1)
              .blend(FloatVector.fromArray(EIGHT, b, dat5 - 4), UPPER4);
      var da5 =
          FloatVector.fromArray(EIGHT, b, dat1 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, dat5), UPPER4);
      var da2 =
          FloatVector.fromArray(EIGHT, b, dat2)
              .blend(FloatVector.fromArray(EIGHT, b, dat6 - 4), UPPER4);
      var da6 =
          FloatVector.fromArray(EIGHT, b, dat2 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, dat6), UPPER4);
      var da3 =
          FloatVector.fromArray(EIGHT, b, dat3)
              .blend(FloatVector.fromArray(EIGHT, b, dat7 - 4), UPPER4);
      var da7 =
          FloatVector.fromArray(EIGHT, b, dat3 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, dat7), UPPER4);
      var db0 = da0.blend(da2.rearrange(SWAP2), UPPER2);
      var db2 = da2.blend(da0.rearrange(SWAP2), LOWER2);
      var db1 = da1.blend(da3.rearrange(SWAP2), UPPER2);
      var db3 = da3.blend(da1.rearrange(SWAP2), LOWER2);
      var db4 = da4.blend(da6.rearrange(SWAP2), UPPER2);
      var db6 = da6.blend(da4.rearrange(SWAP2), LOWER2);
      var db5 = da5.blend(da7.rearrange(SWAP2), UPPER2);
      var db7 = da7.blend(da5.rearrange(SWAP2), LOWER2);
      var dc0 = db0.blend(db1.rearrange(SWAP1), UPPER1);
      var dc1 = db1.blend(db0.rearrange(SWAP1), LOWER1);
      var dc2 = db2.blend(db3.rearrange(SWAP1), UPPER1);
      var dc3 = db3.blend(db2.rearrange(SWAP1), LOWER1);
      var dc4 = db4.blend(db5.rearrange(SWAP1), UPPER1);
      var dc5 = db5.blend(db4.rearrange(SWAP1), LOWER1);
      var dc6 = db6.blend(db7.rearrange(SWAP1), UPPER1);
      var dc7 = db7.blend(db6.rearrange(SWAP1), LOWER1);
      t = FloatVector.broadcast(EIGHT, a[ai + p]).fma(dc0, t);
      t = FloatVector.broadcast(EIGHT, a[ai + p + 1]).fma(dc1, t);
      t = FloatVector.broadcast(EIGHT, a[ai + p + 2]).fma(dc2, t);
      t = FloatVector.broadcast(EIGHT, a[ai + p + 3]).fma(dc3, t);
      t = FloatVector.broadcast(EIGHT, a[ai + p + 4]).fma(dc4, t);
      t = FloatVector.broadcast(EIGHT, a[ai + p + 5]).fma(dc5, t);
      t = FloatVector.broadcast(EIGHT, a[ai + p + 6]).fma(dc6, t);
      t = FloatVector.broadcast(EIGHT, a[ai + p + 7]).fma(dc7, t);
    }
    s.intoArray(sums, 0);
    t.intoArray(sums, 8);
  }

  /// Four rows, at `i0` to `i3`, times the 8 rows of `b` from `bi` on: the sums of each row, one
  /// after the other.
  static void fourRows(
      float[] a,
      int i0,
      int i1,
      int i2,
      int i3,
      float[] b,
      int bi,
      int k,
      int depth,
      float[] sums) {
    var s0 = FloatVector.zero(EIGHT);
    var s1 = FloatVector.zero(EIGHT);
    var s2 = FloatVector.zero(EIGHT);
    var s3 = FloatVector.zero(EIGHT);
    for (int p = 0; p < depth; p += 8) {
      int at0 = bi + p;
      int at1 = bi + k + p;
      int at2 = bi + 2 * k + p;
      int at3 = bi + 3 * k + p;
      int at4 = bi + 4 * k + p;
      int at5 = bi + 5 * k + p;
      int at6 = bi + 6 * k + p;
      int at7 = bi + 7 * k + p;
      var a0 =
          FloatVector.fromArray(EIGHT, b, at0)
              .blend(FloatVector.fromArray(EIGHT, b, at4 - 4), UPPER4);
      var a4 =
          FloatVector.fromArray(EIGHT, b, at0 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at4), UPPER4);
      var a1 =
          FloatVector.fromArray(EIGHT, b, at1)
              .blend(FloatVector.fromArray(EIGHT, b, at5 - 4), UPPER4);
      var a5 =
          FloatVector.fromArray(EIGHT, b, at1 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at5), UPPER4);
      var a2 =
          FloatVector.fromArray(EIGHT, b, at2)
              .blend(FloatVector.fromArray(EIGHT, b, at6 - 4), UPPER4);
      var a6 =
          FloatVector.fromArray(EIGHT, b, at2 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at6), UPPER4);
      var a3 =
          FloatVector.fromArray(EIGHT, b, at3)
              .blend(FloatVector.fromArray(EIGHT, b, at7 - 4), UPPER4);
      var a7 =
          FloatVector.fromArray(EIGHT, b, at3 + 4)
              .blend(FloatVector.fromArray(EIGHT, b, at7), UPPER4);
      var b0 = a0.blend(a2.rearrange(SWAP2), UPPER2);
      var b2 = a2.blend(a0.rearrange(SWAP2), LOWER2);
      var b1 = a1.blend(a3.rearrange(SWAP2), UPPER2);
      var b3 = a3.blend(a1.rearrange(SWAP2), LOWER2);
      var b4 = a4.blend(a6.rearrange(SWAP2), UPPER2);
      var b6 = a6.blend(a4.rearrange(SWAP2), LOWER2);
      var b5 = a5.blend(a7.rearrange(SWAP2), UPPER2);
      var b7 = a7.blend(a5.rearrange(SWAP2), LOWER2);
      var c0 = b0.blend(b1.rearrange(SWAP1), UPPER1);
      var c1 = b1.blend(b0.rearrange(SWAP1), LOWER1);
      var c2 = b2.blend(b3.rearrange(SWAP1), UPPER1);
      var c3 = b3.blend(b2.rearrange(SWAP1), LOWER1);
      var c4 = b4.blend(b5.rearrange(SWAP1), UPPER1);
      var c5 = b5.blend(b4.rearrange(SWAP1), LOWER1);
      var c6 = b6.blend(b7.rearrange(SWAP1), UPPER1);
      var c7 = b7.blend(b6.rearrange(SWAP1), LOWER1);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p]).fma(c0, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p]).fma(c0, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p]).fma(c0, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p]).fma(c0, s3);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p + 1]).fma(c1, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p + 1]).fma(c1, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p + 1]).fma(c1, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p + 1]).fma(c1, s3);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p + 2]).fma(c2, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p + 2]).fma(c2, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p + 2]).fma(c2, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p + 2]).fma(c2, s3);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p + 3]).fma(c3, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p + 3]).fma(c3, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p + 3]).fma(c3, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p + 3]).fma(c3, s3);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p + 4]).fma(c4, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p + 4]).fma(c4, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p + 4]).fma(c4, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p + 4]).fma(c4, s3);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p + 5]).fma(c5, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p + 5]).fma(c5, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p + 5]).fma(c5, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p + 5]).fma(c5, s3);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p + 6]).fma(c6, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p + 6]).fma(c6, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p + 6]).fma(c6, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p + 6]).fma(c6, s3);
      s0 = FloatVector.broadcast(EIGHT, a[i0 + p + 7]).fma(c7, s0);
      s1 = FloatVector.broadcast(EIGHT, a[i1 + p + 7]).fma(c7, s1);
      s2 = FloatVector.broadcast(EIGHT, a[i2 + p + 7]).fma(c7, s2);
      s3 = FloatVector.broadcast(EIGHT, a[i3 + p + 7]).fma(c7, s3);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, 8);
    s2.intoArray(sums, 16);
    s3.intoArray(sums, 24);
  }

  /// One row at `ai` times `columns` rows of `b`, from 1 to 8, number by number: four columns at a
  /// time, where those that do not exist repeat the last one.
  static void scalar(
      float[] a, int ai, float[] b, int bi, int k, int depth, int columns, float[] sums, int to) {
    for (int j = 0; j < columns; j += 4) {
      int b0 = bi + j * k;
      int b1 = bi + Math.min(j + 1, columns - 1) * k;
      int b2 = bi + Math.min(j + 2, columns - 1) * k;
      int b3 = bi + Math.min(j + 3, columns - 1) * k;
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int p = 0; p < depth; p++) {
        float x = a[ai + p];
        s0 = Math.fma(x, b[b0 + p], s0);
        s1 = Math.fma(x, b[b1 + p], s1);
        s2 = Math.fma(x, b[b2 + p], s2);
        s3 = Math.fma(x, b[b3 + p], s3);
      }
      sums[to + j] = s0;
      sums[to + j + 1] = s1;
      sums[to + j + 2] = s2;
      sums[to + j + 3] = s3;
    }
  }
}
