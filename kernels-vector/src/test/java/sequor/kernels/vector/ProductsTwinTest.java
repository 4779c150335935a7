package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Kernels;
import sequor.kernels.Products.Linear;
import sequor.kernels.Products.Matmul;
import sequor.kernels.Products.Places;
import sequor.kernels.Products.Size;

class ProductsTwinTest {
  /// Arrays.compare tells zeros of different signs apart.
  private static final Comparator<float[]> BITS = Arrays::compare;

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
  void matricesThatTakePartInManyProducts() {
    var places =
        new Places(new int[] {0, 1, 1, 0, 2}, new int[] {1, 0, 1, 1, 0}, new int[] {0, 1, 1, 1, 3});
    for (int[] sizes :
        new int[][] {{3, 5, 7}, {1, 9, 20}, {40, 16, 1}, {40, 0, 3}, {200, 170, 180}}) {
      int m = sizes[0];
      int k = sizes[1];
      int n = sizes[2];
      for (int bits = 0; bits < 8; bits++) {
        var size = new Size(0, m, k, n, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
        Twins.assertSame(
            "places " + size,
            2e-6 * Math.sqrt(k + 1) * 8,
            run -> {
              var a = run.floats(3 * m * k);
              var b = run.floats(2 * k * n);
              var c = run.floats(4 * m * n);
              run.kernels().products().matmul(a, b, c, size, places);
            });
      }
    }
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
  void linearLayersWithoutBias() {
    for (int rows : new int[] {1, 3, 5, 20}) {
      var size = Linear.of(rows, 20, 49);
      Twins.assertSame(
          "without bias " + size,
          1e-5,
          run -> {
            var products = run.kernels().products();
            var x = run.floats(rows * 20);
            var weight = run.floats(20 * 49);
            products.linear(x, weight, Floats.NONE, run.floats(rows * 49), size);
            products.linear(x, weight, Floats.NONE, run.floats(rows * 49), size.adding());
          });
    }
  }

  @Test
  void aRowHasTheSameBitsInEveryBatch() {
    for (int k : new int[] {1, 7, 64, 257, 600}) {
      for (int n : new int[] {1, 15, 18, 77}) {
        for (var kernels : List.of(Kernels.scalar(), Twins.VECTOR)) {
          assertRowsOfTheirOwn(kernels, k, n, 2);
          assertRowsOfTheirOwn(kernels, k, n, 1e-22f); // products that are less than any number
        }
      }
    }
  }

  /// In each layout of the right factor, added to nothing, to zeros with a sign, and to a bias.
  private static void assertRowsOfTheirOwn(Kernels kernels, int k, int n, float size) {
    int most = 100;
    var random = new Random(k * 1000 + n);
    var a = numbers(random, most * k, size);
    var b = numbers(random, k * n, size);
    var bias = numbers(random, n, size);
    Arrays.fill(bias, 0, (n + 1) / 2, -0f);
    for (int layout = 0; layout < 6; layout++) {
      float[] all = rows(kernels, layout, a, b, bias, most, k, n);
      for (int rows : new int[] {1, 2, 3, 4, 5, 8, 64}) {
        for (int first : new int[] {0, most - rows}) {
          float[] some = Arrays.copyOfRange(a, first * k, (first + rows) * k);
          assertThat(rows(kernels, layout, some, b, bias, rows, k, n))
              .as("%s: %d rows of %d, (%d,%d), layout %d", kernels.name(), rows, most, k, n, layout)
              .usingComparator(BITS)
              .isEqualTo(Arrays.copyOfRange(all, first * n, (first + rows) * n));
        }
      }
    }
  }

  private static float[] rows(
      Kernels kernels, int layout, float[] a, float[] b, float[] bias, int m, int k, int n) {
    float[] c = new float[m * n];
    Arrays.fill(c, -0f);
    var size = Size.of(m, k, n);
    if (layout == 4 || layout == 5) {
      var linear = Linear.of(m, k, n);
      var result = new HeapFloats(c);
      kernels
          .products()
          .linear(
              new HeapFloats(a),
              new HeapFloats(b),
              new HeapFloats(bias),
              result,
              layout == 5 ? linear.adding() : linear);
    } else {
      size = (layout & 1) != 0 ? size.transposingB() : size;
      size = (layout & 2) != 0 ? size.adding() : size;
      kernels.products().matmul(new HeapFloats(a), new HeapFloats(b), new HeapFloats(c), size);
    }
    return c;
  }

  private static float[] numbers(Random random, int length, float size) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = size * (2 * random.nextFloat() - 1);
    }
    return numbers;
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
