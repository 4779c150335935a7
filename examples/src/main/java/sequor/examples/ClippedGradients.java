package sequor.examples;

import java.util.Arrays;
import java.util.Map;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Clipping;
import sequor.train.Sgd;
import sequor.train.TrainException;

/// A step from a cliff, and how clipping holds it back.
///
/// ```
/// h₀ = 1      hₜ₊₁ = w·hₜ      L = (h₅₀ − ½)²      ∂L/∂w = 2 (h₅₀ − ½) · 50·w⁴⁹
/// ```
///
/// At w = 1.2 the slope is 8 thousand million: one step along it leaves the reach of float32. By
/// norm, the gradient is shortened and keeps its direction; by value, each of its numbers is held
/// for itself and the direction changes (Pascanu, Mikolov and Bengio 2013, section 3.2).
final class ClippedGradients {
  private static final int T = 50;
  private static final int STEPS = 1000;

  static void main() {
    direction();
    try {
      float loss = loss(Clipping.none());
      throw new AssertionError("this does not hold: the gradient explodes; loss " + loss);
    } catch (TrainException e) {
      IO.println("not clipped: " + e.getMessage());
    }
    for (var clipping : new Clipping[] {Clipping.byNorm(1), Clipping.byValue(1)}) {
      float loss = loss(clipping);
      IO.println("%-20s loss %.2g after %d steps".formatted(clipping, loss, STEPS));
      Claim.holds(loss < 1e-6, "%s: the loss is below 1e-6: %g", clipping, loss);
    }
  }

  /// The loss after training from the cliff.
  ///
  /// @throws TrainException when the gradient is no number any more
  static float loss(Clipping clipping) {
    var w = Tensor.of(1.2f).requiresGrad(true);
    var parameters = Map.of("w", w);
    var sgd = new Sgd(parameters, 1e-3f);
    float last = Float.NaN;
    for (int step = 0; step < STEPS; step++) {
      try (var tape = Tape.open()) {
        var h = Tensor.of(1);
        for (int t = 0; t < T; t++) {
          h = h.times(w);
        }
        var loss = h.minus(0.5f).square();
        last = loss.item();
        tape.backward(loss);
        clipping.apply(parameters);
        sgd.step();
      }
    }
    return last;
  }

  private static void direction() {
    float[] byNorm = clipped(Clipping.byNorm(1));
    float[] byValue = clipped(Clipping.byValue(1));
    IO.println("the gradient (30, 40), clipped by norm 1: " + Arrays.toString(byNorm));
    IO.println("                       clipped by value 1: " + Arrays.toString(byValue));
    Claim.holds(
        Math.abs(byNorm[0] - 0.6) < 1e-5 && Math.abs(byNorm[1] - 0.8) < 1e-5, "3 : 4 stays");
    Claim.holds(byValue[0] == 1 && byValue[1] == 1, "3 : 4 becomes 1 : 1");
  }

  /// The gradient (30, 40) after clipping.
  static float[] clipped(Clipping clipping) {
    var w = Tensor.zeros(2).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(w.times(Tensor.of(new float[] {30, 40})).sum());
      double norm = clipping.apply(Map.of("w", w));
      Claim.holds(Math.abs(norm - 50) < 1e-3, "the norm before is told: %f", norm);
      return w.grad().toArray();
    }
  }
}
