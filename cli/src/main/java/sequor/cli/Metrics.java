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

  /// Those that fit on a line.
  static String line(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .filter(metric -> !DETAILS.contains(metric.getKey()))
        .map(metric -> metric.getKey() + " " + number(metric.getValue()))
        .collect(Collectors.joining("  "));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
