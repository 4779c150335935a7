package sequor.examples;

import sequor.Seed;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// The net of [TwoLayerByHand], its gradients found by a tape.
///
/// While a [Tape] is open it writes down every operation that depends on a tensor that requires a
/// gradient. [Tape#backward] then walks that list from the loss back to the weights and applies the
/// chain rule at each step: reverse-mode automatic differentiation (Baydin et al. 2018, "Automatic
/// differentiation in machine learning: a survey", section 3.2).
///
/// Letters: N examples, D inputs, H hidden units, O outputs.
final class TwoLayerByAutograd {
  private static final int N = 64;
  private static final int D = 1000;
  private static final int H = 100;
  private static final int O = 10;
  private static final int STEPS = 500;
  private static final float LEARNING_RATE = 1e-6f;

  static void main() {
    float[] losses = train();
    Claim.holds(losses[0] > 1e7, "the loss is above 1e7 at first: %g", losses[0]);
    Claim.holds(losses[STEPS - 1] < 1e-2, "the loss is below 0.01 at last: %g", losses[STEPS - 1]);
  }

  /// The loss at every step.
  static float[] train() {
    var random = new Seed(1).generator();
    var x = Tensor.randn(random, N, D);
    var y = Tensor.randn(random, N, O);
    var w1 = Tensor.randn(random, D, H).requiresGrad(true);
    var w2 = Tensor.randn(random, H, O).requiresGrad(true);

    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      try (var tape = Tape.open()) { // no tape, no gradient
        var p = x.matmul(w1).relu().matmul(w2); // (N,O)
        var loss = p.minus(y).square().sum(); // ()
        losses[step] = loss.item();
        tape.backward(loss);

        // The update is no part of what is differentiated.
        Tape.noGrad(
            () -> {
              w1.assign(w1.minus(w1.grad().times(LEARNING_RATE)));
              w2.assign(w2.minus(w2.grad().times(LEARNING_RATE)));
            });
        // Gradients are added up until they are cleared; without this, step 2 would apply step 1's
        // again.
        w1.clearGrad();
        w2.clearGrad();
      }
      if (step == 0 || step % 100 == 99) {
        IO.println("step %3d   loss %.4g".formatted(step, losses[step]));
      }
    }
    return losses;
  }
}
