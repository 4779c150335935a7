package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Tile.COLUMNS;
import static sequor.kernels.vector.products.Tile.ROWS;
import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The sums of four rows, and of a single one: `c = s + a · b`, written out as in [EightRows].
record FourRows(float[] a, float[] b, int k) {
  void threeVectors(int ai, int bi, float[] s, int si, int sStep, float[] c, int ci, int cStep) {
    var c00 = FloatVector.zero(S);
    var c01 = FloatVector.zero(S);
    var c02 = FloatVector.zero(S);
    var c10 = FloatVector.zero(S);
    var c11 = FloatVector.zero(S);
    var c12 = FloatVector.zero(S);
    var c20 = FloatVector.zero(S);
    var c21 = FloatVector.zero(S);
    var c22 = FloatVector.zero(S);
    var c30 = FloatVector.zero(S);
    var c31 = FloatVector.zero(S);
    var c32 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var b0 = FloatVector.fromArray(S, b, bi);
      var b1 = FloatVector.fromArray(S, b, bi + L);
      var b2 = FloatVector.fromArray(S, b, bi + 2 * L);
      var a0 = FloatVector.broadcast(S, a[ai]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      var a1 = FloatVector.broadcast(S, a[ai + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      var a2 = FloatVector.broadcast(S, a[ai + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      var a3 = FloatVector.broadcast(S, a[ai + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      ai += ROWS;
      bi += COLUMNS;
    }
    FloatVector.fromArray(S, s, si).add(c00).intoArray(c, ci);
    FloatVector.fromArray(S, s, si + L).add(c01).intoArray(c, ci + L);
    FloatVector.fromArray(S, s, si + 2 * L).add(c02).intoArray(c, ci + 2 * L);
    int r1 = ci + cStep;
    int s1 = si + sStep;
    FloatVector.fromArray(S, s, s1).add(c10).intoArray(c, r1);
    FloatVector.fromArray(S, s, s1 + L).add(c11).intoArray(c, r1 + L);
    FloatVector.fromArray(S, s, s1 + 2 * L).add(c12).intoArray(c, r1 + 2 * L);
    int r2 = ci + 2 * cStep;
    int s2 = si + 2 * sStep;
    FloatVector.fromArray(S, s, s2).add(c20).intoArray(c, r2);
    FloatVector.fromArray(S, s, s2 + L).add(c21).intoArray(c, r2 + L);
    FloatVector.fromArray(S, s, s2 + 2 * L).add(c22).intoArray(c, r2 + 2 * L);
    int r3 = ci + 3 * cStep;
    int s3 = si + 3 * sStep;
    FloatVector.fromArray(S, s, s3).add(c30).intoArray(c, r3);
    FloatVector.fromArray(S, s, s3 + L).add(c31).intoArray(c, r3 + L);
    FloatVector.fromArray(S, s, s3 + 2 * L).add(c32).intoArray(c, r3 + 2 * L);
  }

  void twoVectors(int ai, int bi, float[] s, int si, int sStep, float[] c, int ci, int cStep) {
    var c00 = FloatVector.zero(S);
    var c01 = FloatVector.zero(S);
    var c10 = FloatVector.zero(S);
    var c11 = FloatVector.zero(S);
    var c20 = FloatVector.zero(S);
    var c21 = FloatVector.zero(S);
    var c30 = FloatVector.zero(S);
    var c31 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var b0 = FloatVector.fromArray(S, b, bi);
      var b1 = FloatVector.fromArray(S, b, bi + L);
      var a0 = FloatVector.broadcast(S, a[ai]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      var a1 = FloatVector.broadcast(S, a[ai + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      var a2 = FloatVector.broadcast(S, a[ai + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      var a3 = FloatVector.broadcast(S, a[ai + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      ai += ROWS;
      bi += COLUMNS;
    }
    FloatVector.fromArray(S, s, si).add(c00).intoArray(c, ci);
    FloatVector.fromArray(S, s, si + L).add(c01).intoArray(c, ci + L);
    int r1 = ci + cStep;
    int s1 = si + sStep;
    FloatVector.fromArray(S, s, s1).add(c10).intoArray(c, r1);
    FloatVector.fromArray(S, s, s1 + L).add(c11).intoArray(c, r1 + L);
    int r2 = ci + 2 * cStep;
    int s2 = si + 2 * sStep;
    FloatVector.fromArray(S, s, s2).add(c20).intoArray(c, r2);
    FloatVector.fromArray(S, s, s2 + L).add(c21).intoArray(c, r2 + L);
    int r3 = ci + 3 * cStep;
    int s3 = si + 3 * sStep;
    FloatVector.fromArray(S, s, s3).add(c30).intoArray(c, r3);
    FloatVector.fromArray(S, s, s3 + L).add(c31).intoArray(c, r3 + L);
  }

  void oneVector(int ai, int bi, float[] s, int si, int sStep, float[] c, int ci, int cStep) {
    var c00 = FloatVector.zero(S);
    var c10 = FloatVector.zero(S);
    var c20 = FloatVector.zero(S);
    var c30 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var b0 = FloatVector.fromArray(S, b, bi);
      var a0 = FloatVector.broadcast(S, a[ai]);
      c00 = a0.fma(b0, c00);
      var a1 = FloatVector.broadcast(S, a[ai + 1]);
      c10 = a1.fma(b0, c10);
      var a2 = FloatVector.broadcast(S, a[ai + 2]);
      c20 = a2.fma(b0, c20);
      var a3 = FloatVector.broadcast(S, a[ai + 3]);
      c30 = a3.fma(b0, c30);
      ai += ROWS;
      bi += COLUMNS;
    }
    FloatVector.fromArray(S, s, si).add(c00).intoArray(c, ci);
    FloatVector.fromArray(S, s, si + sStep).add(c10).intoArray(c, ci + cStep);
    FloatVector.fromArray(S, s, si + 2 * sStep).add(c20).intoArray(c, ci + 2 * cStep);
    FloatVector.fromArray(S, s, si + 3 * sStep).add(c30).intoArray(c, ci + 3 * cStep);
  }

  void oneRow(int ai, int bi, float[] s, int si, float[] c, int ci) {
    var c00 = FloatVector.zero(S);
    var c01 = FloatVector.zero(S);
    var c02 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var b0 = FloatVector.fromArray(S, b, bi);
      var b1 = FloatVector.fromArray(S, b, bi + L);
      var b2 = FloatVector.fromArray(S, b, bi + 2 * L);
      var a0 = FloatVector.broadcast(S, a[ai]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      ai += ROWS;
      bi += COLUMNS;
    }
    FloatVector.fromArray(S, s, si).add(c00).intoArray(c, ci);
    FloatVector.fromArray(S, s, si + L).add(c01).intoArray(c, ci + L);
    FloatVector.fromArray(S, s, si + 2 * L).add(c02).intoArray(c, ci + 2 * L);
  }

  void oneRowOneVector(int ai, int bi, float[] s, int si, float[] c, int ci) {
    var c00 = FloatVector.zero(S);
    for (int p = 0; p < k; p++) {
      var b0 = FloatVector.fromArray(S, b, bi);
      var a0 = FloatVector.broadcast(S, a[ai]);
      c00 = a0.fma(b0, c00);
      ai += ROWS;
      bi += COLUMNS;
    }
    FloatVector.fromArray(S, s, si).add(c00).intoArray(c, ci);
  }
}
