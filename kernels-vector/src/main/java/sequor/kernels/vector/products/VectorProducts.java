package sequor.kernels.vector.products;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
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
    batches(
        size.batch(),
        size,
        item -> {
          int aStart = item * size.m() * size.k();
          int bStart = item * size.k() * size.n();
          one(as, aStart, bs, bStart, cs, item * size.m() * size.n(), size, start(size));
        });
  }

  @Override
  public void matmul(Floats a, Floats b, Floats c, Size size, Places places) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] cs = HeapFloats.of(c);
    int[] firsts = // the first product of each place
        IntStream.range(0, places.count())
            .filter(i -> i == 0 || places.c()[i] != places.c()[i - 1])
            .toArray();
    batches(
        firsts.length,
        size,
        place -> {
          int end = place + 1 < firsts.length ? firsts[place + 1] : places.count();
          for (int i = firsts[place]; i < end; i++) {
            int aStart = places.a()[i] * size.m() * size.k();
            int bStart = places.b()[i] * size.k() * size.n();
            int cStart = places.c()[i] * size.m() * size.n();
            var start = i == firsts[place] ? start(size) : InitialValue.KEPT;
            one(as, aStart, bs, bStart, cs, cStart, size, start);
          }
        });
  }

  /// Runs the products of a batch, side by side where each is too small for all threads.
  private static void batches(int count, Size size, IntConsumer product) {
    long products = (long) size.m() * size.k() * size.n();
    if (count <= 1 || products >= PARALLEL_INSIDE_PRODUCTS) {
      for (int i = 0; i < count; i++) {
        product.accept(i);
      }
      return;
    }
    int grain = Math.clamp(BATCH_TASK_PRODUCTS / Math.max(1, products), 1, count);
    Parallel.ranges(
        count,
        grain,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            product.accept(i);
          }
        });
  }

  private static InitialValue start(Size size) {
    return size.add() ? InitialValue.KEPT : InitialValue.ZEROS;
  }

  @Override
  public void matmuls(List<Matmul> products) {
    if (canRunTogether(products)) {
      Parallel.run(products.size(), i -> matmul(products.get(i)));
    } else {
      products.forEach(this::matmul);
    }
  }

  /// Whether all are small and no two add to one buffer.
  private static boolean canRunTogether(List<Matmul> products) {
    for (int i = 0; i < products.size(); i++) {
      for (int before = 0; before < i; before++) {
        if (products.get(before).c() == products.get(i).c()) {
          return false;
        }
      }
      if (!isSmall(products.get(i).size())) {
        return false;
      }
    }
    return true;
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
      one(xs, 0, ws, 0, ys, 0, product, InitialValue.KEPT);
    } else {
      var start = row.length > 0 ? InitialValue.row(row) : InitialValue.ZEROS;
      one(xs, 0, ws, 0, ys, 0, product, start);
    }
  }

  private static void one(
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      Size size,
      InitialValue start) {
    int m = size.m();
    int k = size.k();
    int n = size.n();
    if (m == 0 || n == 0) {
      return;
    }
    // One row, or one number in each: then the two layouts of a factor are the same.
    boolean aInRows = !size.transposeA() || m == 1 || k == 1;
    boolean bInColumns = size.transposeB() || n == 1 || k == 1;
    if (m <= SkinnyProduct.ROWS && k > 0 && aInRows && bInColumns) {
      new SkinnyProduct(a, aStart, b, bStart, m, k, n).addTo(start, c, cStart);
    } else if (n == 1 && k > 0 && aInRows) { // a vector: its transpose is a single row
      start.write(0, c, cStart, n, m, n);
      new SkinnyProduct(b, bStart, a, aStart, 1, k, m).addTo(InitialValue.KEPT, c, cStart);
    } else {
      var left = new Matrix(a, aStart, size.transposeA() ? m : k, size.transposeA(), null);
      var right = new Matrix(b, bStart, size.transposeB() ? k : n, size.transposeB(), null);
      new BlockedProduct(left, right, c, cStart, m, k, n, start).run();
    }
  }
}
