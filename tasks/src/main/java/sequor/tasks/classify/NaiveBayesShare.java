package sequor.tasks.classify;

import java.util.Arrays;
import java.util.List;
import sequor.tasks.Evaluation;
import sequor.text.Labels;

/// Naive Bayes that speaks along with a network: the weighted product of both (log-linear
/// interpolation, Klakow 1998).
///
/// ```
/// p(c|text) ∝ network(c|text) · exp(w · score(c))
/// ```
///
/// The network generalises, the counts remember; where there are few texts of each class, both
/// together are better than either.
///
/// @param weight w, which also makes up for the score's being too sure of itself: n-grams that
///   overlap are counted as if they did not
record NaiveBayesShare(NaiveBayes model, double weight) {
  private static final double[] WEIGHTS = {0, 0.003, 0.01, 0.03, 0.1, 0.3, 1};

  /// With the weight that is right most often on texts that neither has learned from, and of those
  /// that are right equally often the one that is surer.
  ///
  /// @param rows what the network says of each text
  static NaiveBayesShare chosen(
      NaiveBayes model, double[][] rows, List<String> texts, List<String> gold, Labels labels) {
    var scores = texts.stream().map(model::scores).toList();
    double best = 0;
    double most = -1;
    double least = Double.MAX_VALUE;
    for (double weight : WEIGHTS) {
      int right = 0;
      double surprise = 0;
      for (int i = 0; i < rows.length; i++) {
        if (labels.contains(gold.get(i))) {
          double[] mixed = mixed(rows[i], scores.get(i), weight);
          int target = labels.id(gold.get(i));
          right += Evaluation.argmax(mixed) == target ? 1 : 0;
          surprise -= Math.log(Math.max(mixed[target], Double.MIN_NORMAL));
        }
      }
      if (right > most || (right == most && surprise < least)) {
        best = weight;
        most = right;
        least = surprise;
      }
    }
    return new NaiveBayesShare(model, best);
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
