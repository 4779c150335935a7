package sequor.tasks.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.Seed;
import sequor.tasks.Intervals;
import sequor.tasks.Metric;
import sequor.train.Bootstrap;
import sequor.train.Bootstrap.Interval;
import sequor.train.Correlation;

/// Judges numbers ŷ that were said beside those y that are right.
///
/// ```
/// mae = mean |ŷ − y|      rmse = √ mean (ŷ − y)²
/// ```
///
/// and the correlations of Pearson and Spearman, which are 0 where either row is constant.
final class Errors {
  private static final Seed SEED = new Seed(1).child("bootstrap"); // evaluated again, the same
  private static final List<Metric> KINDS =
      List.of(
          Metric.low("mae", "of the numbers"),
          Metric.low("rmse", "of the numbers"),
          Metric.high("pearson"),
          Metric.high("spearman"),
          Metric.low("loss", "variances"));
  private static final int MEASURED = KINDS.size() - 1; // the loss is the square of rmse

  private final double[] gold;
  private final double[] said;
  private final Scale scale;

  Errors(double[] gold, double[] said, Scale scale) {
    this.gold = gold;
    this.said = said;
    this.scale = scale;
  }

  /// What [#metrics] gives.
  static List<Metric> kinds() {
    return KINDS;
  }

  /// All but the loss.
  Map<String, Double> metrics() {
    int[] once = new int[gold.length];
    Arrays.fill(once, 1);
    double[] values = new Measured(said).values(once);
    var metrics = new LinkedHashMap<String, Double>();
    for (int m = 0; m < MEASURED; m++) {
      metrics.put(KINDS.get(m).name(), values[m]);
    }
    return metrics;
  }

  /// The same, and the mean squared error of the standardised numbers, as it is learned.
  Map<String, Double> metricsWithLoss() {
    var metrics = new LinkedHashMap<>(metrics());
    double rmse = metrics.getOrDefault("rmse", 0.0) / scale.deviation();
    metrics.put("loss", rmse * rmse);
    return metrics;
  }

  /// How far chance may have moved the metrics.
  ///
  /// @param floor what a floor says of the same examples, if there is one
  Intervals intervals(Optional<double[]> floor) {
    if (gold.length == 0) {
      return Intervals.none();
    }
    var model = new Measured(said);
    var below = floor.map(Measured::new);
    var found =
        Bootstrap.intervals(
            gold.length,
            SEED,
            times -> {
              double[] values = Arrays.copyOf(model.values(times), 2 * MEASURED);
              if (below.isPresent()) {
                double[] other = below.get().values(times);
                for (int m = 0; m < MEASURED; m++) {
                  values[MEASURED + m] = values[m] - other[m];
                }
              }
              return values;
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

  /// The places of the examples, the most wrong first, and of those equally wrong the first.
  List<Integer> worst(int most) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < gold.length; i++) {
      places.add(i);
    }
    places.sort((a, b) -> Double.compare(error(b), error(a)));
    return List.copyOf(places.subList(0, Math.min(most, places.size())));
  }

  private double error(int i) {
    return Math.abs(said[i] - gold[i]);
  }

  /// What is measured of some numbers, in the order of the metrics.
  private final class Measured {
    private final double[] values;
    private final Correlation.Order valueOrder;
    private final Correlation.Order goldOrder = new Correlation.Order(gold);

    Measured(double[] values) {
      this.values = values;
      this.valueOrder = new Correlation.Order(values);
    }

    /// @param times how often each example counts
    double[] values(int[] times) {
      double n = 0;
      double absolute = 0;
      double squares = 0;
      for (int i = 0; i < gold.length; i++) {
        double error = values[i] - gold[i];
        n += times[i];
        absolute += times[i] * Math.abs(error);
        squares += times[i] * error * error;
      }
      n = Math.max(1, n);
      return new double[] {
        absolute / n,
        Math.sqrt(squares / n),
        Correlation.pearson(values, gold, times),
        Correlation.pearson(valueOrder.ranks(times), goldOrder.ranks(times), times)
      };
    }
  }
}
