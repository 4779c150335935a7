package sequor.examples;

import java.util.ArrayList;
import java.util.List;
import sequor.Seed;
import sequor.nn.Bidirectional;
import sequor.nn.Recurrent;
import sequor.nn.Rnn;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Why reading both ways is no remedy for gradients that vanish.
///
/// ```
/// one way     L = Σ h_T            ∂L/∂xₜ  passes T − t steps
/// both ways   L = Σ h_T + Σ h'₁    ∂L/∂xₜ  passes T − t steps or t − 1, whichever leaves more
/// ```
///
/// The reader from the end has the beginning fresh in its state, so both ends of the sequence are
/// learned from. What stands in the middle is half a sequence away from either state, and vanishes
/// as before. So does whatever needs two places at once: each reader has to carry the one to the
/// other over all the steps between them, from whichever side it comes.
///
/// Letters: B batch, T steps, D input size, H hidden size.
final class ReadingBothWays {
  private static final int B = 8;
  private static final int T = 100;
  private static final int D = 8;
  private static final int H = 32;

  static void main() {
    var random = new Seed(1).generator();
    var x = Tensor.randn(random, B, T, D);
    var rnn = new Rnn(D, H, random);
    var oneWay = norms(rnn, x);
    var bothWays = norms(new Bidirectional<>(rnn, new Rnn(D, H, random)), x);
    IO.println("|∂L/∂x| at step    one way   both ways");
    for (int t : new int[] {1, 25, 50, 75, 100}) {
      IO.println("%15d   %8.2e   %8.2e".formatted(t, oneWay.get(t - 1), bothWays.get(t - 1)));
    }
    double start = bothWays.getFirst() / bothWays.getLast();
    double middle = bothWays.get(T / 2) / bothWays.getLast();
    Claim.holds(oneWay.getFirst() / oneWay.getLast() < 1e-12, "one way, the start is lost");
    Claim.holds(start > 0.1, "both ways, it is not: %g", start);
    Claim.holds(middle < 1e-6, "the middle is lost all the same: %g", middle);
  }

  /// `‖∂L/∂xₜ‖` for t from 1 to T, where L is the sum of what the layer gives at last.
  static List<Double> norms(Recurrent<?> layer, Tensor x) {
    var input = x.detach().requiresGrad(true); // (B,T,D)
    try (var tape = Tape.open()) {
      tape.backward(layer.forward(input).last().output().sum());
    }
    layer.parameters().values().forEach(Tensor::clearGrad);
    var norms = new ArrayList<Double>();
    for (int t = 0; t < x.dim(1); t++) {
      norms.add((double) input.grad().select(1, t).norm(2).item());
    }
    return norms;
  }
}
