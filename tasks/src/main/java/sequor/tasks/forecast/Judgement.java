package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;

/// Judges what was said of windows beside what came. Numbers that are missing are never judged.
///
/// ```
/// mae = mean |ŷ − y|                    rmse = √ mean (ŷ − y)²
/// mase = mean |ŷ − y| / mean |x_t − x_{t−m}| of the training part
/// smape = 200 · mean |ŷ − y| / (|ŷ| + |y|)     mape = 100 · mean |ŷ − y| / |y|, where y is not 0
/// quantile_loss = mean over three quantiles q of max(q·(y − ŷ_q), (q − 1)·(y − ŷ_q))
/// ```
///
/// `scaled_mse` and `scaled_mae` are of numbers scaled series by series, so that series of all
/// sizes count alike, as the literature has them.
///
/// Sources: Hyndman and Koehler, *Another look at measures of forecast accuracy* (2006); Makridakis
/// et al., *The M4 competition* (2020).
final class Judgement {
  private static final int MOST_ROWS = 20;

  /// What is judged by its error alone.
  static final List<Metric> OF_POINTS =
      List.of(
          Metric.low("mae", "of the numbers"),
          Metric.low("rmse", "of the numbers"),
          Metric.low("mase", "errors of the last season"),
          Metric.low("smape", "%"),
          Metric.low("mape", "%"),
          Metric.low("scaled_mse", "variances"),
          Metric.low("scaled_mae", "deviations"));

  private final List<Scaled> series;
  private final double[] naive; // the mean difference of numbers a season apart, of each series
  private final double coverage;
  private final Tally all = new Tally();
  private final Tally[] bySeries;
  private final Tally[] byStep;
  private long zeros;

  /// @param valid the step behind the training part
  /// @param season m
  Judgement(List<Scaled> series, int valid, int season, int horizon, double coverage) {
    this.series = series;
    this.coverage = coverage;
    this.naive = series.stream().mapToDouble(each -> naive(each.series(), valid, season)).toArray();
    this.bySeries = tallies(series.size());
    this.byStep = tallies(horizon);
  }

  private static Tally[] tallies(int count) {
    var tallies = new Tally[count];
    Arrays.setAll(tallies, i -> new Tally());
    return tallies;
  }

  private static double naive(Series series, int valid, int season) {
    double sum = 0;
    int n = 0;
    float[] values = series.values();
    for (int t = season; t < Math.min(values.length, valid - series.first()); t++) {
      double difference = Math.abs((double) values[t] - values[t - season]);
      sum += Double.isNaN(difference) ? 0 : difference;
      n += Double.isNaN(difference) ? 0 : 1;
    }
    return n == 0 ? 0 : sum / n;
  }

  /// Sums of errors.
  private static final class Tally {
    double n;
    double absolute;
    double squares;
    double scaledAbsolute;
    double scaledSquares;
    double naive;
    double naives;
    double symmetric;
    double shares;
    double nonZero;
    double quantiles;
    double inside;

    void add(double y, double said, double z, double naiveError) {
      double error = Math.abs(said - y);
      n++;
      absolute += error;
      squares += error * error;
      scaledAbsolute += Math.abs(z);
      scaledSquares += z * z;
      double sizes = Math.abs(said) + Math.abs(y);
      symmetric += sizes == 0 ? 0 : error / sizes;
      naive += naiveError > 0 ? error / naiveError : 0;
      naives += naiveError > 0 ? 1 : 0;
      shares += y == 0 ? 0 : error / Math.abs(y);
      nonZero += y == 0 ? 0 : 1;
    }

    Map<String, Double> metrics() {
      var metrics = new LinkedHashMap<String, Double>();
      metrics.put("mae", absolute / n);
      metrics.put("rmse", Math.sqrt(squares / n));
      if (naives > 0) {
        metrics.put("mase", naive / naives);
      }
      metrics.put("smape", 200 * symmetric / n);
      if (nonZero > 0) {
        metrics.put("mape", 100 * shares / nonZero);
      }
      metrics.put("scaled_mse", scaledSquares / n);
      metrics.put("scaled_mae", scaledAbsolute / n);
      return metrics;
    }
  }

  /// Adds what was said of a window.
  ///
  /// @param which series
  /// @param at the first step that was said
  /// @param said of each step, in the series' own unit
  void add(int which, int at, double[] said) {
    for (int h = 0; h < said.length; h++) {
      double y = came(which, at + h);
      if (!Double.isNaN(y)) {
        point(which, h, y, said[h]);
      }
    }
  }

  private void point(int which, int h, double y, double said) {
    var scale = series.get(which).scale();
    double z = scale.scaled(said) - scale.scaled(y);
    all.add(y, said, z, naive[which]);
    bySeries[which].add(y, said, z, naive[which]);
    byStep[h].add(y, said, z, naive[which]);
    zeros += y == 0 ? 1 : 0;
  }

  /// Adds what was said of a window with its intervals.
  void add(int which, int at, Said said) {
    add(which, at, said.values());
    double tail = (1 - coverage) / 2;
    for (int h = 0; h < said.values().length; h++) {
      double y = came(which, at + h);
      if (Double.isNaN(y)) {
        continue;
      }
      double loss =
          pinball(y, said.low()[h], tail)
              + pinball(y, said.values()[h], 0.5)
              + pinball(y, said.high()[h], 1 - tail);
      double inside = said.low()[h] <= y && y <= said.high()[h] ? 1 : 0;
      for (var tally : List.of(all, bySeries[which], byStep[h])) {
        tally.quantiles += loss / 3;
        tally.inside += inside;
      }
    }
  }

  private static double pinball(double y, double said, double quantile) {
    return Math.max(quantile * (y - said), (quantile - 1) * (y - said));
  }

  /// What came; not a number where nobody knows.
  private double came(int which, int step) {
    var one = series.get(which).series();
    int place = step - one.first();
    return place < 0 || place >= one.length() ? Double.NaN : one.values()[place];
  }

  /// What was said of a window, in the unit of its series.
  ///
  /// @param values of each step // (H)
  /// @param low of each step // (H)
  /// @param high of each step // (H)
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Said(double[] values, double[] low, double[] high) {}

  /// Whether anything was judged.
  boolean isEmpty() {
    return all.n == 0;
  }

  /// What a reader of its metrics should know.
  List<String> notices() {
    return zeros == 0
        ? List.of()
        : List.of(
            "%,d of the numbers that are judged are 0, which mape leaves out".formatted(zeros));
  }

  Map<String, Double> metrics() {
    return all.metrics();
  }

  /// The same, and how good the intervals are.
  Map<String, Double> metricsWithIntervals() {
    var metrics = new LinkedHashMap<>(all.metrics());
    metrics.put("quantile_loss", all.quantiles / all.n);
    metrics.put("coverage", all.inside / all.n);
    return metrics;
  }

  /// Step by step, at most some of them.
  ReportSection.Table bySteps() {
    var rows = new ArrayList<List<Object>>();
    int stride = Math.ceilDiv(byStep.length, MOST_ROWS);
    for (int h = 0; h < byStep.length; h++) {
      if (byStep[h].n > 0 && (stride == 1 || h == 0 || (h + 1) % stride == 0)) {
        rows.add(row(h + 1, byStep[h]));
      }
    }
    return new ReportSection.Table(
        "by_step", List.of("step", "mae", "rmse", "scaled_mse", "coverage"), rows);
  }

  /// Series by series, at most the first.
  ReportSection.Table bySeries() {
    var rows = new ArrayList<List<Object>>();
    for (int s = 0; s < bySeries.length && rows.size() < MOST_ROWS; s++) {
      if (bySeries[s].n > 0) {
        rows.add(row(series.get(s).series().name(), bySeries[s]));
      }
    }
    return new ReportSection.Table(
        "by_series", List.of("series", "mae", "rmse", "scaled_mse", "coverage"), rows);
  }

  private static List<Object> row(Object name, Tally tally) {
    return List.of(
        name,
        tally.absolute / tally.n,
        Math.sqrt(tally.squares / tally.n),
        tally.scaledSquares / tally.n,
        tally.inside / tally.n);
  }
}
