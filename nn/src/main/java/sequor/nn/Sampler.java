package sequor.nn;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws the next token from logits.
///
/// Logits are divided by the temperature, and softmax makes probabilities of them; the `topK`
/// likeliest are kept, of them the fewest that together have the share `topP` of their probability
/// (nucleus sampling, Holtzman et al. 2020), and one is drawn. Temperature 0 takes the likeliest.
///
/// @param temperature 0 or more; below 1 sharper, above 1 flatter
/// @param topK how many to keep at most; 0 for all
/// @param topP above 0, up to 1
public record Sampler(double temperature, int topK, double topP) {
  public Sampler {
    check(
        temperature >= 0 && temperature < Double.POSITIVE_INFINITY,
        "temperature",
        "0 or more",
        temperature);
    check(topK >= 0, "top-k", "0 (all) or more", topK);
    check(topP > 0 && topP <= 1, "top-p", "above 0 and at most 1", topP);
  }

  /// Everything kept.
  public static Sampler of(double temperature) {
    return new Sampler(temperature, 0, 1);
  }

  private static void check(boolean fine, String what, String expected, Object got) {
    if (!fine) {
      throw new NnException("sampler: %s must be %s, got %s".formatted(what, expected, got));
    }
  }

  /// The probability with which each token is drawn; one whose logit is −∞ never is.
  ///
  /// @throws NnException if a logit is NaN or +∞, or none is finite
  public double[] probabilities(float[] logits) {
    int best = likeliest(logits);
    double[] p = new double[logits.length];
    if (temperature == 0) {
      p[best] = 1;
      return p;
    }
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp((logits[i] - logits[best]) / temperature);
    }
    normalise(p);
    if ((topK > 0 && topK < p.length) || topP < 1) {
      keepLikeliest(p);
      normalise(p);
    }
    return p;
  }

  private void keepLikeliest(double[] p) {
    int most = topK == 0 ? p.length : Math.min(topK, p.length);
    double[] best = largest(p, most);
    double enough = topP * Arrays.stream(best).sum();
    double sum = 0;
    int kept = 0;
    while (kept < most && sum < enough) {
      sum += best[kept++];
    }
    double last = kept == 0 ? Double.POSITIVE_INFINITY : best[kept - 1];
    int equals = 0; // of those kept, how many are as likely as the last; the first ones stay
    while (equals < kept && best[kept - 1 - equals] == last) {
      equals++;
    }
    for (int i = 0; i < p.length; i++) {
      boolean keep = p[i] > last || (p[i] == last && equals-- > 0);
      p[i] = keep ? p[i] : 0;
    }
  }

  /// The `k` largest numbers, the largest first. A few are picked in one pass with a heap whose
  /// first is the smallest of them; for many, all are sorted.
  private static double[] largest(double[] p, int k) {
    double[] ascending;
    if (k < p.length / 8) {
      ascending = new double[k];
      for (double candidate : p) { // probabilities are 0 or more, so the zeros go first
        if (candidate > ascending[0]) {
          sink(ascending, candidate);
        }
      }
      Arrays.sort(ascending);
    } else {
      ascending = p.clone();
      Arrays.sort(ascending);
    }
    double[] descending = new double[k];
    for (int i = 0; i < k; i++) {
      descending[i] = ascending[ascending.length - 1 - i];
    }
    return descending;
  }

  /// Replaces the first of a heap.
  private static void sink(double[] heap, double value) {
    int place = 0;
    for (int child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = value;
  }

  /// Draws a token.
  public int sample(float[] logits, RandomGenerator random) {
    double[] p = probabilities(logits);
    double left = random.nextDouble();
    int drawn = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0) {
        drawn = i;
        left -= p[i];
        if (left < 0) {
          break;
        }
      }
    }
    return drawn;
  }

  private static int likeliest(float[] logits) {
    if (logits.length == 0) {
      throw new NnException("sampler: there must be a logit to draw from, got none");
    }
    int best = 0;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isNaN(logits[i])) {
        throw new NnException(
            "sampler: logit %d is not a number; the model's weights have gone wrong".formatted(i));
      }
      best = logits[i] > logits[best] ? i : best;
    }
    if (Float.isInfinite(logits[best])) {
      throw new NnException(
          "sampler: the largest logit must be finite, got %s; leave a token to draw"
              .formatted(logits[best]));
    }
    return best;
  }

  private static void normalise(double[] p) {
    double sum = Arrays.stream(p).sum();
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
  }
}
