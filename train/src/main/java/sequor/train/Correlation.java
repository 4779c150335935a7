package sequor.train;

import java.util.Comparator;
import java.util.stream.IntStream;

/// How well two rows of numbers go together, from −1 to 1.
public final class Correlation {
  private Correlation() {}

  /// Pearson's correlation: `Σ(x−x̄)(y−ȳ) / √(Σ(x−x̄)²·Σ(y−ȳ)²)`; 0 if one row is constant.
  public static double pearson(double[] x, double[] y) {
    if (x.length != y.length || x.length == 0) {
      throw Check.wrong(
          "correlation: %d and %d numbers — both rows must have as many, and at least one; pair"
              + " them up first",
          x.length, y.length);
    }
    double meanX = IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum() / x.length;
    double meanY = IntStream.range(0, y.length).mapToDouble(i -> y[i]).sum() / y.length;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      xy += dx * dy;
      xx += dx * dx;
      yy += dy * dy;
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  /// Spearman's correlation: Pearson's, of the ranks; equal numbers share their mean rank.
  public static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      to = Math.max(to, from + 1); // NaN equals nothing, itself included
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
