package sequor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sequor.recipes.Report;
import sequor.tasks.ReportSection;

/// A report as people read it on a terminal.
final class ReportText {
  private static final int MOST_ROWS = 30;

  private ReportText() {}

  /// The model and its floor side by side, and what else there is to say.
  static String of(Report report) {
    var text = new StringBuilder();
    text.append("%-18s %10s %10s%n".formatted("test", "model", "floor"));
    report
        .test()
        .metrics()
        .forEach(
            (metric, value) -> {
              var floor = Optional.ofNullable(report.floor().metrics().get(metric));
              text.append(
                  "%-18s %10s %10s%n"
                      .formatted(
                          metric, Metrics.number(value), floor.map(Metrics::number).orElse("–")));
            });
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

  /// The tables and samples, each ending with a blank line.
  static List<String> sections(List<ReportSection> sections) {
    var texts = new ArrayList<String>();
    for (var section : sections) {
      switch (section) {
        case ReportSection.Table table -> texts.add(table(table));
        case ReportSection.Samples samples ->
            texts.add(samples.title() + "\n  " + String.join("\n  ", samples.texts()) + "\n\n");
        case ReportSection.Confusion _ -> {} // a picture
      }
    }
    return texts;
  }

  private static String table(ReportSection.Table table) {
    var rows = new ArrayList<List<String>>();
    rows.add(table.columns());
    table.rows().stream()
        .limit(MOST_ROWS)
        .forEach(row -> rows.add(row.stream().map(ReportText::cell).toList()));
    var text = new StringBuilder(Columns.aligned(rows));
    int more = table.rows().size() - MOST_ROWS;
    if (more > 0) {
      text.append("… and %,d more in report.json%n".formatted(more));
    }
    return text.append('\n').toString();
  }

  private static String cell(Object value) {
    return value instanceof Double number ? Metrics.number(number) : value.toString();
  }
}
