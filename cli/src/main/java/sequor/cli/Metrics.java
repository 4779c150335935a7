package sequor.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import sequor.train.Bootstrap.Interval;

/// Metrics as people read them.
final class Metrics {
  private static final Set<String> DETAILS =
      Set.of(
          "macro_precision",
          "macro_recall",
          "micro_f1",
          "weighted_f1",
          "matthews",
          "ece",
          "perplexity");

  private Metrics() {}

  /// Whether there is no place for it on a line.
  static boolean isDetail(String metric) {
    return DETAILS.contains(metric);
  }

  /// Those that fit on a line.
  static String line(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .filter(metric -> !isDetail(metric.getKey()))
        .map(metric -> metric.getKey() + " " + number(metric.getValue()))
        .collect(Collectors.joining("  "));
  }

  /// Where most of it lies.
  static String range(Interval interval) {
    return number(interval.low()) + " … " + number(interval.high());
  }

  /// With a sign.
  static String signed(double value) {
    return (value < 0 ? "" : "+") + number(value);
  }

  /// Four decimals, unless that would be a row of zeros.
  static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1e7 ? "%.4f" : "%.4e", value);
  }
}
