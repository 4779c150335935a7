package sequor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sequor.recipes.Report;
import sequor.tasks.ReportSection;

/// A report as people read it on a terminal.
final class ReportText {
  private static final int MOST_ROWS = 30;
  private static final int MOST_EXAMPLES = 5;
  private static final int MOST_LETTERS = 60;

  private ReportText() {}

  /// The model and its floor side by side, and what else there is to say.
  static String of(Report report) {
    var text = new StringBuilder();
    text.append(Columns.aligned(metrics(report)));
    text.append("floor: ").append(report.floor().method()).append('\n');
    if (report.isBelowFloor()) {
      text.append("The model is below its floor: ").append(report.advice()).append(".\n");
    }
    sections(report.test().sections()).forEach(section -> text.append('\n').append(section));
    text.append(
        "kept epoch %d of %d; %,d parameters; %.1f s%n"
            .formatted(
                report.bestEpoch(),
                report.history().size(),
                report.parameters(),
                report.seconds()));
    return text.append("run: ").append(report.run()).toString();
  }

  private static List<List<String>> metrics(Report report) {
    var intervals = report.test().intervals();
    var rows = new ArrayList<List<String>>();
    var header = new ArrayList<>(List.of("test", "model", "floor"));
    if (!intervals.metrics().isEmpty()) {
      header.addAll(List.of("95 % of model", "over floor", "95 % of over floor"));
    }
    rows.add(header);
    report
        .test()
        .metrics()
        .forEach(
            (metric, value) -> {
              var floor = Optional.ofNullable(report.floor().metrics().get(metric));
              var row = new ArrayList<>(List.of(metric, Metrics.number(value)));
              row.add(floor.map(Metrics::number).orElse("–"));
              var interval = Optional.ofNullable(intervals.metrics().get(metric));
              interval.ifPresent(range -> row.add(Metrics.range(range)));
              var over = Optional.ofNullable(intervals.overFloor().get(metric));
              over.ifPresent(
                  range ->
                      row.addAll(
                          List.of(Metrics.signed(report.overFloor(metric)), Metrics.range(range))));
              rows.add(row);
            });
    return rows;
  }

  /// The tables and samples, each ending with a blank line.
  static List<String> sections(List<ReportSection> sections) {
    var texts = new ArrayList<String>();
    for (var section : sections) {
      switch (section) {
        case ReportSection.Table table ->
            texts.add(table(table.columns(), table.rows(), MOST_ROWS, "in report.json"));
        case ReportSection.Examples examples ->
            texts.add(
                examples.title()
                    + "\n"
                    + table(
                        examples.columns(),
                        shortened(examples.rows()),
                        MOST_EXAMPLES,
                        "in %s.csv of the run".formatted(examples.title())));
        case ReportSection.Samples samples ->
            texts.add(samples.title() + "\n  " + String.join("\n  ", samples.texts()) + "\n\n");
        case ReportSection.Confusion _,
            ReportSection.Courses _,
            ReportSection.Reliability _ -> {} // pictures
      }
    }
    return texts;
  }

  /// Texts that are longer than a line has room for show how they begin.
  private static List<List<Object>> shortened(List<List<Object>> rows) {
    return rows.stream().map(row -> row.stream().map(ReportText::shortened).toList()).toList();
  }

  private static Object shortened(Object value) {
    return value instanceof String text && text.length() > MOST_LETTERS
        ? text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_LETTERS))) + "…"
        : value;
  }

  /// @param rest where those are that are not among the first `most`
  private static String table(List<String> columns, List<List<Object>> all, int most, String rest) {
    var rows = new ArrayList<List<String>>();
    rows.add(columns);
    all.stream().limit(most).forEach(row -> rows.add(row.stream().map(ReportText::cell).toList()));
    var text = new StringBuilder(Columns.aligned(rows));
    int more = all.size() - most;
    if (more > 0) {
      text.append("… and %,d more %s%n".formatted(more, rest));
    }
    return text.append('\n').toString();
  }

  private static String cell(Object value) {
    return value instanceof Double number ? Metrics.number(number) : value.toString();
  }
}
