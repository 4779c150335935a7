package sequor.examples;

import static java.lang.Math.abs;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Sampler;
import sequor.tensor.Tensor;

/// Drawing the next token from logits.
///
/// ```
/// p = softmax(s · logits)      s the scale, 1/s the temperature
/// ```
///
/// A scale below 1 brings the probabilities nearer to each other, so that what is drawn is more
/// varied; one above 1 drives them apart (Ackley, Hinton and Sejnowski 1985, section 2). A fair
/// sampler draws each place as often as its probability says. Argmax draws nothing: it takes the
/// likeliest every time, whatever the scale.
final class Sampling {
  private static final int DRAWS = 100_000;

  static void main() {
    show(new float[] {1, 1, 1}, 1, 0.3333, 0.3333, 0.3333);
    float[] logits = {1, 1, 3};
    show(logits, 1, 0.1065, 0.1065, 0.7870);
    show(logits, 0.5, 0.2119, 0.2119, 0.5761);
    show(logits, 0.1, 0.3104, 0.3104, 0.3792);
    show(logits, 2, 0.0177, 0.0177, 0.9647);
  }

  private static void show(float[] logits, double scale, double... expected) {
    var sampler = Sampler.of(1 / scale);
    double[] p = sampler.probabilities(logits);
    double[] drawn = frequencies(sampler, logits, new Seed(1).generator());
    IO.println("logits × %.1f, argmax %d".formatted(scale, Tensor.of(logits).argmax().get()));
    for (int i = 0; i < logits.length; i++) {
      IO.println(
          "  logit %.0f   probability %.4f   drawn %.4f".formatted(logits[i], p[i], drawn[i]));
      Claim.holds(abs(p[i] - expected[i]) < 5e-5, "probability %.4f: %.4f", expected[i], p[i]);
      Claim.holds(abs(drawn[i] - p[i]) < 0.005, "drawn as often as %.4f: %.4f", p[i], drawn[i]);
    }
  }

  /// How often each place is drawn, as a share of all draws.
  static double[] frequencies(Sampler sampler, float[] logits, RandomGenerator random) {
    int[] counts = new int[logits.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.sample(logits, random)]++;
    }
    return Arrays.stream(counts).mapToDouble(count -> (double) count / DRAWS).toArray();
  }
}
