package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import sequor.tasks.Evaluation;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.text.Labels;
import sequor.train.ConfusionMatrix;
import sequor.train.MeanLoss;

/// Judges classes that were said beside those that are right. A label that the model has not
/// learned is a class that it never says.
final class Judgement {
  private final Labels labels;
  private final List<String> unknown;
  private final ConfusionMatrix confusion;
  private final MeanLoss loss = new MeanLoss();

  /// @param gold the right labels of all examples
  Judgement(Labels labels, List<String> gold) {
    this.labels = labels;
    this.unknown = unknown(labels, gold);
    var all = new ArrayList<>(labels.names());
    all.addAll(unknown);
    this.confusion = new ConfusionMatrix(all);
  }

  /// The labels among these that the model has not learned, in order.
  static List<String> unknown(Labels labels, List<String> gold) {
    var unknown = new TreeSet<>(gold);
    unknown.removeAll(labels.names());
    return List.copyOf(unknown);
  }

  /// @param gold the right label
  /// @param predicted the class that was said
  void add(String gold, int predicted) {
    int target = labels.contains(gold) ? labels.id(gold) : labels.size() + unknown.indexOf(gold);
    confusion.add(target, predicted);
  }

  /// The same, with the probability of each class.
  void add(String gold, double[] probabilities) {
    add(gold, Evaluation.argmax(probabilities));
    if (labels.contains(gold)) {
      double right = probabilities[labels.id(gold)];
      loss.add(-Math.log(Math.max(right, Double.MIN_NORMAL)), 1);
    }
  }

  /// Accuracy and the like.
  Map<String, Double> metrics() {
    var metrics = new LinkedHashMap<>(confusion.metrics());
    for (var own : LabelMetric.all().all()) {
      metrics.put(own.name(), own.of(confusion));
    }
    return metrics;
  }

  /// The same, and the mean cross-entropy of the labels that the model has learned.
  Map<String, Double> metricsWithLoss() {
    var metrics = new LinkedHashMap<>(metrics());
    metrics.put("loss", loss.mean());
    return metrics;
  }

  /// What [#metricsWithLoss] gives.
  static List<Metric> kinds() {
    var kinds =
        new ArrayList<>(
            List.of(
                Metric.high("accuracy"),
                Metric.high("macro_recall"),
                Metric.high("macro_precision"),
                Metric.high("macro_f1")));
    LabelMetric.all().all().forEach(own -> kinds.add(new Metric(own.name(), own.better(), "")));
    kinds.add(Metric.low("loss", "nats"));
    return kinds;
  }

  /// Class by class, and what was taken for what.
  List<ReportSection> sections() {
    var rows =
        confusion.rows().stream()
            .map(
                row ->
                    List.<Object>of(
                        row.label(), row.precision(), row.recall(), row.f1(), row.support()))
            .toList();
    return List.of(
        new ReportSection.Table(
            "classes", List.of("label", "precision", "recall", "f1", "count"), rows),
        new ReportSection.Confusion("confusion", confusion));
  }
}
