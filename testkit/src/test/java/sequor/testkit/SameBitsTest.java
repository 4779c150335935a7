package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Ids;
import sequor.tensor.Recurrence;
import sequor.tensor.Recurrence.State;
import sequor.tensor.Recurrence.Weights;
import sequor.tensor.Seed;
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

  /// Windows overlap: on the way back several add into one place.
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
