package sequor.tasks.pretrain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sequor.tasks.Evaluation;
import sequor.tasks.Metric;
import sequor.text.Vocabulary;

/// How well hidden tokens are said.
final class Judgement {
  static final String LOSS = "masked_loss";
  static final String ACCURACY = "masked_accuracy";

  private static final int MOST_ROWS = 10_000; // of the table of what was said

  private final Vocabulary vocabulary;
  private final List<List<String>> rows = new ArrayList<>();
  private double surprise;
  private long right;
  private long all;

  Judgement(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  static List<Metric> kinds() {
    return List.of(Metric.low(LOSS, "nats"), Metric.high(ACCURACY));
  }

  /// @param target the token that was hidden
  /// @param logProbability the logarithm of its probability
  /// @param said the likeliest token
  void add(int target, double logProbability, int said) {
    surprise -= logProbability;
    right += said == target ? 1 : 0;
    all++;
    if (rows.size() < MOST_ROWS) {
      rows.add(
          List.of(
              vocabulary.token(target),
              vocabulary.token(said),
              String.format(Locale.ROOT, "%.6f", Math.exp(logProbability))));
    }
  }

  Map<String, Double> metrics() {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put(LOSS, surprise / Math.max(1, all));
    metrics.put(ACCURACY, (double) right / Math.max(1, all));
    return metrics;
  }

  Evaluation evaluation() {
    return new Evaluation(
        metrics(),
        List.of(),
        new Evaluation.Predictions(List.of("token", "said", "probability_of_token"), rows));
  }
}
