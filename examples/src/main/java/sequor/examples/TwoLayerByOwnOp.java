package sequor.examples;

import java.util.List;
import sequor.Seed;
import sequor.tensor.CustomOp;
import sequor.tensor.GradientCheck;
import sequor.tensor.Op;
import sequor.tensor.Shape;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// The net of [TwoLayerByAutograd] with a differentiable function of one's own.
///
/// ```
/// y  = max(x, 0)
/// dx = dy · [x > 0]
/// ```
///
/// An op is a record of its inputs with a `forward` and a `backward`. Whether the two belong
/// together is not a matter of trust: [GradientCheck] moves each number of the input a little and
/// compares what becomes of the result with what `backward` says (Press et al., "Numerical
/// Recipes", section 5.7).
///
/// Letters: N examples, D inputs, H hidden units, O outputs.
final class TwoLayerByOwnOp {
  private static final int N = 64;
  private static final int D = 1000;
  private static final int H = 100;
  private static final int O = 10;
  private static final int STEPS = 500;
  private static final float LEARNING_RATE = 1e-6f;

  /// The rectifier, as if the toolkit had none.
  record MyRelu(Tensor x) implements CustomOp {
    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      return x.shape();
    }

    @Override
    public void forward(Tensor y) {
      y.assign(x.maximum(0));
    }

    @Override
    public void backward(Tensor y) {
      x.addGrad(y.grad().times(x.greaterThan(0))); // dy · [x > 0]
    }
  }

  static void main() {
    checkGradient();
    float[] losses = train();
    Claim.holds(losses[0] > 1e7, "the loss is above 1e7 at first: %g", losses[0]);
    Claim.holds(losses[STEPS - 1] < 1e-2, "the loss is below 0.01 at last: %g", losses[STEPS - 1]);
  }

  /// Stops the program if `backward` is wrong.
  static void checkGradient() {
    var x = Tensor.of(new float[] {-1, 0.5f, 2, -0.2f, 0.3f, -1.5f}, 2, 3); // none at the kink, 0
    GradientCheck.of(() -> Op.apply(new MyRelu(x))).with("x", x).run();
    IO.println("The gradient of MyRelu is right.");
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
      try (var tape = Tape.open()) {
        var h = x.matmul(w1); // (N,H)
        var p = Op.apply(new MyRelu(h)).matmul(w2); // (N,O)
        var loss = p.minus(y).square().sum(); // ()
        losses[step] = loss.item();
        tape.backward(loss);
        Tape.noGrad(
            () -> {
              w1.assign(w1.minus(w1.grad().times(LEARNING_RATE)));
              w2.assign(w2.minus(w2.grad().times(LEARNING_RATE)));
            });
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
