package sequor.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Metrics as people read them.
final class Metrics {
  private static final Set<String> DETAILS =
      Set.of("macro_precision", "macro_recall", "perplexity");

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

  /// Four decimals, unless that would be a row of zeros.
  static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1e7 ? "%.4f" : "%.4e", value);
  }
}
