package sequor.examples;

import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Linear;
import sequor.nn.Losses;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Reduction;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Sgd;

/// A net whose depth is drawn anew at every step, with one set of weights for all its middle
/// layers.
///
/// ```
/// h₀ = max(A·x + a, 0)      hₖ₊₁ = max(M·hₖ + m, 0), 0 to 3 times      p = C·h + c
/// ```
///
/// The tape records what ran, so an `if` or a `for` needs nothing special. Weights that were used
/// three times get the sum of three gradients; weights that were not used get none, and the
/// optimizer leaves them alone.
///
/// Letters: N examples, D inputs, H hidden units, O outputs.
final class ControlFlow {
  private static final int STEPS = 500;

  /// A net that applies its middle layer as often as it is told.
  record DynamicNet(Linear input, Linear middle, Linear output) implements NnModule {
    DynamicNet(int inputSize, int hiddenSize, int outputSize, RandomGenerator random) {
      this(
          new Linear(inputSize, hiddenSize, random),
          new Linear(hiddenSize, hiddenSize, random),
          new Linear(hiddenSize, outputSize, random));
    }

    Tensor forward(Tensor x, int times) {
      var h = input.forward(x).relu(); // (N,H)
      for (int i = 0; i < times; i++) {
        h = middle.forward(h).relu(); // (N,H), the same weights each time
      }
      return output.forward(h); // (N,O)
    }

    @Override
    public Parts parts() {
      return Parts.of("input", input).and("middle", middle).and("output", output);
    }
  }

  static void main() {
    float[] losses = train();
    double first = mean(losses, 0, 20);
    double last = mean(losses, STEPS - 20, STEPS);
    IO.println("mean loss of the first 20 steps %.2f, of the last 20 %.4f".formatted(first, last));
    Claim.holds(last < first / 50, "the loss falls to a fiftieth: %g of %g", last, first);
  }

  /// The loss at every step.
  static float[] train() {
    var random = new Seed(1).generator();
    var x = Tensor.randn(random, 64, 1000); // (N,D)
    var y = Tensor.randn(random, 64, 10); // (N,O)
    var net = new DynamicNet(1000, 100, 10, random);
    var sgd = new Sgd(net.parameters(), Sgd.Config.of(1e-4f).withMomentum(0.9f));

    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      int times = random.nextInt(4); // 0 to 3
      try (var tape = Tape.open()) {
        var loss = Losses.mse(net.forward(x, times), y, Reduction.SUM);
        losses[step] = loss.item();
        tape.backward(loss);
        sgd.step();
      }
      if (step % 50 == 0) {
        IO.println("step %3d   %d middle   loss %9.4f".formatted(step, times, losses[step]));
      }
    }
    return losses;
  }

  private static double mean(float[] losses, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += losses[i];
    }
    return sum / (to - from);
  }
}
