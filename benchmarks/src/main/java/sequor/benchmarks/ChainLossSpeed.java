package sequor.benchmarks;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
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
import sequor.kernels.Parallel;
import sequor.tensor.Ids;
import sequor.tensor.LinearChain;
import sequor.tensor.LinearChain.Scores;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// The loss of a linear chain and its gradients, fused and made of plain ops: what a step of
/// training pays for a conditional random field.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChainLossSpeed {
  /// B, T, N.
  @Param({"32 25 17", "32 25 50"})
  private String sizes = "";

  @Param({"1", "2"})
  private int threads = 1;

  private Tensor emissions = Tensor.zeros(0);
  private Scores scores = new Scores(emissions, emissions, emissions);
  private Ids tags = Ids.of(new int[0]);
  private Spans spans = Spans.full(0, 0);

  /// For JMH.
  public ChainLossSpeed() {}

  @Setup
  public void fill() {
    Parallel.threads(threads);
    int[] dims = Arrays.stream(sizes.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    int n = dims[2];
    var random = new Random(1);
    emissions = Tensor.randn(random, dims).requiresGrad(true);
    scores = new Scores(parameter(random, n, n), parameter(random, n), parameter(random, n));
    tags = Ids.of(random.ints((long) dims[0] * dims[1], 0, n).toArray(), dims[0], dims[1]);
    spans = Spans.full(dims[0], dims[1]);
  }

  private static Tensor parameter(Random random, int... dims) {
    return Tensor.uniform(random, -1, 1, dims).requiresGrad(true);
  }

  @Benchmark
  public float fused() {
    try (var tape = Tape.open()) {
      return learn(tape, LinearChain.negativeLogLikelihood(emissions, tags, scores, spans));
    }
  }

  @Benchmark
  public float composed() {
    try (var tape = Tape.open()) {
      int steps = emissions.dim(1);
      var path = pick(scores.start(), tags.select(1, 0)); // (B)
      var a = scores.start().plus(emissions.select(1, 0)); // (B,N)
      for (int t = 0; t < steps; t++) {
        var now = tags.select(1, t);
        path = path.plus(emissions.select(1, t).gather(1, now.unsqueeze(1)).squeeze(1));
        if (t > 0) {
          var before = scores.transitions().indexSelect(0, tags.select(1, t - 1)); // (B,N)
          path = path.plus(before.gather(1, now.unsqueeze(1)).squeeze(1));
          var into = a.unsqueeze(2).plus(scores.transitions()); // (B,N,N)
          a = into.logSumExp(1).plus(emissions.select(1, t));
        }
      }
      path = path.plus(pick(scores.end(), tags.select(1, steps - 1)));
      return learn(tape, a.plus(scores.end()).logSumExp(1).minus(path));
    }
  }

  private static Tensor pick(Tensor scores, Ids tags) {
    return scores.indexSelect(0, tags);
  }

  private float learn(Tape tape, Tensor losses) {
    var loss = losses.sum();
    tape.backward(loss);
    emissions.clearGrad();
    scores.transitions().clearGrad();
    scores.start().clearGrad();
    scores.end().clearGrad();
    return loss.item();
  }
}
