package sequor.benchmarks.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sequor.speed.Timings;

/// Results as Markdown. A cell holds the figure with one thread and the one with all.
final class ResultTable {
  private static final String NOTHING = "–";
  private static final List<String> COLUMNS =
      Arrays.stream(Entrant.values()).map(Entrant::column).distinct().toList();

  private ResultTable() {}

  /// One line of a table: a percentile of the times at a row.
  private record Line(String title, Result result, double percent) {

    /// The shortest time of those who are meant, in nanoseconds.
    OptionalDouble best(Predicate<Entrant> meant) {
      return result.timings().entrySet().stream()
          .filter(timed -> meant.test(timed.getKey().entrant()))
          .mapToDouble(timed -> nanos(timed.getValue()))
          .min();
    }

    /// What the best of Sequor takes in relation to the best libtorch; under 1 it is faster.
    String ratio() {
      var ours = best(entrant -> entrant == Entrant.SEQUOR);
      var theirs = best(Entrant::isLibtorch);
      return ours.isPresent() && theirs.isPresent()
          ? digits(ours.getAsDouble() / theirs.getAsDouble())
          : NOTHING;
    }

    /// The figures of all variants in a column, each `one thread / all threads`.
    String cell(String column) {
      var cell =
          Arrays.stream(Entrant.values())
              .filter(entrant -> entrant.column().equals(column))
              .map(this::figures)
              .filter(figures -> !figures.isEmpty())
              .collect(Collectors.joining("; "));
      return cell.isEmpty() ? NOTHING : cell;
    }

    private String figures(Entrant entrant) {
      var figures =
          result.timings().entrySet().stream()
              .filter(timed -> timed.getKey().entrant() == entrant)
              .map(timed -> figure(nanos(timed.getValue())))
              .collect(Collectors.joining(" / "));
      return figures.isEmpty() || entrant.variant().isEmpty()
          ? figures
          : entrant.variant() + " " + figures;
    }

    private double nanos(Timings timings) {
      return (double) timings.percentileNanos(percent);
    }

    private String figure(double nanos) {
      if (result.row().task() instanceof Work.Multiply(var product)) {
        return digits(product.operations() / nanos);
      }
      return nanos < 1e6
          ? digits(nanos / 1e3) + " µs"
          : nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }
  }

  /// A table of times and one of rates, as far as there are any.
  static String of(List<Result> results) {
    var times =
        results.stream()
            .filter(result -> !(result.row().task() instanceof Work.Multiply))
            .flatMap(ResultTable::timeLines)
            .toList();
    var rates =
        results.stream()
            .filter(result -> result.row().task() instanceof Work.Multiply)
            .map(result -> new Line(result.row().title(), result, 50))
            .toList();
    return Stream.of(table("median time", times), table("product, in GFLOP/s", rates))
        .filter(table -> !table.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /// One who asks for one item waits for it, so the slowest answers count too.
  private static Stream<Line> timeLines(Result result) {
    var row = result.row();
    var median = new Line(row.title(), result, 50);
    return row.task() instanceof Work.Predict(var workload) && workload.sizes().batch() == 1
        ? Stream.of(median, new Line(row.title() + ", 99th percentile", result, 99))
        : Stream.of(median);
  }

  private static String table(String title, List<Line> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    var columns =
        COLUMNS.stream()
            .filter(column -> lines.stream().anyMatch(line -> !line.cell(column).equals(NOTHING)))
            .toList();
    var table = new StringBuilder();
    table.append(row(title, columns.stream(), "Sequor / best libtorch"));
    table.append(row("---", columns.stream().map(_ -> "---"), "---"));
    for (var line : lines) {
      table.append(row(line.title(), columns.stream().map(line::cell), line.ratio()));
    }
    return table.toString();
  }

  private static String row(String first, Stream<String> middle, String last) {
    return Stream.of(Stream.of(first), middle, Stream.of(last))
        .flatMap(cells -> cells)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /// About three digits.
  private static String digits(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
