package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import sequor.Seed;
import sequor.tasks.Evaluation;
import sequor.tasks.Intervals;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.text.Labels;
import sequor.train.Bootstrap;
import sequor.train.Bootstrap.Interval;
import sequor.train.Calibration;
import sequor.train.ClassTally;
import sequor.train.ConfusionMatrix;
import sequor.train.MeanLoss;
import sequor.train.Mode;

/// Judges classes that were said beside those that are right. A label that the model has not
/// learned is a class that it never says.
final class Judgement {
  private static final Seed SEED = new Seed(1).child("bootstrap"); // evaluated again, the same
  private static final List<String> SHARES =
      List.of(
          "accuracy",
          "macro_recall",
          "macro_precision",
          "macro_f1",
          "micro_f1",
          "weighted_f1",
          "matthews");
  private static final String POSITIVE = "f1";

  private final Labels labels;
  private final Optional<String> positive;
  private final List<String> unknown;
  private final ConfusionMatrix confusion;
  private final Calibration calibration = new Calibration();
  private final MeanLoss loss = new MeanLoss();
  private final int[] targets;
  private final int[] said;
  private int count;

  /// @param gold the right labels of all examples
  /// @param positive the label that `f1` is of, if there is one
  Judgement(Labels labels, List<String> gold, Optional<String> positive) {
    this.labels = labels;
    this.positive = positive;
    this.unknown = unknown(labels, gold);
    var all = new ArrayList<>(labels.names());
    all.addAll(unknown);
    this.confusion = new ConfusionMatrix(all);
    this.targets = new int[gold.size()];
    this.said = new int[gold.size()];
  }

  /// The labels among these that the model has not learned, in order.
  static List<String> unknown(Labels labels, List<String> gold) {
    var unknown = new TreeSet<>(gold);
    unknown.removeAll(labels.names());
    return List.copyOf(unknown);
  }

  /// What a user should know of labels that nobody could learn.
  ///
  /// @param what has these labels, such as a split
  static Optional<String> unlearned(String what, Labels labels, List<String> gold) {
    var unknown = unknown(labels, gold);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s has labels that no training example has, which count as wrong: %s"
                .formatted(what, String.join(", ", unknown)));
  }

  /// @param gold the right label
  /// @param predicted the class that was said
  void add(String gold, int predicted) {
    int target = labels.contains(gold) ? labels.id(gold) : labels.size() + unknown.indexOf(gold);
    confusion.add(target, predicted);
    targets[count] = target;
    said[count++] = predicted;
  }

  /// The same, with the probability of each class.
  void add(String gold, double[] probabilities) {
    int predicted = Evaluation.argmax(probabilities);
    add(gold, predicted);
    boolean known = labels.contains(gold);
    calibration.add(probabilities[predicted], known && labels.id(gold) == predicted);
    if (known) {
      double right = probabilities[labels.id(gold)];
      loss.add(-Math.log(Math.max(right, Double.MIN_NORMAL)), 1);
    }
  }

  /// The classes that were said, in the order they were added.
  int[] said() {
    return said.clone();
  }

  Calibration calibration() {
    return calibration;
  }

  /// Accuracy and the like.
  Map<String, Double> metrics() {
    var metrics = new LinkedHashMap<String, Double>();
    double[] values = values(confusion.tally());
    var names = names(positive);
    for (int m = 0; m < values.length; m++) {
      metrics.put(names.get(m), values[m]);
    }
    for (var own : LabelMetric.all().all()) {
      metrics.put(own.name(), own.of(confusion));
    }
    return metrics;
  }

  /// The same, how much too sure the model is, and the mean cross-entropy of the labels that it has
  /// learned, if there are some.
  Map<String, Double> metricsWithLoss() {
    var metrics = new LinkedHashMap<>(metrics());
    metrics.put("ece", calibration.error());
    if (loss.tokens() > 0) {
      metrics.put("loss", loss.mean());
    }
    return metrics;
  }

  /// How far chance may have moved the metrics, but for those of somebody else's making.
  ///
  /// @param floor the classes that a floor says of the same examples, if there is one
  Intervals intervals(Optional<int[]> floor) {
    if (count == 0) {
      return Intervals.none();
    }
    var found = Bootstrap.intervals(count, SEED, times -> values(floor, times));
    var names = names(positive);
    return new Intervals(
        named(names, found),
        floor.isEmpty() ? Map.of() : named(names, found.subList(names.size(), found.size())));
  }

  private static Map<String, Interval> named(List<String> names, List<Interval> intervals) {
    var named = new LinkedHashMap<String, Interval>();
    for (int m = 0; m < names.size(); m++) {
      named.put(names.get(m), intervals.get(m));
    }
    return named;
  }

  /// The metrics, and behind them how much they are above the floor's.
  private double[] values(Optional<int[]> floor, int[] times) {
    double[] model = values(tally(said, times));
    if (floor.isEmpty()) {
      return model;
    }
    double[] below = values(tally(floor.get(), times));
    double[] both = Arrays.copyOf(model, 2 * model.length);
    for (int m = 0; m < model.length; m++) {
      both[model.length + m] = model[m] - below[m];
    }
    return both;
  }

  private ClassTally tally(int[] predicted, int[] times) {
    var tally = ClassTally.of(labels.size() + unknown.size());
    for (int i = 0; i < count; i++) {
      tally.add(targets[i], predicted[i], times[i]);
    }
    return tally;
  }

  private static List<String> names(Optional<String> positive) {
    var names = new ArrayList<>(SHARES);
    positive.ifPresent(_ -> names.add(POSITIVE));
    return names;
  }

  /// In the order of [#names].
  private double[] values(ClassTally tally) {
    double[] values = {
      tally.accuracy(),
      tally.macroRecall(),
      tally.macroPrecision(),
      tally.macroF1(),
      tally.microF1(),
      tally.weightedF1(),
      tally.matthews()
    };
    if (positive.isEmpty()) {
      return values;
    }
    double[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = tally.f1(labels.id(positive.get()));
    return more;
  }

  /// What [#metricsWithLoss] gives.
  static List<Metric> kinds(Optional<String> positive) {
    var kinds = new ArrayList<>(names(positive).stream().map(Metric::high).toList());
    LabelMetric.all().all().forEach(own -> kinds.add(new Metric(own.name(), own.better(), "")));
    kinds.add(new Metric("ece", Mode.MIN, ""));
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
        new ReportSection.Confusion("confusion", confusion),
        new ReportSection.Reliability("reliability", calibration.bins(), calibration.error()));
  }
}
