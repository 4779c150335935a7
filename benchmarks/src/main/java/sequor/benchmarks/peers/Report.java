package sequor.benchmarks.peers;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/// What stands in the README between two markers: on what, when and with what it was measured, the
/// tables, and why who is missing is missing.
final class Report {
  static final String BEGIN = "<!-- table: begin -->\n";
  static final String END = "<!-- table: end -->";

  private Report() {}

  /// On what and when something was measured.
  ///
  /// @param bystanders percent of the cores that other programs used in between, if known
  record Circumstances(String machine, LocalDate date, OptionalInt bystanders) {
    String line() {
      String others =
          bystanders.isPresent()
              ? "; other programs used %d %% of the cores in between"
                  .formatted(bystanders.getAsInt())
              : "";
      return "Measured on %s, %s, JDK %s%s.".formatted(machine, date, Runtime.version(), others);
    }
  }

  static String of(
      Circumstances circumstances, List<Result> results, Map<Entrant, String> versions) {
    var text = new StringBuilder();
    text.append(circumstances.line()).append("\n\n");
    new TreeSet<>(versions.values())
        .forEach(version -> text.append("- ").append(version).append('\n'));
    text.append('\n').append(ResultTable.of(results));
    var absent = new TreeSet<String>();
    for (var result : results) {
      result
          .absent()
          .forEach(
              (entrant, reason) ->
                  absent.add(
                      "- %s at %s: %s".formatted(entrant.column(), result.row().name(), reason)));
    }
    if (!absent.isEmpty()) {
      text.append("\nMissing:\n\n").append(String.join("\n", absent)).append('\n');
    }
    return text.toString();
  }

  /// The README with this report in the place of the one before.
  static String intoReadme(String readme, String report) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "README: expected the lines %s and %s around the table, found none; put them back"
              .formatted(BEGIN.strip(), END));
    }
    return readme.substring(0, begin + BEGIN.length())
        + "\n"
        + report
        + "\n"
        + readme.substring(end);
  }
}
