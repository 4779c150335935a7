package sequor.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.kernels.Floats;
import sequor.kernels.Products;

/// Matrix products: two square ones, and the three around an LSTM layer of B=64, T=40, D=256,
/// H=512.
public class MatmulSpeed extends Speed {
  /// m, k, n, and which factors are transposed.
  @Param({
    "256 256 256 NN",
    "512 512 512 NN",
    "2560 256 2048 NT",
    "2048 2560 256 TN",
    "2560 2048 256 NN",
    "1 512 2048 NT"
  })
  private String shape = "";

  private Products.Size size = Products.Size.of(0, 0, 0);
  private Floats a = NONE;
  private Floats b = NONE;
  private Floats c = NONE;

  /// For JMH.
  public MatmulSpeed() {}

  @Setup
  public void fill() {
    String[] words = shape.split(" ", -1);
    int m = Integer.parseInt(words[0]);
    int k = Integer.parseInt(words[1]);
    int n = Integer.parseInt(words[2]);
    boolean transposeA = words[3].startsWith("T");
    boolean transposeB = words[3].endsWith("T");
    size = new Products.Size(1, m, k, n, transposeA, transposeB, false);
    a = random(m * k, 1);
    b = random(k * n, 1);
    c = zeros(m * n);
  }

  @Benchmark
  public Floats matmul() {
    bound().products().matmul(a, b, c, size);
    return c;
  }
}
