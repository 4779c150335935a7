package sequor.tasks.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import sequor.Seed;
import sequor.tasks.Intervals;
import sequor.tasks.Metric;
import sequor.train.Bootstrap;
import sequor.train.Correlation;

/// Judges numbers ŷ that were said beside those y that are right.
///
/// ```
/// mae = mean |ŷ − y|      rmse = √ mean (ŷ − y)²
/// ```
///
/// and the correlations of Pearson and Spearman, which are 0 where either row is constant. Where
/// numbers are levels, with a and b the places of ŷ and y in the row of all levels, also how many
/// are right, and the weighted kappa of Cohen (1968) with quadratic weights, which is 0 by chance:
///
/// ```
/// accuracy = mean [a = b]
/// κ = 1 − Σ w·O / Σ w·E,  w = (i − j)²
///   = 1 − Σ (a − b)² / (Σ a² + Σ b² − 2/n · Σ a · Σ b)
/// ```
final class Errors {
  private static final Seed SEED = new Seed(1).child("bootstrap"); // evaluated again, the same
  private static final List<Metric> OF_NUMBERS =
      List.of(
          Metric.low("mae", "of the numbers"),
          Metric.low("rmse", "of the numbers"),
          Metric.high("pearson"),
          Metric.high("spearman"));
  private static final List<Metric> OF_LEVELS =
      Stream.concat(
              OF_NUMBERS.stream(),
              Stream.of(Metric.high("quadratic_kappa"), Metric.high("accuracy")))
          .toList();

  private final double[] gold;
  private final double[] said;
  private final List<Metric> kinds;
  private final List<Double> levels; // of numbers none
  private final double loss;

  /// @param loss the mean over the examples
  Errors(double[] gold, double[] said, Scale scale, double loss) {
    this.gold = gold;
    this.said = said;
    this.loss = loss;
    this.kinds = measured(scale);
    this.levels = scale instanceof Levels known ? all(known, gold) : List.of();
  }

  /// @param rows what networks say of each example // (examples, S)
  static Errors of(double[] gold, double[][] rows, Scale scale) {
    double[] said = Arrays.stream(rows).mapToDouble(scale::value).toArray();
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      loss += scale.loss(gold[i], rows[i]);
    }
    return new Errors(gold, said, scale, loss / Math.max(1, rows.length));
  }

  /// Those that are known, and those that only the examples have.
  private static List<Double> all(Levels known, double[] gold) {
    return DoubleStream.concat(
            known.all().stream().mapToDouble(level -> level), Arrays.stream(gold))
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  private static List<Metric> measured(Scale scale) {
    return scale instanceof Levels ? OF_LEVELS : OF_NUMBERS;
  }

  /// What [#metricsWithLoss] gives.
  static List<Metric> kinds(Scale scale) {
    var kinds = new ArrayList<>(measured(scale));
    kinds.add(Metric.low("loss", scale instanceof Levels ? "nats" : "variances"));
    return kinds;
  }

  /// The number of each example.
  double[] said() {
    return said;
  }

  /// All but the loss.
  Map<String, Double> metrics() {
    int[] once = new int[gold.length];
    Arrays.fill(once, 1);
    double[] values = new Measured(said).values(once);
    var metrics = new LinkedHashMap<String, Double>();
    for (int m = 0; m < values.length; m++) {
      metrics.put(kinds.get(m).name(), values[m]);
    }
    return metrics;
  }

  /// The same, and what is learned to be small.
  Map<String, Double> metricsWithLoss() {
    var metrics = new LinkedHashMap<>(metrics());
    metrics.put("loss", loss);
    return metrics;
  }

  /// How far chance may have moved the metrics.
  ///
  /// @param floor what a floor says of the same examples, if there is one
  Intervals intervals(Optional<double[]> floor) {
    if (gold.length == 0) {
      return Intervals.none();
    }
    int measured = kinds.size();
    var model = new Measured(said);
    var below = floor.map(Measured::new);
    var found =
        Bootstrap.intervals(
            gold.length,
            SEED,
            times -> {
              double[] values = Arrays.copyOf(model.values(times), 2 * measured);
              if (below.isPresent()) {
                double[] other = below.get().values(times);
                for (int m = 0; m < measured; m++) {
                  values[measured + m] = values[m] - other[m];
                }
              }
              return values;
            });
    return new Intervals(
        named(found.subList(0, measured)),
        floor.isEmpty() ? Map.of() : named(found.subList(measured, 2 * measured)));
  }

  private Map<String, Bootstrap.Interval> named(List<Bootstrap.Interval> intervals) {
    var named = new LinkedHashMap<String, Bootstrap.Interval>();
    for (int m = 0; m < intervals.size(); m++) {
      named.put(kinds.get(m).name(), intervals.get(m));
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
    private final int[] goldPlaces = places(gold); // in the row of levels
    private final int[] places;

    Measured(double[] values) {
      this.values = values;
      this.valueOrder = new Correlation.Order(values);
      this.places = places(values);
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
      double[] measured = {
        absolute / n,
        Math.sqrt(squares / n),
        Correlation.pearson(values, gold, times),
        Correlation.pearson(valueOrder.ranks(times), goldOrder.ranks(times), times)
      };
      return levels.isEmpty() ? measured : withLevels(measured, times);
    }

    private double[] withLevels(double[] measured, int[] times) {
      double n = 0;
      double right = 0;
      double squares = 0; // Σ (a − b)²
      double[] sums = new double[4]; // Σ a, Σ b, Σ a², Σ b²
      for (int i = 0; i < gold.length; i++) {
        double a = places[i];
        double b = goldPlaces[i];
        n += times[i];
        right += a == b ? times[i] : 0;
        squares += times[i] * (a - b) * (a - b);
        sums[0] += times[i] * a;
        sums[1] += times[i] * b;
        sums[2] += times[i] * a * a;
        sums[3] += times[i] * b * b;
      }
      double byChance = sums[2] + sums[3] - 2 * sums[0] * sums[1] / Math.max(1, n);
      double[] all = Arrays.copyOf(measured, measured.length + 2);
      all[measured.length] = byChance > 0 ? 1 - squares / byChance : 0;
      all[measured.length + 1] = right / Math.max(1, n);
      return all;
    }

    private int[] places(double[] numbers) {
      return Arrays.stream(numbers)
          .mapToInt(number -> levels.isEmpty() ? 0 : Collections.binarySearch(levels, number))
          .toArray();
    }
  }
}
