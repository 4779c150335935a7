package sequor.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sequor.tensor.Ids;

/// Counts how often each class was taken for each class; all metrics of classification follow.
///
/// ```java
/// var confusion = new ConfusionMatrix(labels);
/// for (var batch : test) {
///   confusion.add(batch.labels(), model.forward(batch.ids()).argmax());
/// }
/// confusion.metrics();    // accuracy, macro_precision, macro_recall, macro_f1
/// ```
///
/// ```
/// precision = TP / predicted    recall = TP / support    F1 = 2·TP / (predicted + support)
/// ```
///
/// TP true positives, support how often the class occurs. A quotient with 0 below is 0. Macro means
/// give each class the same weight and are taken over the classes that occur, as a target or as a
/// prediction; a class that does neither does not count. Micro means count every prediction once;
/// where each item has one class they are the accuracy. All this is as in scikit-learn.
public final class ConfusionMatrix {
  private final List<String> labels;
  private final Map<Long, Long> counts =
      new HashMap<>(); // by target and predicted; most never meet
  private final ClassTally tally;

  /// A matrix of as many classes as there are labels.
  public ConfusionMatrix(List<String> labels) {
    Check.positive("confusion matrix", "the number of classes", labels.size());
    this.labels = List.copyOf(labels);
    this.tally = ClassTally.of(labels.size());
  }

  /// A matrix of classes that are called by their numbers.
  public ConfusionMatrix(int classes) {
    this(IntStream.range(0, classes).mapToObj(String::valueOf).toList());
  }

  /// Counts one prediction.
  public void add(int target, int predicted) {
    int classes = labels.size();
    if (target < 0 || target >= classes || predicted < 0 || predicted >= classes) {
      throw Check.wrong(
          "confusion matrix: target %d, predicted %d — classes run from 0 to %d; was it made for"
              + " another set of labels?",
          target, predicted, classes - 1);
    }
    counts.merge(key(target, predicted), 1L, Long::sum);
    tally.add(target, predicted, 1);
  }

  /// Counts predictions item by item; those with target −100 are left out, as in the loss.
  public void add(Ids targets, Ids predicted) {
    add(targets, predicted, -100);
  }

  /// Counts predictions item by item but those whose target is `ignored`.
  public void add(Ids targets, Ids predicted, int ignored) {
    if (!targets.shape().equals(predicted.shape())) {
      throw Check.wrong(
          "confusion matrix: targets %s, predicted %s — both must have the same shape; is argmax()"
              + " missing?",
          targets.shape(), predicted.shape());
    }
    int[] actual = targets.toArray();
    int[] guessed = predicted.toArray();
    for (int i = 0; i < actual.length; i++) {
      if (actual[i] != ignored) {
        add(actual[i], guessed[i]);
      }
    }
  }

  public List<String> labels() {
    return labels;
  }

  /// How often `target` was taken for `predicted`.
  public long count(int target, int predicted) {
    return counts.getOrDefault(key(target, predicted), 0L);
  }

  private static long key(int target, int predicted) {
    return (long) target << Integer.SIZE | predicted;
  }

  /// How many predictions were counted.
  public long total() {
    return tally.total();
  }

  /// The counts of each class, whatever it was taken for.
  public ClassTally tally() {
    return new ClassTally(
        tally.right().clone(), tally.predicted().clone(), tally.support().clone());
  }

  /// The share of right predictions.
  public double accuracy() {
    return tally.accuracy();
  }

  /// One row a class, in the order of the labels.
  public List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (int c = 0; c < labels.size(); c++) {
      rows.add(new Row(labels.get(c), tally.right()[c], tally.predicted()[c], tally.support()[c]));
    }
    return rows;
  }

  public double macroPrecision() {
    return tally.macroPrecision();
  }

  public double macroRecall() {
    return tally.macroRecall();
  }

  public double macroF1() {
    return tally.macroF1();
  }

  /// The correlation of targets and predictions: see [ClassTally#matthews].
  public double matthews() {
    return tally.matthews();
  }

  /// `accuracy`, `macro_precision`, `macro_recall` and `macro_f1`.
  public Map<String, Double> metrics() {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("accuracy", accuracy());
    metrics.put("macro_precision", macroPrecision());
    metrics.put("macro_recall", macroRecall());
    metrics.put("macro_f1", macroF1());
    return metrics;
  }

  /// The counts of one class.
  ///
  /// @param truePositives how often it was predicted where it occurred
  /// @param predicted how often it was predicted
  /// @param support how often it occurred
  public record Row(String label, long truePositives, long predicted, long support) {
    public double precision() {
      return ClassTally.quotient(truePositives, predicted);
    }

    public double recall() {
      return ClassTally.quotient(truePositives, support);
    }

    public double f1() {
      return ClassTally.quotient(2 * truePositives, predicted + support);
    }
  }
}
