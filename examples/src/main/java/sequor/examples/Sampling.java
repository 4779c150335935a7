package sequor.examples;

import static java.lang.Math.abs;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sequor.nn.Sampler;
import sequor.tensor.Seed;

/// Drawing the next token from scores.
///
/// ```
/// p = softmax(s · scores)      s the scale, 1/s the temperature
/// ```
///
/// A scale below 1 brings the probabilities nearer to each other, so that what is drawn is more
/// varied (Ackley, Hinton and Sejnowski 1985, section 2). A fair sampler draws each place as often
/// as its probability says.
final class Sampling {
  private static final int DRAWS = 100_000;

  static void main() {
    float[] scores = {1, 1, 3};
    show(scores, 1, 0.1065, 0.1065, 0.7870);
    show(scores, 0.5, 0.2119, 0.2119, 0.5761);
    show(scores, 0.1, 0.3104, 0.3104, 0.3792);
  }

  private static void show(float[] scores, double scale, double... expected) {
    var sampler = Sampler.of(1 / scale);
    double[] p = sampler.probabilities(scores);
    double[] drawn = frequencies(sampler, scores, new Seed(1).generator());
    IO.println("scores × %.1f".formatted(scale));
    for (int i = 0; i < scores.length; i++) {
      IO.println(
          "  score %.0f   probability %.4f   drawn %.4f".formatted(scores[i], p[i], drawn[i]));
      Claim.holds(abs(p[i] - expected[i]) < 5e-5, "probability %.4f: %.4f", expected[i], p[i]);
      Claim.holds(abs(drawn[i] - p[i]) < 0.005, "drawn as often as %.4f: %.4f", p[i], drawn[i]);
    }
  }

  /// How often each place is drawn, as a share of all draws.
  static double[] frequencies(Sampler sampler, float[] scores, RandomGenerator random) {
    int[] counts = new int[scores.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.sample(scores, random)]++;
    }
    return Arrays.stream(counts).mapToDouble(count -> (double) count / DRAWS).toArray();
  }
}
