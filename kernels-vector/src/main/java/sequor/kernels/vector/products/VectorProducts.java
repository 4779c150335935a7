package sequor.kernels.vector.products;

import java.util.List;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Products;
import sequor.kernels.vector.rows.RowLoops;

/// Matrix products: chooses how each one is computed, by its sizes.
public final class VectorProducts implements Products {
  private static final long SMALL_PRODUCTS = 1L << 17; // what costs as much as to share it
  private static final long BATCH_TASK_PRODUCTS = 1L << 19;
  private static final long PARALLEL_INSIDE_PRODUCTS = 1L << 22;

  @Override
  public void matmul(Floats a, Floats b, Floats c, Size size) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] cs = HeapFloats.of(c);
    long products = (long) size.m() * size.k() * size.n();
    if (size.batch() <= 1 || products >= PARALLEL_INSIDE_PRODUCTS) {
      for (int item = 0; item < size.batch(); item++) {
        one(as, bs, cs, item, size);
      }
      return;
    }
    int grain = Math.clamp(BATCH_TASK_PRODUCTS / Math.max(1, products), 1, size.batch());
    Parallel.ranges(
        size.batch(),
        grain,
        (from, to) -> {
          for (int item = from; item < to; item++) {
            one(as, bs, cs, item, size);
          }
        });
  }

  @Override
  public void matmuls(List<Matmul> products) {
    boolean apart = products.stream().map(Matmul::c).distinct().count() == products.size();
    if (apart && products.stream().allMatch(each -> isSmall(each.size()))) {
      Parallel.run(products.size(), i -> matmul(products.get(i)));
    } else {
      products.forEach(this::matmul);
    }
  }

  private void matmul(Matmul product) {
    matmul(product.a(), product.b(), product.c(), product.size());
  }

  /// Whether a product is worth a thread, but not two.
  private static boolean isSmall(Size size) {
    long products = (long) size.batch() * size.m() * size.k() * size.n();
    return products >= SMALL_PRODUCTS && products < 2 * BlockedProduct.TASK_PRODUCTS;
  }

  @Override
  public void linear(Floats x, Floats weight, Floats bias, Floats y, Linear size) {
    var product = Size.of(size.rows(), size.in(), size.out()).transposingB();
    float[] xs = HeapFloats.of(x);
    float[] ws = HeapFloats.of(weight);
    float[] ys = HeapFloats.of(y);
    float[] row = HeapFloats.of(bias);
    if (size.add()) {
      for (int i = 0; i < size.rows() && row.length > 0; i++) {
        RowLoops.add(row, 0, ys, i * size.out(), size.out());
      }
      one(xs, ws, ys, 0, product, InitialValue.KEPT);
    } else {
      one(xs, ws, ys, 0, product, row.length > 0 ? InitialValue.row(row) : InitialValue.ZEROS);
    }
  }

  private static void one(float[] a, float[] b, float[] c, int item, Size size) {
    one(a, b, c, item, size, size.add() ? InitialValue.KEPT : InitialValue.ZEROS);
  }

  private static void one(
      float[] a, float[] b, float[] c, int item, Size size, InitialValue start) {
    int m = size.m();
    int k = size.k();
    int n = size.n();
    int aStart = item * m * k;
    int bStart = item * k * n;
    int cStart = item * m * n;
    if (m == 0 || n == 0) {
      return;
    }
    // One row, or one number in each: then the two layouts of `a` are the same.
    boolean aInRows = !size.transposeA() || m == 1 || k == 1;
    if (m <= SkinnyProduct.ROWS && k > 0 && aInRows && size.transposeB()) {
      new SkinnyProduct(a, aStart, b, bStart, m, k, n).addTo(start, c, cStart);
      return;
    }
    var left = new Matrix(a, aStart, size.transposeA() ? m : k, size.transposeA(), null);
    var right = new Matrix(b, bStart, size.transposeB() ? k : n, size.transposeB(), null);
    new BlockedProduct(left, right, c, cStart, m, k, n, start).run();
  }
}
