package sequor.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws places by their weights.
final class Drawing {
  private Drawing() {}

  static Ids multinomial(Tensor x, int count, boolean replacement, RandomGenerator random) {
    var shape = x.shape();
    int n = shape.dim(-1);
    if (count < 0) {
      throw Check.wrong("multinomial: the count must be 0 or more, got %d", count);
    }
    float[] weights = x.toArray();
    int[] drawn = new int[shape.with(-1, count).size()];
    for (int row = 0; row < shape.outer(-1); row++) {
      float[] left = Arrays.copyOfRange(weights, row * n, (row + 1) * n);
      int possible = check(left, row);
      if (count > 0 && possible < (replacement ? 1 : count)) {
        throw Check.wrong(
            "multinomial: row %d has %d weights above 0, too few for %d draws %s replacement",
            row, possible, count, replacement ? "with" : "without");
      }
      for (int i = 0; i < count; i++) {
        int place = draw(left, random.nextDouble());
        drawn[row * count + i] = place;
        if (!replacement) {
          left[place] = 0;
        }
      }
    }
    return Ids.of(drawn, shape.with(-1, count));
  }

  private static int check(float[] weights, int row) {
    int possible = 0;
    for (float weight : weights) {
      if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
        throw Check.wrong(
            "multinomial: weight %s in row %d — weights are finite and 0 or more; is a softmax"
                + " missing?",
            weight, row);
      }
      possible += weight > 0 ? 1 : 0;
    }
    return possible;
  }

  /// The place at which the running sum goes past `share` of the whole.
  private static int draw(float[] weights, double share) {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    double left = share * sum;
    int place = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        place = i;
        left -= weights[i];
        if (left < 0) {
          break;
        }
      }
    }
    return place;
  }
}
