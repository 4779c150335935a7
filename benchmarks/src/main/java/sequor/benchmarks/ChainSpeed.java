package sequor.benchmarks;

import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.kernels.Chains;
import sequor.kernels.Floats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Span;

/// A linear-chain conditional random field over sentences: what the loss, its gradients and the
/// best paths of a batch cost. 17 are the universal parts of speech, 450 the fine ones of Korean.
public class ChainSpeed extends Speed {
  /// B, T, N.
  @Param({"32 25 17", "32 25 50", "32 25 450"})
  private String sizes = "";

  private Chains.Scores scores =
      new Chains.Scores(NONE, NONE, NONE, NONE, new HeapInts(new int[0]));
  private Chains.Gradients gradients = new Chains.Gradients(NONE, NONE, NONE, NONE);
  private Chains.Size size = new Chains.Size(0, 0, 0);
  private Span span = new Span(new HeapInts(new int[0]), new HeapInts(new int[0]));
  private Floats sums = NONE;
  private Floats losses = NONE;
  private Floats ones = NONE;
  private HeapInts paths = new HeapInts(new int[0]);

  /// For JMH.
  public ChainSpeed() {}

  @Setup
  public void fill() {
    int[] dims = Arrays.stream(sizes.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    int places = dims[0] * dims[1];
    int n = dims[2];
    size = new Chains.Size(dims[0], dims[1], n);
    int[] tags = new Random(1).ints(places, 0, n).toArray();
    scores =
        new Chains.Scores(
            random(places * n, 5),
            random(n * n, 1),
            random(n, 1),
            random(n, 1),
            new HeapInts(tags));
    gradients = new Chains.Gradients(zeros(places * n), zeros(n * n), zeros(n), zeros(n));
    sums = zeros(places * n);
    losses = zeros(dims[0]);
    ones = random(dims[0], 1);
    paths = new HeapInts(new int[places]);
    int[] ends = new int[dims[0]];
    Arrays.fill(ends, dims[1]);
    span = new Span(bound().memory().ints(dims[0]), bound().memory().ints(ends));
    forward();
  }

  @Benchmark
  public Floats forward() {
    bound().chains().forward(scores, sums, losses, span, size);
    return losses;
  }

  @Benchmark
  public Floats backward() {
    bound().chains().backward(scores, sums, ones, gradients, span, size);
    return gradients.transitions();
  }

  @Benchmark
  public Floats best() {
    bound().chains().best(scores, paths, losses, span, size);
    return losses;
  }
}
