package sequor.examples;

import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Layer;
import sequor.nn.Linear;
import sequor.nn.Losses;
import sequor.nn.Parts;
import sequor.nn.Reduction;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Sgd;

/// The net of two layers as a module of one's own.
///
/// A module is a record of what it is made of. It says the names of its parts, and a `forward` that
/// computes with them; parameters, counts, the summary, learning and saving follow from the parts.
///
/// Letters: N examples, D inputs, H hidden units, O outputs.
final class CustomModule {
  private static final int STEPS = 500;

  /// `p = W₂·max(W₁·x + b₁, 0) + b₂`
  record TwoLayerNet(Linear first, Linear second) implements Layer {
    TwoLayerNet(int inputSize, int hiddenSize, int outputSize, RandomGenerator random) {
      this(new Linear(inputSize, hiddenSize, random), new Linear(hiddenSize, outputSize, random));
    }

    @Override
    public Tensor forward(Tensor x) {
      var h = first.forward(x).relu(); // (N,H)
      return second.forward(h); // (N,O)
    }

    @Override
    public Parts parts() {
      return Parts.of("first", first).and("second", second);
    }
  }

  static void main() {
    float[] losses = train();
    Claim.holds(losses[STEPS - 1] < 1e-2, "the loss is below 0.01 at last: %g", losses[STEPS - 1]);
  }

  /// The loss at every step.
  static float[] train() {
    var random = new Seed(1).generator();
    var x = Tensor.randn(random, 64, 1000); // (N,D)
    var y = Tensor.randn(random, 64, 10); // (N,O)
    var net = new TwoLayerNet(1000, 100, 10, random);
    var sgd = new Sgd(net.parameters(), 1e-4f);
    IO.print(net.summary());
    IO.println("parameters: " + net.parameters().keySet());

    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      try (var tape = Tape.open()) {
        var loss = Losses.mse(net.forward(x), y, Reduction.SUM);
        losses[step] = loss.item();
        tape.backward(loss);
        sgd.step();
      }
      if (step == 0 || step % 100 == 99) {
        IO.println("step %3d   loss %.4g".formatted(step, losses[step]));
      }
    }
    return losses;
  }
}
