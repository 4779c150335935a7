package sequor.examples;

import java.util.function.DoubleUnaryOperator;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// The derivatives of a small graph of scalars: by hand, by tape and by finite differences.
///
/// ```
/// a = w·x      s = a + b      p = σ(s)      L = (p − y)² + λ·w²
///
/// dp = 2 (p − y)      ds = dp · p (1 − p)      da = ds      db = ds
/// dx = da · w         dw = da · x + 2 λ·w
/// ```
///
/// `dp` is short for `∂L/∂p`. Along a path the slopes are multiplied; where two paths lead from w
/// to L, those of the paths are added up. A finite difference needs no rule at all: it moves one
/// number a little to either side and looks at L, `(L(w + ε) − L(w − ε)) / 2ε`. It is the check,
/// and costs two evaluations for each number; the tape finds all slopes in one walk back.
final class ChainRule {
  private static final String[] NAMES = {"p", "s", "a", "b", "x", "w"};
  private static final double LAMBDA = 0.1;
  private static final double EPSILON = 1e-5;

  /// The numbers that the graph starts from.
  record Start(double w, double x, double b, double y) {
    double a() {
      return w * x;
    }

    double s() {
      return a() + b;
    }

    double p() {
      return sigmoid(s());
    }
  }

  static void main() {
    var start = new Start(-0.5, 1.5, 0.25, 1);
    double[] byHand = byHand(start);
    double[] byTape = byTape(start);
    double[] byDifference = byDifference(start);
    IO.println("          by hand    by tape   by finite difference");
    for (int i = 0; i < NAMES.length; i++) {
      IO.println(
          "∂L/∂%s  %9.6f  %9.6f  %9.6f".formatted(NAMES[i], byHand[i], byTape[i], byDifference[i]));
      Claim.holds(Math.abs(byHand[i] - byTape[i]) < 1e-6, "by tape: ∂L/∂%s", NAMES[i]);
      Claim.holds(Math.abs(byHand[i] - byDifference[i]) < 1e-8, "by difference: ∂L/∂%s", NAMES[i]);
    }
  }

  /// The slopes of L for p, s, a, b, x and w.
  static double[] byHand(Start start) {
    double p = start.p();
    double dp = 2 * (p - start.y);
    double ds = dp * p * (1 - p);
    double dx = ds * start.w;
    double dw = ds * start.x + 2 * LAMBDA * start.w;
    return new double[] {dp, ds, ds, ds, dx, dw};
  }

  static double[] byTape(Start start) {
    var w = Tensor.of((float) start.w).requiresGrad(true);
    var x = Tensor.of((float) start.x).requiresGrad(true);
    var b = Tensor.of((float) start.b).requiresGrad(true);
    try (var tape = Tape.open()) {
      var a = w.times(x).retainGrad(); // a tape keeps only the slopes of what is to be learned …
      var s = a.plus(b).retainGrad(); // … and of what is asked for
      var p = s.sigmoid().retainGrad();
      var error = p.minus((float) start.y).square();
      tape.backward(error.plus(w.square().times((float) LAMBDA)));
      return new double[] {
        p.grad().item(),
        s.grad().item(),
        a.grad().item(),
        b.grad().item(),
        x.grad().item(),
        w.grad().item()
      };
    }
  }

  static double[] byDifference(Start start) {
    double penalty = LAMBDA * start.w * start.w;
    DoubleUnaryOperator ofP = p -> (p - start.y) * (p - start.y) + penalty;
    DoubleUnaryOperator ofS = s -> ofP.applyAsDouble(sigmoid(s));
    return new double[] {
      slope(ofP, start.p()),
      slope(ofS, start.s()),
      slope(a -> ofS.applyAsDouble(a + start.b), start.a()),
      slope(b -> ofS.applyAsDouble(start.a() + b), start.b),
      slope(x -> ofS.applyAsDouble(start.w * x + start.b), start.x),
      slope(w -> ofS.applyAsDouble(w * start.x + start.b) - penalty + LAMBDA * w * w, start.w),
    };
  }

  private static double slope(DoubleUnaryOperator f, double x) {
    return (f.applyAsDouble(x + EPSILON) - f.applyAsDouble(x - EPSILON)) / (2 * EPSILON);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
