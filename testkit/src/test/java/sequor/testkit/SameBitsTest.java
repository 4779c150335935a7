package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Ids;
import sequor.tensor.Recurrence;
import sequor.tensor.Recurrence.State;
import sequor.tensor.Recurrence.Weights;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// The same seed gives the same bits, for any number of threads.
class SameBitsTest {

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    int before = Parallel.threads();
    try {
      Parallel.threads(1);
      var one = new Step().run();
      assertThat(one).hasSize(7);
      for (int threads = 2; threads <= 3; threads++) {
        Parallel.threads(threads);
        var more = new Step().run();
        for (int i = 0; i < one.size(); i++) {
          Twins.assertSameBits(one.get(i), more.get(i));
        }
      }
    } finally {
      Parallel.threads(before);
    }
  }

  /// So many windows that they are cut into tasks; a convolution is the product of unfolded rows.
  @Test
  void aConvolutionOfManyWindows() {
    for (int[] dims : new int[][] {{2, 4000, 33}, {70, 90, 40}}) {
      var random = new Generators(7);
      var x = random.tensor(dims).requiresGrad(true);
      var weight = random.tensorBetween(-0.1f, 0.1f, 8, dims[2], 5).requiresGrad(true);
      var bias = random.tensor(8).requiresGrad(true);
      int windows = (dims[1] + 4 - 5) / 2 + 1;
      var weights = random.tensor(dims[0], windows, 8);
      int before = Parallel.threads();
      try {
        var all = new ArrayList<List<Tensor>>();
        for (int threads : new int[] {1, 2, 3, 7}) {
          Parallel.threads(threads);
          all.add(
              gradients(List.of(x, weight, bias), () -> x.conv1d(weight, bias, 2, 2, 1), weights));
        }
        for (int run = 1; run < all.size(); run++) {
          for (int i = 0; i < 4; i++) {
            Twins.assertSameBits(all.getFirst().get(i), all.get(run).get(i));
          }
        }
        var composed =
            gradients(List.of(x, weight, bias), () -> composed(x, weight, bias), weights);
        for (int i = 0; i < 4; i++) {
          Twins.assertClose(composed.get(i), all.getFirst().get(i), dims[0] * windows);
        }
      } finally {
        Parallel.threads(before);
      }
    }
  }

  private static Tensor composed(Tensor x, Tensor weight, Tensor bias) {
    var rim = Tensor.zeros(x.dim(0), 2, x.dim(2));
    var windows = Tensor.concat(1, List.of(rim, x, rim)).unfold(1, 5, 2); // (B,T',D,K)
    return windows.flatten(2, 3).linear(weight.flatten(1, 2), bias); // (B,T',O)
  }

  private static List<Tensor> gradients(
      List<Tensor> leaves, Supplier<Tensor> forward, Tensor weights) {
    leaves.forEach(Tensor::clearGrad);
    var results = new ArrayList<Tensor>();
    try (var tape = Tape.open()) {
      var y = forward.get();
      results.add(y.copy());
      tape.backward(y.times(weights).sum());
    }
    leaves.forEach(leaf -> results.add(leaf.grad()));
    return results;
  }

  /// Windows overlap: in backward several add into one place.
  @Test
  void windowsAreAddedBackInOneOrder() {
    var random = new Generators(6);
    var x = random.tensor(4, 600, 32).requiresGrad(true);
    var weights = random.tensor(4, 596, 32, 5);
    int before = Parallel.threads();
    try {
      Tensor one = null;
      for (int threads : new int[] {1, 2, 3, 7}) {
        Parallel.threads(threads);
        x.clearGrad();
        try (var tape = Tape.open()) {
          tape.backward(x.unfold(1, 5, 1).times(weights).sum());
        }
        one = one == null ? x.grad() : one;
        Twins.assertSameBits(one, x.grad());
      }
    } finally {
      Parallel.threads(before);
    }
  }

  /// A step of a model large enough to be cut into several tasks.
  private static final class Step {
    private static final int BATCH = 48;
    private static final int STEPS = 9;
    private static final int INPUT = 65;
    private static final int HIDDEN = 130;

    private final Generators random = new Generators(5);
    private final Tensor table = parameter(300, INPUT);
    private final Weights weights =
        new Weights(
            parameter(4 * HIDDEN, INPUT),
            parameter(4 * HIDDEN, HIDDEN),
            parameter(4 * HIDDEN),
            parameter(4 * HIDDEN));
    private final Tensor output = parameter(300, HIDDEN);
    private final Ids ids = random.ids(300, BATCH, STEPS);

    private Tensor parameter(int... dims) {
      return random.tensorBetween(-0.2f, 0.2f, dims).requiresGrad(true);
    }

    List<Tensor> run() {
      var results = new ArrayList<Tensor>();
      var spans = random.spans(BATCH, STEPS);
      var zero = Tensor.zeros(BATCH, HIDDEN);
      try (var tape = Tape.open(new Seed(3).generator())) {
        var x = table.embedding(ids).dropout(0.2f);
        var read = Recurrence.run(Cell.LSTM, x, weights, new State(zero, zero), spans, false);
        var logits = read.hidden().linear(output, Tensor.zeros(300));
        var loss = logits.crossEntropy(ids).plus(read.last().c().square().mean());
        tape.backward(loss);
        results.add(loss.copy());
      }
      var parameters =
          List.of(
              table,
              weights.inputs(),
              weights.hidden(),
              weights.inputBias(),
              weights.hiddenBias(),
              output);
      parameters.forEach(parameter -> results.add(parameter.grad()));
      return results;
    }
  }
}
