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

  /// Pearson's correlation where each pair counts so many times.
  public static double pearson(double[] x, double[] y, int[] times) {
    double n = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      n += times[i];
      meanX += times[i] * x[i];
      meanY += times[i] * y[i];
    }
    meanX /= Math.max(1, n);
    meanY /= Math.max(1, n);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      xy += times[i] * dx * dy;
      xx += times[i] * dx * dx;
      yy += times[i] * dy * dy;
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  /// The order of some numbers, from which their ranks follow however many times each of them
  /// counts.
  public static final class Order {
    private final double[] values;
    private final int[] order;

    /// The values must not change afterwards.
    public Order(double[] values) {
      this.values = values;
      this.order = order(values);
    }

    /// The ranks; equal numbers share their mean rank.
    public double[] ranks(int[] times) {
      double[] ranks = new double[values.length];
      double before = 0;
      for (int from = 0; from < order.length; ) {
        int to = from;
        double count = 0;
        while (to < order.length && (to == from || values[order[to]] == values[order[from]])) {
          count += times[order[to++]];
        }
        for (; from < to; from++) {
          ranks[order[from]] = before + (count - 1) / 2;
        }
        before += count;
      }
      return ranks;
    }
  }

  /// Spearman's correlation: Pearson's, of the ranks; equal numbers share their mean rank.
  public static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  private static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(i -> i)
        .toArray();
  }

  private static double[] ranks(double[] values) {
    int[] order = order(values);
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
