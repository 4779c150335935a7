package sequor.kernels;

import java.util.Arrays;

/// Matrix products, one row of the result at a time.
final class ScalarProducts implements Products {
  @Override
  public void matmul(Floats a, Floats b, Floats c, Size size) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] cs = HeapFloats.of(c);
    int m = size.m();
    int k = size.k();
    int n = size.n();
    int aRow = size.transposeA() ? 1 : k;
    int aColumn = size.transposeA() ? m : 1;
    for (int batch = 0; batch < size.batch(); batch++) {
      for (int i = 0; i < m; i++) {
        int aStart = batch * m * k + i * aRow;
        int cStart = (batch * m + i) * n;
        if (!size.add()) {
          Arrays.fill(cs, cStart, cStart + n, 0);
        }
        if (size.transposeB()) {
          addDots(as, aStart, aColumn, bs, batch * n * k, cs, cStart, k, n);
        } else {
          addRows(as, aStart, aColumn, bs, batch * k * n, cs, cStart, k, n);
        }
      }
    }
  }

  @Override
  public void linear(Floats x, Floats weight, Floats bias, Floats y, Linear size) {
    for (int row = 0; row < size.rows(); row++) {
      System.arraycopy(HeapFloats.of(bias), 0, HeapFloats.of(y), row * size.out(), size.out());
    }
    matmul(x, weight, y, Size.of(size.rows(), size.in(), size.out()).transposingB().adding());
  }

  /// `c[j] += Σₚ a[p] · b[p,j]`, adding up whole rows of `b`, because they are contiguous.
  private static void addRows(
      float[] a,
      int aStart,
      int aStep,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      int k,
      int n) {
    for (int p = 0; p < k; p++) {
      float factor = a[aStart + p * aStep];
      int bRow = bStart + p * n;
      for (int j = 0; j < n; j++) {
        c[cStart + j] += factor * b[bRow + j];
      }
    }
  }

  /// `c[j] += Σₚ a[p] · b[j,p]`.
  private static void addDots(
      float[] a,
      int aStart,
      int aStep,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      int k,
      int n) {
    for (int j = 0; j < n; j++) {
      int bRow = bStart + j * k;
      float sum = 0;
      for (int p = 0; p < k; p++) {
        sum += a[aStart + p * aStep] * b[bRow + p];
      }
      c[cStart + j] += sum;
    }
  }
}
