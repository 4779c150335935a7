package sequor.kernels.vector.products;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.Parallel;
import sequor.kernels.Products.Size;
import sequor.kernels.vector.simd.Lanes;

/// Products of a few rows, where packing the right factor would cost as much as the product itself.
final class SkinnyProduct {
  private static final int TASK_PRODUCTS = 1 << 19;

  private SkinnyProduct() {}

  /// `a · bᵀ` with `b` in rows of `k`: dot products, four columns at a time.
  static void dots(float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, Size size) {
    int k = size.k();
    int n = size.n();
    int grain = Math.max(4, TASK_PRODUCTS / (size.m() * k) & -4);
    Parallel.ranges(
        n,
        grain,
        (from, to) -> {
          float[] lanes = new float[4 * L];
          for (int j = from; j < to; j += 4) {
            int columns = Math.min(4, to - j);
            for (int i = 0; i < size.m(); i++) {
              // Columns that do not exist repeat the last one.
              int b0 = bStart + j * k;
              int b1 = b0 + Math.min(1, columns - 1) * k;
              int b2 = b0 + Math.min(2, columns - 1) * k;
              int b3 = b0 + (columns - 1) * k;
              fourDots(a, aStart + i * k, b, b0, b1, b2, b3, k, lanes);
              for (int column = 0; column < columns; column++) {
                int at = cStart + i * n + j + column;
                float sum = Lanes.sum(lanes, column * L);
                c[at] = size.add() ? c[at] + sum : sum;
              }
            }
          }
        });
  }

  private static void fourDots(
      float[] a, int ai, float[] b, int b0, int b1, int b2, int b3, int k, float[] lanes) {
    var s0 = FloatVector.zero(S);
    var s1 = FloatVector.zero(S);
    var s2 = FloatVector.zero(S);
    var s3 = FloatVector.zero(S);
    int whole = Lanes.whole(k);
    for (int p = 0; p < whole; p += L) {
      var x = FloatVector.fromArray(S, a, ai + p);
      s0 = x.fma(FloatVector.fromArray(S, b, b0 + p), s0);
      s1 = x.fma(FloatVector.fromArray(S, b, b1 + p), s1);
      s2 = x.fma(FloatVector.fromArray(S, b, b2 + p), s2);
      s3 = x.fma(FloatVector.fromArray(S, b, b3 + p), s3);
    }
    if (whole < k) {
      var rest = Lanes.first(k - whole);
      var x = FloatVector.fromArray(S, a, ai + whole, rest);
      s0 = x.fma(FloatVector.fromArray(S, b, b0 + whole, rest), s0);
      s1 = x.fma(FloatVector.fromArray(S, b, b1 + whole, rest), s1);
      s2 = x.fma(FloatVector.fromArray(S, b, b2 + whole, rest), s2);
      s3 = x.fma(FloatVector.fromArray(S, b, b3 + whole, rest), s3);
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, L);
    s2.intoArray(lanes, 2 * L);
    s3.intoArray(lanes, 3 * L);
  }
}
