package sequor.examples;

import sequor.Seed;
import sequor.tensor.Tensor;

/// A net of two layers that learns 64 random answers by heart; its gradients are worked out by
/// hand.
///
/// ```
/// h = x·W₁      z = max(h, 0)      p = z·W₂      L = Σ (p − y)²
/// ```
///
/// The chain rule, read from the loss backwards, gives the slope of L for every number on the way
/// (Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors").
/// `dp` is short for `∂L/∂p`:
///
/// ```
/// dp  = 2 (p − y)
/// dW₂ = zᵀ·dp       dz = dp·W₂ᵀ
/// dW₁ = xᵀ·dh       dh = dz · [h > 0]
/// ```
///
/// Only plain tensors are used here. [TwoLayerByAutograd] is the same without the last four lines.
///
/// Letters: N examples, D inputs, H hidden units, O outputs.
final class TwoLayerByHand {
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
    var w1 = Tensor.randn(random, D, H);
    var w2 = Tensor.randn(random, H, O);

    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      var h = x.matmul(w1); // (N,H)
      var z = h.relu(); // (N,H)
      var p = z.matmul(w2); // (N,O)
      losses[step] = p.minus(y).square().sum().item();
      if (step == 0 || step % 100 == 99) {
        IO.println("step %3d   loss %.4g".formatted(step, losses[step]));
      }

      var dp = p.minus(y).times(2); // (N,O)
      var dw2 = z.transpose().matmul(dp); // (H,O)
      var dz = dp.matmul(w2.transpose()); // (N,H)
      var dh = dz.times(h.greaterThan(0)); // (N,H)
      var dw1 = x.transpose().matmul(dh); // (D,H)

      w1 = w1.minus(dw1.times(LEARNING_RATE));
      w2 = w2.minus(dw2.times(LEARNING_RATE));
    }
    return losses;
  }
}
