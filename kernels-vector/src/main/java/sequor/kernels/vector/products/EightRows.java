package sequor.kernels.vector.products;

import static sequor.kernels.vector.products.Tile.COLUMNS;
import static sequor.kernels.vector.products.Tile.ROWS;
import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The sums of eight rows, for machines with 32 registers: `c = s + a · b` over one, two or three
/// vectors of columns. See [Tile].
///
/// The rows are written out because accumulators in an array would not stay in registers, and so
/// are the stores, because the JIT does not inline what runs once after a loop and would put every
/// sum into an object.
record EightRows(float[] a, float[] b, int k) {
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
    var c40 = FloatVector.zero(S);
    var c41 = FloatVector.zero(S);
    var c42 = FloatVector.zero(S);
    var c50 = FloatVector.zero(S);
    var c51 = FloatVector.zero(S);
    var c52 = FloatVector.zero(S);
    var c60 = FloatVector.zero(S);
    var c61 = FloatVector.zero(S);
    var c62 = FloatVector.zero(S);
    var c70 = FloatVector.zero(S);
    var c71 = FloatVector.zero(S);
    var c72 = FloatVector.zero(S);
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
      var a4 = FloatVector.broadcast(S, a[ai + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      var a5 = FloatVector.broadcast(S, a[ai + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      var a6 = FloatVector.broadcast(S, a[ai + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      var a7 = FloatVector.broadcast(S, a[ai + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      c72 = a7.fma(b2, c72);
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
    int r4 = ci + 4 * cStep;
    int s4 = si + 4 * sStep;
    FloatVector.fromArray(S, s, s4).add(c40).intoArray(c, r4);
    FloatVector.fromArray(S, s, s4 + L).add(c41).intoArray(c, r4 + L);
    FloatVector.fromArray(S, s, s4 + 2 * L).add(c42).intoArray(c, r4 + 2 * L);
    int r5 = ci + 5 * cStep;
    int s5 = si + 5 * sStep;
    FloatVector.fromArray(S, s, s5).add(c50).intoArray(c, r5);
    FloatVector.fromArray(S, s, s5 + L).add(c51).intoArray(c, r5 + L);
    FloatVector.fromArray(S, s, s5 + 2 * L).add(c52).intoArray(c, r5 + 2 * L);
    int r6 = ci + 6 * cStep;
    int s6 = si + 6 * sStep;
    FloatVector.fromArray(S, s, s6).add(c60).intoArray(c, r6);
    FloatVector.fromArray(S, s, s6 + L).add(c61).intoArray(c, r6 + L);
    FloatVector.fromArray(S, s, s6 + 2 * L).add(c62).intoArray(c, r6 + 2 * L);
    int r7 = ci + 7 * cStep;
    int s7 = si + 7 * sStep;
    FloatVector.fromArray(S, s, s7).add(c70).intoArray(c, r7);
    FloatVector.fromArray(S, s, s7 + L).add(c71).intoArray(c, r7 + L);
    FloatVector.fromArray(S, s, s7 + 2 * L).add(c72).intoArray(c, r7 + 2 * L);
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
    var c40 = FloatVector.zero(S);
    var c41 = FloatVector.zero(S);
    var c50 = FloatVector.zero(S);
    var c51 = FloatVector.zero(S);
    var c60 = FloatVector.zero(S);
    var c61 = FloatVector.zero(S);
    var c70 = FloatVector.zero(S);
    var c71 = FloatVector.zero(S);
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
      var a4 = FloatVector.broadcast(S, a[ai + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      var a5 = FloatVector.broadcast(S, a[ai + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      var a6 = FloatVector.broadcast(S, a[ai + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      var a7 = FloatVector.broadcast(S, a[ai + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
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
    int r4 = ci + 4 * cStep;
    int s4 = si + 4 * sStep;
    FloatVector.fromArray(S, s, s4).add(c40).intoArray(c, r4);
    FloatVector.fromArray(S, s, s4 + L).add(c41).intoArray(c, r4 + L);
    int r5 = ci + 5 * cStep;
    int s5 = si + 5 * sStep;
    FloatVector.fromArray(S, s, s5).add(c50).intoArray(c, r5);
    FloatVector.fromArray(S, s, s5 + L).add(c51).intoArray(c, r5 + L);
    int r6 = ci + 6 * cStep;
    int s6 = si + 6 * sStep;
    FloatVector.fromArray(S, s, s6).add(c60).intoArray(c, r6);
    FloatVector.fromArray(S, s, s6 + L).add(c61).intoArray(c, r6 + L);
    int r7 = ci + 7 * cStep;
    int s7 = si + 7 * sStep;
    FloatVector.fromArray(S, s, s7).add(c70).intoArray(c, r7);
    FloatVector.fromArray(S, s, s7 + L).add(c71).intoArray(c, r7 + L);
  }

  void oneVector(int ai, int bi, float[] s, int si, int sStep, float[] c, int ci, int cStep) {
    var c00 = FloatVector.zero(S);
    var c10 = FloatVector.zero(S);
    var c20 = FloatVector.zero(S);
    var c30 = FloatVector.zero(S);
    var c40 = FloatVector.zero(S);
    var c50 = FloatVector.zero(S);
    var c60 = FloatVector.zero(S);
    var c70 = FloatVector.zero(S);
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
      var a4 = FloatVector.broadcast(S, a[ai + 4]);
      c40 = a4.fma(b0, c40);
      var a5 = FloatVector.broadcast(S, a[ai + 5]);
      c50 = a5.fma(b0, c50);
      var a6 = FloatVector.broadcast(S, a[ai + 6]);
      c60 = a6.fma(b0, c60);
      var a7 = FloatVector.broadcast(S, a[ai + 7]);
      c70 = a7.fma(b0, c70);
      ai += ROWS;
      bi += COLUMNS;
    }
    FloatVector.fromArray(S, s, si).add(c00).intoArray(c, ci);
    FloatVector.fromArray(S, s, si + sStep).add(c10).intoArray(c, ci + cStep);
    FloatVector.fromArray(S, s, si + 2 * sStep).add(c20).intoArray(c, ci + 2 * cStep);
    FloatVector.fromArray(S, s, si + 3 * sStep).add(c30).intoArray(c, ci + 3 * cStep);
    FloatVector.fromArray(S, s, si + 4 * sStep).add(c40).intoArray(c, ci + 4 * cStep);
    FloatVector.fromArray(S, s, si + 5 * sStep).add(c50).intoArray(c, ci + 5 * cStep);
    FloatVector.fromArray(S, s, si + 6 * sStep).add(c60).intoArray(c, ci + 6 * cStep);
    FloatVector.fromArray(S, s, si + 7 * sStep).add(c70).intoArray(c, ci + 7 * cStep);
  }
}
