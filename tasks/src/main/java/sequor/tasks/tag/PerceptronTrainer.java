package sequor.tasks.tag;

import java.util.Arrays;
import java.util.List;

/// Learns the weights of an [AveragedPerceptron]. Where a token's tag is wrong, each of its
/// features moves by 1 towards the right tag and away from the other.
///
/// Weights are whole numbers, and so are their sums over all tokens that were seen: an average is
/// known exactly at any moment, and a feature costs something only when it moves.
final class PerceptronTrainer {
  private final int classes;
  private final FeatureIndex index = new FeatureIndex();
  private Row[] rows = new Row[1 << 10];
  private final long[] hashes = new long[TokenFeatures.COUNT];
  private final Row[] active = new Row[TokenFeatures.COUNT]; // of the token; NONE where unseen
  private final long[] scores;
  private int now = 1; // tokens that were seen, this one included

  PerceptronTrainer(int classes) {
    this.classes = classes;
    scores = new long[classes];
  }

  /// The weights of a feature, of those classes that it moved for.
  private static final class Row {
    static final Row NONE = new Row();

    int size;
    int[] numbers = new int[2];
    int[] weights = new int[2];
    long[] sums = new long[2]; // of the weight at all tokens before `since`
    int[] since = new int[2];

    void move(int number, int by, int now) {
      int k = 0;
      while (k < size && numbers[k] != number) {
        k++;
      }
      if (k == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * k);
        weights = Arrays.copyOf(weights, 2 * k);
        sums = Arrays.copyOf(sums, 2 * k);
        since = Arrays.copyOf(since, 2 * k);
      }
      if (k == size) {
        numbers[k] = number;
        since[k] = now;
        size++;
      }
      sums[k] += (long) weights[k] * (now - since[k]);
      weights[k] += by;
      since[k] = now;
    }

    /// The sum of a weight at all tokens up to now.
    long sum(int k, int now) {
      return sums[k] + (long) weights[k] * (now - since[k]);
    }
  }

  /// Learns from a sentence.
  ///
  /// @param gold the class of each token
  void learn(TokenFeatures features, int[] gold) {
    int before = -1;
    int earlier = -1;
    for (int i = 0; i < gold.length; i++) {
      look(features, i, before, earlier);
      int said = best(false);
      if (said != gold[i]) {
        for (int f = 0; f < hashes.length; f++) {
          var row = active[f] == Row.NONE ? make(hashes[f]) : active[f];
          row.move(gold[i], 1, now);
          row.move(said, -1, now);
        }
      }
      now++;
      earlier = before;
      before = said;
    }
  }

  /// How many tokens the average of all weights so far tags right.
  int right(TokenFeatures features, int[] gold) {
    int before = -1;
    int earlier = -1;
    int right = 0;
    for (int i = 0; i < gold.length; i++) {
      look(features, i, before, earlier);
      int said = best(true);
      right += said == gold[i] ? 1 : 0;
      earlier = before;
      before = said;
    }
    return right;
  }

  private void look(TokenFeatures features, int i, int before, int earlier) {
    features.of(i, before, earlier, hashes);
    for (int f = 0; f < hashes.length; f++) {
      int number = index.find(hashes[f]);
      active[f] = number < 0 ? Row.NONE : rows[number];
    }
  }

  /// The class of the highest score, of equal ones the first.
  private int best(boolean averaged) {
    Arrays.fill(scores, 0);
    for (var row : active) {
      for (int k = 0; k < row.size; k++) {
        scores[row.numbers[k]] += averaged ? row.sum(k, now) : row.weights[k];
      }
    }
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }

  private Row make(long hash) {
    int number = index.add(hash);
    if (number == rows.length) {
      rows = Arrays.copyOf(rows, 2 * number);
    }
    if (rows[number] == null) { // a feature may stand twice
      rows[number] = new Row();
    }
    return rows[number];
  }

  /// The averages of all weights so far.
  AveragedPerceptron averaged(List<String> labels, String method) {
    var kept = new FeatureIndex();
    int pairs = 0;
    for (int f = 0; f < index.size(); f++) {
      pairs += weights(rows[f]);
    }
    int[] starts = new int[index.size() + 1];
    int[] numbers = new int[pairs];
    float[] weights = new float[pairs];
    int at = 0;
    for (int f = 0; f < index.size(); f++) {
      var row = rows[f];
      if (weights(row) == 0) {
        continue;
      }
      for (int k = 0; k < row.size; k++) {
        if (row.sum(k, now) != 0) {
          numbers[at] = row.numbers[k];
          weights[at++] = (float) ((double) row.sum(k, now) / now);
        }
      }
      starts[kept.add(index.hash(f)) + 1] = at;
    }
    return new AveragedPerceptron(
        labels, method, kept, Arrays.copyOf(starts, kept.size() + 1), numbers, weights);
  }

  private int weights(Row row) {
    int count = 0;
    for (int k = 0; k < row.size; k++) {
      count += row.sum(k, now) != 0 ? 1 : 0;
    }
    return count;
  }
}
