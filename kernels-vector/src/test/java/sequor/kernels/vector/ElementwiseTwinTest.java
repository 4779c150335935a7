package sequor.kernels.vector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.Binary;
import sequor.kernels.Broadcast;
import sequor.kernels.Elementwise.Dropout;
import sequor.kernels.HeapFloats;
import sequor.kernels.Unary;

class ElementwiseTwinTest {
  private static final int LONG = 70_001; // several ranges

  @ParameterizedTest
  @EnumSource
  void unary(Unary f) {
    for (int n : Twins.SIZES) {
      assertSame(f, n, 9);
    }
    assertSame(f, LONG, 120);
    assertSame(f, LONG, 1e5f); // too far for the short reduction of sine and cosine
  }

  /// The curves are the same steps in both, so they agree to the last bit.
  private static void assertSame(Unary f, int n, float reach) {
    boolean ofPositive = f == Unary.LOG || f == Unary.SQRT || f == Unary.RSQRT;
    float low = ofPositive ? 1e-3f : f == Unary.LOG1P ? -0.999f : -reach;
    Twins.assertSame(
        "%s of %d".formatted(f, n),
        0,
        run -> {
          var x = run.floats(n, low, reach);
          var y = run.floats(n);
          run.kernels().elementwise().unary(f, x, y, n);
          run.kernels().elementwise().unary(f, x, x, n);
        });
    Twins.assertSame(
        "backward of %s of %d".formatted(f, n),
        1e-6,
        run -> {
          var x = run.floats(n, low, 9);
          var y = run.floats(n);
          var dy = run.floats(n);
          var dx = run.floats(n);
          run.kernels().elementwise().unary(f, x, y, n);
          run.kernels().elementwise().unaryBackward(f, x, y, dy, dx, n);
        });
  }

  @ParameterizedTest
  @EnumSource
  void unaryAtTheEndsOfTheLine(Unary f) {
    float inf = Float.POSITIVE_INFINITY;
    float[] ends = {
      inf,
      -inf,
      Float.NaN,
      0,
      -0f,
      1e-30f,
      -1e-30f,
      1e-42f,
      88.5f,
      88.9f,
      -88.9f,
      -103,
      3e38f,
      -3e38f,
      -1,
      -0.5f,
      0.5f,
      1.5f,
      2.5f,
      8388607.5f,
      8388609,
      32767.5f,
      32769,
      -1e30f,
      3.9f,
      -13.5f
    };
    Twins.assertSame(
        f.toString(),
        0,
        run -> {
          var y = run.floats(ends.length);
          run.kernels().elementwise().unary(f, new HeapFloats(ends.clone()), y, ends.length);
          var dx = run.floats(ends.length);
          var ones = new HeapFloats(new float[ends.length]);
          run.kernels().elementwise().fill(ones, 1, ends.length);
          run.kernels()
              .elementwise()
              .unaryBackward(f, new HeapFloats(ends.clone()), y, ones, dx, ends.length);
        });
  }

  @ParameterizedTest
  @EnumSource
  void binary(Binary f) {
    for (int n : Twins.SIZES) {
      assertSame(f, new int[] {n}, new int[] {n});
      assertSame(f, new int[] {3, n}, new int[] {n});
      assertSame(f, new int[] {3, n}, new int[] {3, 1});
      assertSame(f, new int[] {n}, new int[] {2, 3, 1});
      assertSame(f, new int[] {2, 1, n}, new int[] {3, 1});
      assertSame(f, new int[] {n, 3}, new int[] {1});
    }
    assertSame(f, new int[] {LONG}, new int[] {LONG});
    assertSame(f, new int[] {300, 207}, new int[] {207});
    assertSame(f, new int[] {LONG}, new int[] {});
    assertSame(f, new int[] {}, new int[] {LONG});
    assertSame(f, new int[] {2, LONG}, new int[] {2, 1});
  }

  private static void assertSame(Binary f, int[] a, int[] b) {
    var size = Broadcast.of(a, b);
    Twins.assertSame(
        f + " of " + java.util.Arrays.toString(a) + java.util.Arrays.toString(b),
        0,
        run -> {
          var x = run.floats(product(a));
          var y = run.floats(product(b));
          run.kernels().elementwise().binary(f, x, y, run.floats(size.size()), size);
        });
  }

  @ParameterizedTest
  @EnumSource
  void binaryAtTheEndsOfTheLine(Binary f) {
    float inf = Float.POSITIVE_INFINITY;
    float[] ends = {inf, -inf, Float.NaN, 0, -0f, 1, -1, 2.5f, -2, 1e-40f, 3e38f};
    int n = ends.length * ends.length;
    float[] a = new float[n];
    float[] b = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = ends[i / ends.length];
      b[i] = ends[i % ends.length];
    }
    var size = Broadcast.of(new int[] {n}, new int[] {n});
    Twins.assertSame(
        f + " of pairs",
        0,
        run ->
            run.kernels()
                .elementwise()
                .binary(f, new HeapFloats(a), new HeapFloats(b), run.floats(n), size));
  }

  private static int product(int[] dims) {
    int product = 1;
    for (int dim : dims) {
      product *= dim;
    }
    return product;
  }

  @Test
  void theOthers() {
    for (int n : Twins.SIZES) {
      assertSame(n);
    }
    assertSame(LONG);
  }

  private static void assertSame(int n) {
    Twins.assertSame(
        "others of " + n,
        0,
        run -> {
          var kernels = run.kernels().elementwise();
          var a = run.floats(n);
          var b = run.floats(n);
          kernels.affine(a, run.floats(n), 2, -0.3f, n);
          kernels.addScaled(a, run.floats(n), 0.7f, n);
          kernels.addProduct(a, b, run.floats(n), n);
          kernels.clamp(a, run.floats(n), -0.5f, 1, n);
          var mask = run.floats(n);
          kernels.clamp(mask, mask, 0, 1, n);
          kernels.where(mask, a, b, run.floats(n), n);
          kernels.fill(run.floats(n), 5, n);
          var drawn = new Dropout(n, 0.4f, 77);
          kernels.dropout(a, run.floats(n), drawn);
          kernels.dropoutBackward(a, run.floats(n), drawn);
        });
  }
}
