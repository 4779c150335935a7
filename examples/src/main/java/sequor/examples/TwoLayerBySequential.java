package sequor.examples;

import static java.lang.Math.abs;
import static java.lang.Math.exp;
import static java.lang.Math.log;

import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Linear;
import sequor.nn.Losses;
import sequor.nn.NllLoss;
import sequor.nn.Reduction;
import sequor.nn.Sequential;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// The net of two layers, put together from ready-made layers, and every ready-made loss.
///
/// ```
/// p = Linear(ReLU(Linear(x)))      L = Σ (p − y)²
/// ```
///
/// A layer knows its parameters by name, so that the update is one loop over all of them.
///
/// Letters: N examples, D inputs, H hidden units, O outputs.
final class TwoLayerBySequential {
  private static final int N = 64;
  private static final int D = 1000;
  private static final int H = 100;
  private static final int O = 10;
  private static final int STEPS = 500;
  private static final float LEARNING_RATE = 1e-4f;

  static void main() {
    float[] losses = train();
    Claim.holds(losses[0] > 100, "the loss is above 100 at first: %g", losses[0]);
    Claim.holds(losses[STEPS - 1] < 1e-2, "the loss is below 0.01 at last: %g", losses[STEPS - 1]);
    everyLoss();
  }

  /// The loss at every step.
  static float[] train() {
    var random = new Seed(1).generator();
    var x = Tensor.randn(random, N, D);
    var y = Tensor.randn(random, N, O);
    var net =
        Sequential.of(
            new Linear(D, H, random), // (N,D) → (N,H)
            Activation.RELU,
            new Linear(H, O, random)); // (N,H) → (N,O)
    IO.print(net.summary());

    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      try (var tape = Tape.open()) {
        var loss = Losses.mse(net.forward(x), y, Reduction.SUM);
        losses[step] = loss.item();
        tape.backward(loss);
        Tape.noGrad(
            () -> {
              for (var w : net.parameters().values()) {
                w.assign(w.minus(w.grad().times(LEARNING_RATE)));
                w.clearGrad();
              }
            });
      }
      if (step == 0 || step % 100 == 99) {
        IO.println("step %3d   loss %.4g".formatted(step, losses[step]));
      }
    }
    return losses;
  }

  /// Each loss beside its formula, on numbers small enough to work out.
  static void everyLoss() {
    var x = Tensor.of(new float[] {0.5f, -1, 2});
    var y = Tensor.of(new float[] {0, 1, 1}); // x − y = 0.5, −2, 1
    show("MSE, sum", 0.25 + 4 + 1, Losses.mse(x, y, Reduction.SUM));
    show("MSE, mean", (0.25 + 4 + 1) / 3, Losses.mse(x, y, Reduction.MEAN));
    show("L1", (0.5 + 2 + 1) / 3, Losses.l1(x, y, Reduction.MEAN));
    // ½d² where d ≤ 1, else d − ½
    show("Huber", (0.125 + 1.5 + 0.5) / 3, Losses.huber(x, y, 1, Reduction.MEAN));
    // ln(1 + eˣ) − x·y
    double bce = log(1 + exp(0.5)) + (log(1 + exp(-1)) + 1) + (log(1 + exp(2)) - 2);
    show("BCE with logits", bce / 3, Losses.bceWithLogits(x, y, Reduction.MEAN));

    var scores = Tensor.of(new float[] {1, 2, 3, 1, 1, 1}, 2, 3); // two items, three classes
    var classes = Ids.of(new int[] {2, 0});
    // −ln of the share that eˣ of the right class has in the sum over the classes
    double crossEntropy = (-log(exp(3) / (exp(1) + exp(2) + exp(3))) - log(1 / 3.0)) / 2;
    show("cross-entropy", crossEntropy, new CrossEntropyLoss().of(scores, classes));
    show("log-softmax, then NLL", crossEntropy, new NllLoss().of(scores.logSoftmax(), classes));
  }

  private static void show(String name, double byHand, Tensor loss) {
    IO.println("%-22s by hand %.6f   ready-made %.6f".formatted(name, byHand, loss.item()));
    Claim.holds(abs(byHand - loss.item()) < 1e-6, "%s: %f", name, loss.item());
  }
}
