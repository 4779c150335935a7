package sequor.speed;

import java.util.List;
import java.util.Random;
import sequor.kernels.Floats;
import sequor.kernels.Kernels;
import sequor.kernels.Products;

/// A matrix product `op(a) · op(b)`, (m,k) · (k,n) → (m,n), by its sizes alone.
public record MatrixProduct(int m, int n, int k, Layout layout) {

  /// Which factors lie transposed in memory, as BLAS names it.
  public enum Layout {
    /// `a · b`, what a layer's weights of shape (in,out) would need.
    NN,
    /// `a · bᵀ`, a linear layer forward.
    NT,
    /// `aᵀ · b`, the gradient of its weights.
    TN,
    /// `aᵀ · bᵀ`.
    TT;

    boolean transposesA() {
      return this == TN || this == TT;
    }

    boolean transposesB() {
      return this == NT || this == TT;
    }
  }

  public MatrixProduct {
    Limits.atLeastOne("m", m);
    Limits.atLeastOne("n", n);
    Limits.atLeastOne("k", k);
    var rows = new Limits.Size("m", m);
    var columns = new Limits.Size("n", n);
    var depth = new Limits.Size("k", k);
    Limits.fits(rows, depth);
    Limits.fits(depth, columns);
    Limits.fits(rows, columns);
  }

  /// The product in every layout.
  public static List<MatrixProduct> everyLayout(int m, int n, int k) {
    return List.of(Layout.values()).stream()
        .map(layout -> new MatrixProduct(m, n, k, layout))
        .toList();
  }

  /// Two for every multiply-add.
  public double operations() {
    return 2.0 * m * n * k;
  }

  /// The product of random factors, to be run again and again.
  public Runnable work() {
    return work(Kernels.best().memory().floats(m * n));
  }

  /// The same, into `c` (M,N).
  Runnable work(Floats c) {
    var kernels = Kernels.best();
    var random = new Random(1);
    var a = floats(kernels, numbers(random, m * k));
    var b = floats(kernels, numbers(random, k * n));
    var size = new Products.Size(1, m, k, n, layout.transposesA(), layout.transposesB(), false);
    return () -> kernels.products().matmul(a, b, c, size);
  }

  /// The first row of what [#work] computes, (N).
  public float[] firstRow() {
    var c = Kernels.best().memory().floats(m * n);
    work(c).run();
    float[] row = new float[n];
    for (int i = 0; i < n; i++) {
      row[i] = c.get(i);
    }
    return row;
  }

  /// The factors that [#work] multiplies, as they lie in memory: M·K numbers and K·N.
  public float[][] factors() {
    var random = new Random(1);
    return new float[][] {numbers(random, m * k), numbers(random, k * n)};
  }

  private static float[] numbers(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static Floats floats(Kernels kernels, float[] numbers) {
    var values = kernels.memory().floats(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      values.set(i, numbers[i]);
    }
    return values;
  }
}
