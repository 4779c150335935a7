package sequor.kernels.vector;

import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.kernels.Products.Linear;
import sequor.kernels.Products.Matmul;
import sequor.kernels.Products.Size;

class ProductsTwinTest {
  private static final int[] SMALL = {1, 2, 3, 5, 8, 13, 17, 33, 50};

  @Test
  void smallSizesInEveryLayout() {
    for (int m : SMALL) {
      for (int k : SMALL) {
        for (int n : SMALL) {
          assertSame(1, m, k, n);
        }
      }
    }
  }

  @Test
  void everySizeOnEachAxis() {
    for (int size : Twins.SIZES) {
      assertSame(1, size, 20, 30);
      assertSame(1, 20, size, 30);
      assertSame(1, 20, 30, size);
    }
  }

  @Test
  void severalBlocksAndSlabs() {
    assertSame(1, 207, 300, 256);
    assertSame(1, 97, 2100, 50); // deeper than a slab
    assertSame(1, 9, 2100, 600); // and wider
    assertSame(1, 3, 700, 1000);
  }

  @Test
  void batches() {
    assertSame(2, 3, 5, 7);
    assertSame(7, 40, 16, 40);
    assertSame(200, 13, 17, 31);
    assertSame(2, 160, 170, 180);
  }

  @Test
  void emptyAxes() {
    assertSame(1, 0, 3, 4);
    assertSame(1, 3, 0, 4);
    assertSame(1, 3, 4, 0);
    assertSame(0, 3, 4, 5);
  }

  @Test
  void linearLayers() {
    for (int rows : new int[] {0, 1, 3, 5, 20, 97, 207}) {
      for (int[] sizes : new int[][] {{1, 1}, {7, 50}, {300, 64}, {20, 49}, {13, 0}, {0, 4}}) {
        var size = Linear.of(rows, sizes[0], sizes[1]);
        Twins.assertSame(
            size.toString(),
            2e-6 * Math.sqrt(size.in() + 1) * 4,
            run -> {
              var products = run.kernels().products();
              var x = run.floats(rows * size.in());
              var weight = run.floats(size.out() * size.in());
              var bias = run.floats(size.out());
              products.linear(x, weight, bias, run.floats(rows * size.out()), size);
              products.linear(x, weight, bias, run.floats(rows * size.out()), size.adding());
            });
      }
    }
  }

  @Test
  void severalAtATime() {
    for (int n : new int[] {3, 60, 200}) { // too small, small, and not small, for a thread each
      var size = Size.of(n, n, n).transposingA().adding();
      Twins.assertSame(
          "two of " + n,
          2e-6 * Math.sqrt(n + 1) * 4,
          run -> {
            var a = run.floats(n * n);
            var first = new Matmul(a, run.floats(n * n), run.floats(n * n), size);
            var second = new Matmul(a, run.floats(n * n), run.floats(n * n), size);
            var again = new Matmul(a, second.b(), first.c(), size);
            run.kernels().products().matmuls(List.of(first, second));
            run.kernels().products().matmuls(List.of(first, again)); // into the same place
          });
    }
  }

  private static void assertSame(int batch, int m, int k, int n) {
    for (int bits = 0; bits < 8; bits++) {
      var size = new Size(batch, m, k, n, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
      Twins.assertSame(
          size.toString(),
          2e-6 * Math.sqrt(k + 1) * 4,
          run -> {
            var a = run.floats(batch * m * k);
            var b = run.floats(batch * k * n);
            var c = run.floats(batch * m * n);
            run.kernels().products().matmul(a, b, c, size);
          });
    }
  }
}
