package sequor.kernels;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Matrix products, one row of the result at a time. Every number starts with what it is added to,
/// and its products are added in order, so a row has the same bits alone and among many.
final class ScalarProducts implements Products {
  /// From so many rows on it pays to lay a transposed factor out anew.
  private static final int WORTH_TURNING = 8;

  @Override
  public void matmul(Floats a, Floats b, Floats c, Size size) {
    int[] each = IntStream.range(0, size.batch()).toArray();
    matmul(a, b, c, size, new Places(each, each, each));
  }

  @Override
  public void matmul(Floats a, Floats b, Floats c, Size size, Places places) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] cs = HeapFloats.of(c);
    int m = size.m();
    int k = size.k();
    int n = size.n();
    int aRow = size.transposeA() ? 1 : k;
    int aColumn = size.transposeA() ? m : 1;
    boolean turn = size.transposeB() && m >= WORTH_TURNING;
    float[] turned = new float[turn ? k * n : 0];
    for (int product = 0; product < places.count(); product++) {
      int bStart = places.b()[product] * k * n;
      int place = places.c()[product];
      boolean first = product == 0 || place != places.c()[product - 1];
      if (turn) {
        turn(bs, bStart, turned, k, n);
      }
      for (int i = 0; i < m; i++) {
        int aStart = places.a()[product] * m * k + i * aRow;
        int cStart = (place * m + i) * n;
        if (first && !size.add()) {
          Arrays.fill(cs, cStart, cStart + n, 0);
        }
        if (turn) {
          addRows(as, aStart, aColumn, turned, 0, cs, cStart, k, n);
        } else if (size.transposeB()) {
          addDots(as, aStart, aColumn, bs, bStart, cs, cStart, k, n);
        } else {
          addRows(as, aStart, aColumn, bs, bStart, cs, cStart, k, n);
        }
      }
    }
  }

  /// Lays `b`, given as (n,k), out as (k,n): the JIT turns sums of rows into vector instructions,
  /// and dot products not.
  private static void turn(float[] b, int bStart, float[] turned, int k, int n) {
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        turned[p * n + j] = b[bStart + j * k + p];
      }
    }
  }

  @Override
  public void linear(Floats x, Floats weight, Floats bias, Floats y, Linear size) {
    float[] biases = HeapFloats.of(bias);
    float[] ys = HeapFloats.of(y);
    for (int row = 0; row < size.rows(); row++) {
      for (int j = 0; j < size.out(); j++) {
        int at = row * size.out() + j;
        float start = size.add() ? ys[at] : 0;
        ys[at] = biases.length == 0 ? start : size.add() ? start + biases[j] : biases[j];
      }
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
      float sum = c[cStart + j];
      for (int p = 0; p < k; p++) {
        sum += a[aStart + p * aStep] * b[bRow + p];
      }
      c[cStart + j] = sum;
    }
  }
}
