package sequor.train;

import java.util.stream.IntStream;

/// How often each of C classes was said rightly, was said, and was right: all that the metrics of
/// classification need. Formulas are scikit-learn's.
///
/// ```
/// precision = TP / predicted    recall = TP / support    F1 = 2·TP / (predicted + support)
/// ```
///
/// A quotient with 0 below is 0. Macro means give each class the same weight and are taken over the
/// classes that occur, as a target or as a prediction; weighted means weigh classes by their
/// support; micro means count every prediction once, which, where each item has one class, is the
/// accuracy.
///
/// @param right TP, class by class // (C)
/// @param predicted how often it was said // (C)
/// @param support how often it is right // (C)
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record ClassTally(long[] right, long[] predicted, long[] support) {
  public ClassTally {
    if (right.length != predicted.length || right.length != support.length) {
      throw Check.wrong(
          "class tally: %d, %d and %d classes — all three must have one number a class",
          right.length, predicted.length, support.length);
    }
  }

  /// Nothing counted yet.
  public static ClassTally of(int classes) {
    return new ClassTally(new long[classes], new long[classes], new long[classes]);
  }

  /// Counts an item so many times.
  public void add(int target, int said, long times) {
    support[target] += times;
    predicted[said] += times;
    if (target == said) {
      right[target] += times;
    }
  }

  /// The share of right predictions.
  public double accuracy() {
    return quotient(IntStream.range(0, right.length).mapToLong(c -> right[c]).sum(), total());
  }

  public double macroPrecision() {
    return occurring().mapToDouble(this::precision).average().orElse(0);
  }

  public double macroRecall() {
    return occurring().mapToDouble(this::recall).average().orElse(0);
  }

  public double macroF1() {
    return occurring().mapToDouble(this::f1).average().orElse(0);
  }

  /// The mean F1 of the classes, weighted by their support.
  public double weightedF1() {
    double sum = IntStream.range(0, right.length).mapToDouble(c -> support[c] * f1(c)).sum();
    return total() == 0 ? 0 : sum / total();
  }

  /// The F1 of all classes' counts together.
  public double microF1() {
    long rights = IntStream.range(0, right.length).mapToLong(c -> right[c]).sum();
    long said = IntStream.range(0, right.length).mapToLong(c -> predicted[c]).sum();
    return quotient(2 * rights, said + total());
  }

  /// The correlation of targets and predictions (Matthews 1975; Gorodkin 2004 for more than two
  /// classes): 1 all right, 0 no better than chance.
  public double matthews() {
    double total = total();
    double rights = 0;
    double both = 0;
    double supportSquares = 0;
    double predictedSquares = 0;
    for (int c = 0; c < right.length; c++) {
      rights += right[c];
      both += (double) predicted[c] * support[c];
      supportSquares += (double) support[c] * support[c];
      predictedSquares += (double) predicted[c] * predicted[c];
    }
    double variances = (total * total - supportSquares) * (total * total - predictedSquares);
    return variances == 0 ? 0 : (rights * total - both) / Math.sqrt(variances);
  }

  public double precision(int c) {
    return quotient(right[c], predicted[c]);
  }

  public double recall(int c) {
    return quotient(right[c], support[c]);
  }

  /// Of one class against all others.
  public double f1(int c) {
    return quotient(2 * right[c], predicted[c] + support[c]);
  }

  /// How many items were counted.
  public long total() {
    return IntStream.range(0, support.length).mapToLong(c -> support[c]).sum();
  }

  private IntStream occurring() {
    return IntStream.range(0, right.length).filter(c -> support[c] + predicted[c] > 0);
  }

  static double quotient(long above, long below) {
    return below == 0 ? 0 : (double) above / below;
  }
}
