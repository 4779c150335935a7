package sequor.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.kernels.Floats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Scans;

/// A linear recurrence, which takes as long as reading and writing its numbers: forward 12 bytes of
/// each, backward 28.
public class ScanSpeed extends Speed {
  /// B, T, H.
  @Param({"8 2048 256", "1 16384 256", "64 40 512"})
  private String sizes = "";

  private Floats a = NONE;
  private Floats b = NONE;
  private Floats initial = NONE;
  private Floats hidden = NONE;
  private Scans.LinearGradients gradients = new Scans.LinearGradients(NONE, NONE, NONE);
  private Scans.Size size = new Scans.Size(0, 0, 0, false);
  private Span span = new Span(new HeapInts(new int[0]), new HeapInts(new int[0]));

  /// For JMH.
  public ScanSpeed() {}

  @Setup
  public void fill() {
    int[] dims = Arrays.stream(sizes.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    size = new Scans.Size(dims[0], dims[1], dims[2], false);
    int n = dims[0] * dims[1] * dims[2];
    a = random(n, 1);
    b = random(n, 1);
    initial = zeros(dims[0] * dims[2]);
    hidden = zeros(n);
    gradients = new Scans.LinearGradients(zeros(n), zeros(n), zeros(dims[0] * dims[2]));
    int[] ends = new int[dims[0]];
    Arrays.fill(ends, dims[1]);
    span = new Span(bound().memory().ints(dims[0]), bound().memory().ints(ends));
    forward();
  }

  @Benchmark
  public Floats forward() {
    bound().scans().linear(a, b, initial, hidden, span, size);
    return hidden;
  }

  @Benchmark
  public Floats backward() {
    bound().scans().linearBackward(a, initial, hidden, b, gradients, span, size);
    return gradients.a();
  }
}
