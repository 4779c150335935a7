package sequor.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.ParameterException;
import sequor.recipes.Machine;
import sequor.speed.Spread;
import sequor.speed.Timings;

/// Measured numbers as they are printed.
final class Figures {
  private static final int DIGITS = 4; // a measurement repeats to two or three
  private static final int MOST_RUNS = 1_000_000;

  private Figures() {}

  /// Four digits that count, and whole numbers whole.
  static double rounded(double value) {
    return decimal(value).doubleValue();
  }

  /// The same as a text, with its zeros.
  static String text(double value) {
    return decimal(value).toPlainString();
  }

  private static BigDecimal decimal(double value) {
    var exact = new BigDecimal(value);
    int whole = exact.precision() - exact.scale(); // digits before the point, or below 0
    return exact.signum() == 0
        ? BigDecimal.ZERO
        : exact.setScale(Math.max(0, DIGITS - whole), RoundingMode.HALF_EVEN);
  }

  /// The lines of a table: what was measured, and by what.
  static String table(String about, String... lines) {
    return about
        + "\n"
        + String.join("\n", lines)
        + "\n%s\n%s"
            .formatted(line("threads", String.valueOf(threads())), line("kernels", kernels()));
  }

  static String line(String name, double value, String unit) {
    return line(name, text(value)) + " " + unit;
  }

  /// The median of several repetitions, and what they lie between.
  static String line(String name, Spread spread, String unit) {
    return "%s (%s – %s)"
        .formatted(line(name, spread.median(), unit), text(spread.low()), text(spread.high()));
  }

  /// A figure of each repetition.
  static Spread spread(List<Timings> repetitions, ToDoubleFunction<Timings> figure) {
    return Spread.of(repetitions.stream().mapToDouble(figure).toArray());
  }

  private static String line(String name, String value) {
    return "%-10s %10s".formatted(name, value);
  }

  static int threads() {
    return Machine.threads();
  }

  static String kernels() {
    return Machine.kernels();
  }

  static void requireRuns(Output output, String option, int runs) {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new ParameterException(
          output.command.commandLine(),
          "%s: expected 1 to %d, got %d".formatted(option, MOST_RUNS, runs));
    }
  }
}
