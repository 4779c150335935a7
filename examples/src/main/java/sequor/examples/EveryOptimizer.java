package sequor.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Linear;
import sequor.nn.Losses;
import sequor.nn.Reduction;
import sequor.nn.Sequential;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adadelta;
import sequor.train.Adagrad;
import sequor.train.Adam;
import sequor.train.AdamW;
import sequor.train.Optimizer;
import sequor.train.RmsProp;
import sequor.train.Sgd;

/// The net of [TwoLayerBySequential] trained by every optimizer.
///
/// ```
/// SGD        p − η·g
/// momentum   v = μ·v + g                 p − η·v
/// Nesterov   v = μ·v + g                 p − η·(g + μ·v)
/// Adagrad    s = s + g²                  p − η·g / √s
/// RMSprop    s = α·s + (1−α)·g²          p − η·g / √s
/// Adadelta   as RMSprop, with η the running size of the steps before
/// Adam       m, s running means of g, g² p − η·m̂ / √ŝ
/// AdamW      Adam, and p shrinks by η·λ·p
/// ```
///
/// (The head of each optimizer names its paper.) [Optimizer#step] applies the gradients and forgets
/// them. The learning rates are each optimizer's usual ones, those of SGD smaller because this loss
/// is a sum.
///
/// Letters: N examples, D inputs, H hidden units, O outputs.
final class EveryOptimizer {
  private static final int N = 64;
  private static final int D = 1000;
  private static final int H = 100;
  private static final int O = 10;
  private static final int STEPS = 100;

  static void main() {
    var optimizers = new LinkedHashMap<String, Function<Map<String, Tensor>, Optimizer>>();
    optimizers.put("SGD", p -> new Sgd(p, 1e-4f));
    optimizers.put("SGD, momentum", p -> new Sgd(p, Sgd.Config.of(1e-4f).withMomentum(0.9f)));
    optimizers.put("SGD, Nesterov", p -> new Sgd(p, Sgd.Config.of(1e-4f).withNesterov(0.9f)));
    optimizers.put("Adam", p -> new Adam(p, 1e-3f));
    optimizers.put("AdamW", p -> new AdamW(p, AdamW.Config.of(1e-3f).withWeightDecay(0.01f)));
    optimizers.put("Adagrad", p -> new Adagrad(p, 1e-2f));
    optimizers.put("Adadelta", p -> new Adadelta(p, 1));
    optimizers.put("RMSprop", p -> new RmsProp(p, 1e-3f));
    optimizers.forEach(
        (name, optimizer) -> {
          float[] losses = train(optimizer);
          IO.println("%-15s loss %8.3f → %8.5f".formatted(name, losses[0], losses[STEPS - 1]));
          check(name, losses);
        });
    learnedByHeart();
  }

  /// Adam for as long as the other examples of this net.
  private static void learnedByHeart() {
    float[] losses = train(p -> new Adam(p, 1e-4f), 500);
    for (int step = 99; step < 500; step += 100) {
      IO.println("Adam, rate 1e-4, step %3d   loss %.3g".formatted(step, losses[step]));
    }
    Claim.holds(losses[499] < 1e-5, "the loss is below 1e-5 at last: %g", losses[499]);
  }

  static void check(String name, float[] losses) {
    float first = losses[0];
    float last = losses[STEPS - 1];
    Claim.holds(last < first / 10, "%s reaches a tenth of %g: %g", name, first, last);
  }

  /// The loss at every step of 100.
  static float[] train(Function<Map<String, Tensor>, Optimizer> optimizers) {
    return train(optimizers, STEPS);
  }

  private static float[] train(Function<Map<String, Tensor>, Optimizer> optimizers, int steps) {
    var random = new Seed(1).generator();
    var x = Tensor.randn(random, N, D);
    var y = Tensor.randn(random, N, O);
    var net =
        Sequential.of(new Linear(D, H, random), Activation.RELU, new Linear(H, O, random)); // (N,O)
    var optimizer = optimizers.apply(net.parameters());

    float[] losses = new float[steps];
    for (int step = 0; step < steps; step++) {
      try (var tape = Tape.open()) {
        var loss = Losses.mse(net.forward(x), y, Reduction.SUM);
        losses[step] = loss.item();
        tape.backward(loss);
        optimizer.step();
      }
    }
    return losses;
  }
}
