package sequor.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import sequor.kernels.Floats;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;

/// What the benchmarks share: which kernels, how many threads, and buffers of random numbers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class Speed {
  /// What stands in a field until the benchmark's own setup.
  protected static final Floats NONE = Floats.NONE;

  @Param({"scalar", "vector"})
  protected String kernels = "vector";

  @Param({"1", "2"})
  protected int threads = 1;

  private final Random random = new Random(1);

  /// For the benchmarks below.
  protected Speed() {}

  @Setup
  public void threads() {
    Parallel.threads(threads);
  }

  protected final Kernels bound() {
    return kernels.equals("scalar") ? Kernels.scalar() : Kernels.best();
  }

  /// Numbers between −`reach` and `reach`.
  protected final Floats random(int n, float reach) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (2 * random.nextFloat() - 1) * reach;
    }
    var floats = bound().memory().floats(n);
    floats.write(values);
    return floats;
  }

  protected final Floats zeros(int n) {
    return bound().memory().floats(n);
  }
}
