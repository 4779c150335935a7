package sequor.tasks.classify;

import java.util.Arrays;
import java.util.List;
import sequor.tasks.Evaluation;
import sequor.text.Labels;

/// N-grams that speak along with a network: the weighted product of both (log-linear interpolation,
/// Klakow 1998).
///
/// ```
/// p(c|text) ∝ network(c|text) · exp(w · score(c))
/// ```
///
/// The network generalises, the counts remember; where there are few texts of each class, both
/// together are better than either.
///
/// @param weight w, which also makes up for naive Bayes' being too sure of itself: n-grams that
///   overlap are counted as if they did not
record NGramShare(NGramModel model, double weight) {
  private static final double[] WEIGHTS = {0, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 2, 3};

  /// With the weight that is right most often on texts that neither has learned from, and of those
  /// that are right almost as often, but for one text in a thousand, the one that is surer.
  ///
  /// @param rows what the network says of each text
  static NGramShare chosen(
      NGramModel model, double[][] rows, List<String> texts, List<String> gold, Labels labels) {
    var scores = texts.stream().map(model::scores).toList();
    int[] right = new int[WEIGHTS.length];
    double[] surprise = new double[WEIGHTS.length];
    for (int w = 0; w < WEIGHTS.length; w++) {
      for (int i = 0; i < rows.length; i++) {
        if (labels.contains(gold.get(i))) {
          double[] mixed = mixed(rows[i], scores.get(i), WEIGHTS[w]);
          int target = labels.id(gold.get(i));
          right[w] += Evaluation.argmax(mixed) == target ? 1 : 0;
          surprise[w] -= Math.log(Math.max(mixed[target], Double.MIN_NORMAL));
        }
      }
    }
    int enough = Arrays.stream(right).max().orElse(0) - rows.length / 1000;
    int best = -1;
    for (int w = 0; w < WEIGHTS.length; w++) {
      boolean surer = best < 0 || surprise[w] < surprise[best];
      best = right[w] >= enough && surer ? w : best;
    }
    return new NGramShare(model, WEIGHTS[best]);
  }

  /// What both say of a text together.
  double[] mixed(double[] network, String text) {
    return weight == 0 ? network : mixed(network, model.scores(text), weight);
  }

  private static double[] mixed(double[] network, double[] scores, double weight) {
    double[] mixed = new double[network.length];
    for (int c = 0; c < mixed.length; c++) {
      mixed[c] = Math.log(Math.max(network[c], Double.MIN_NORMAL)) + weight * scores[c];
    }
    double most = Arrays.stream(mixed).max().orElse(0);
    double sum = 0;
    for (int c = 0; c < mixed.length; c++) {
      mixed[c] = Math.exp(mixed[c] - most);
      sum += mixed[c];
    }
    for (int c = 0; c < mixed.length; c++) {
      mixed[c] /= sum;
    }
    return mixed;
  }
}
