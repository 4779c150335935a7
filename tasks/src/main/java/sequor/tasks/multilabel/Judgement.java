package sequor.tasks.multilabel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.Seed;
import sequor.tasks.Intervals;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.train.Bootstrap;
import sequor.train.Bootstrap.Interval;

/// Judges sets of labels that were said beside those that are right; formulas are scikit-learn's.
///
/// ```
/// F1 = 2·TP / (said + right)    micro: of all labels' counts together    macro: the mean over labels
/// subset accuracy = the share of texts whose labels are all right, and no others
/// ```
///
/// A quotient with 0 below is 0. A label that the model has not learned is one that it never says.
final class Judgement {
  private static final Seed SEED = new Seed(1).child("bootstrap"); // evaluated again, the same
  private static final List<Metric> KINDS =
      List.of(
          Metric.high("micro_f1"),
          Metric.high("macro_f1"),
          Metric.high("subset_accuracy"),
          Metric.low("loss", "nats"));
  private static final int MEASURED = KINDS.size() - 1;

  private final List<String> labels;
  private final boolean[][] gold; // (texts, labels)
  private final boolean[][] said; // (texts, labels)

  /// @param labels those that are learned, and behind them those that are not
  Judgement(List<String> labels, boolean[][] gold, boolean[][] said) {
    this.labels = labels;
    this.gold = gold;
    this.said = said;
  }

  /// What [#metrics] gives, and the loss.
  static List<Metric> kinds() {
    return KINDS;
  }

  Map<String, Double> metrics() {
    double[] values = values(said, once());
    var metrics = new LinkedHashMap<String, Double>();
    for (int m = 0; m < MEASURED; m++) {
      metrics.put(KINDS.get(m).name(), values[m]);
    }
    return metrics;
  }

  private int[] once() {
    int[] once = new int[gold.length];
    Arrays.fill(once, 1);
    return once;
  }

  /// How far chance may have moved the metrics.
  ///
  /// @param floor what a floor says of the same texts, if there is one
  Intervals intervals(Optional<boolean[][]> floor) {
    if (gold.length == 0) {
      return Intervals.none();
    }
    var found =
        Bootstrap.intervals(
            gold.length,
            SEED,
            times -> {
              double[] both = Arrays.copyOf(values(said, times), 2 * MEASURED);
              floor.ifPresent(
                  other -> {
                    double[] below = values(other, times);
                    for (int m = 0; m < MEASURED; m++) {
                      both[MEASURED + m] = both[m] - below[m];
                    }
                  });
              return both;
            });
    return new Intervals(
        named(found.subList(0, MEASURED)),
        floor.isEmpty() ? Map.of() : named(found.subList(MEASURED, 2 * MEASURED)));
  }

  private static Map<String, Interval> named(List<Interval> intervals) {
    var named = new LinkedHashMap<String, Interval>();
    for (int m = 0; m < MEASURED; m++) {
      named.put(KINDS.get(m).name(), intervals.get(m));
    }
    return named;
  }

  /// How often each label was said rightly, was said, and is right.
  private long[][] counts(boolean[][] answers, int[] times) {
    long[][] counts = new long[3][labels.size()];
    for (int i = 0; i < gold.length; i++) {
      for (int l = 0; l < labels.size(); l++) {
        counts[0][l] += answers[i][l] && gold[i][l] ? times[i] : 0;
        counts[1][l] += answers[i][l] ? times[i] : 0;
        counts[2][l] += gold[i][l] ? times[i] : 0;
      }
    }
    return counts;
  }

  /// In the order of the metrics.
  private double[] values(boolean[][] answers, int[] times) {
    long[][] counts = counts(answers, times);
    double macro = 0;
    for (int l = 0; l < labels.size(); l++) {
      macro += quotient(2 * counts[0][l], counts[1][l] + counts[2][l]);
    }
    long total = 0;
    long exact = 0;
    for (int i = 0; i < gold.length; i++) {
      total += times[i];
      exact += Arrays.equals(answers[i], gold[i]) ? times[i] : 0;
    }
    long right = Arrays.stream(counts[0]).sum();
    long both = Arrays.stream(counts[1]).sum() + Arrays.stream(counts[2]).sum();
    return new double[] {
      quotient(2 * right, both), macro / Math.max(1, labels.size()), quotient(exact, total)
    };
  }

  private static double quotient(long above, long below) {
    return below == 0 ? 0 : (double) above / below;
  }

  /// Label by label.
  ReportSection section(Thresholds thresholds) {
    long[][] counts = counts(said, once());
    var rows = new ArrayList<List<Object>>();
    for (int l = 0; l < labels.size(); l++) {
      rows.add(
          List.of(
              labels.get(l),
              quotient(counts[0][l], counts[1][l]),
              quotient(counts[0][l], counts[2][l]),
              quotient(2 * counts[0][l], counts[1][l] + counts[2][l]),
              counts[2][l],
              l < thresholds.values().length ? thresholds.values()[l] : 1.0));
    }
    return new ReportSection.Table(
        "labels", List.of("label", "precision", "recall", "f1", "count", "threshold"), rows);
  }
}
