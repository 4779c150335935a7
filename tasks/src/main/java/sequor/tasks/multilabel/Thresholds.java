package sequor.tasks.multilabel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Above which probability a text has a label, label by label.
///
/// @param values each from 0 to 1
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Thresholds(double[] values) {
  private static final double HALF = 0.5;

  /// A text has what it more likely has than not.
  static Thresholds half(int labels) {
    double[] values = new double[labels];
    Arrays.fill(values, HALF);
    return new Thresholds(values);
  }

  /// Those at which the F1 of each label is best on texts that nobody learned from: halfway between
  /// two of their probabilities, of several the one next to a half. A label that none of them has
  /// keeps a half.
  ///
  /// Source: Yang, *A study on thresholding strategies for text categorization* (2001), SCut.
  ///
  /// @param rows the probabilities of each text's labels
  /// @param gold whether it has them
  static Thresholds fitted(double[][] rows, boolean[][] gold, int labels) {
    double[] values = new double[labels];
    for (int l = 0; l < labels; l++) {
      values[l] = ofLabel(rows, gold, l);
    }
    return new Thresholds(values);
  }

  private static double ofLabel(double[][] rows, boolean[][] gold, int label) {
    int[] order =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -rows[i][label]))
            .mapToInt(i -> i)
            .toArray();
    long support = IntStream.range(0, rows.length).filter(i -> gold[i][label]).count();
    double best = HALF;
    double most = 0;
    double right = 0;
    for (int said = 1; said <= order.length; said++) {
      double probability = rows[order[said - 1]][label];
      right += gold[order[said - 1]][label] ? 1 : 0;
      double next = said < order.length ? rows[order[said]][label] : 0;
      double f1 = 2 * right / (said + support);
      double threshold = (probability + next) / 2;
      boolean nearer = f1 == most && Math.abs(threshold - HALF) < Math.abs(best - HALF);
      if (next < probability && support > 0 && (f1 > most || nearer)) {
        best = threshold;
        most = f1;
      }
    }
    return best;
  }

  boolean has(double[] row, int label) {
    return row[label] > values[label];
  }

  boolean[] labels(double[] row) {
    boolean[] labels = new boolean[row.length];
    for (int l = 0; l < row.length; l++) {
      labels[l] = has(row, l);
    }
    return labels;
  }
}
