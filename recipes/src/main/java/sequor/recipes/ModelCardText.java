package sequor.recipes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sequor.tasks.Floor;
import sequor.tasks.ReportSection;
import sequor.train.Bootstrap.Interval;

/// Writes a [ModelCard] as Markdown.
///
/// Labels and names come from users' files. Whatever would be markup is escaped, so that a label
/// can neither break a table nor bring a link or a script into a page that shows the card.
final class ModelCardText {
  private final ModelCard card;
  private final StringBuilder out = new StringBuilder();

  ModelCardText(ModelCard card) {
    this.card = card;
  }

  String write() {
    line("---");
    line("library_name: sequor");
    line("pipeline_tag: " + yaml(card.task()));
    line("---");
    line("# " + text(card.name()));
    if (!card.summary().isEmpty()) {
      blank();
      line(text(card.summary()));
    }
    results();
    usage();
    data();
    configuration();
    provenance();
    return out.toString();
  }

  private void results() {
    heading("Results");
    Floor floor = card.results().floor();
    var intervals = card.results().intervals();
    line(
        "On the test split, which the training never saw. The floor is "
            + text(floor.method())
            + "."
            + (intervals.metrics().isEmpty()
                ? ""
                : " In brackets: where 95 % lie when the test examples are drawn anew, of the"
                    + " difference on the same draws."));
    blank();
    boolean compared = !intervals.overFloor().isEmpty();
    row("metric", "this model", "floor", compared ? "above the floor" : "");
    row("---", "---:", "---:", compared ? "---:" : "");
    card.results()
        .metrics()
        .forEach(
            (name, value) -> {
              Double below = floor.metrics().get(name);
              row(
                  text(name),
                  number(value) + bracketed(intervals.metrics().get(name)),
                  below == null ? "–" : number(below),
                  !compared
                      ? ""
                      : below == null
                          ? "–"
                          : number(value - below) + bracketed(intervals.overFloor().get(name)));
            });
    card.results().tables().forEach(this::table);
    card.pictures()
        .forEach(
            (what, file) -> {
              blank();
              line("![%s](<%s>)".formatted(text(what), file.replaceAll("[<>\\s]", "_")));
            });
  }

  private static String bracketed(@Nullable Interval interval) {
    return interval == null
        ? ""
        : " [%s, %s]".formatted(number(interval.low()), number(interval.high()));
  }

  private void table(ReportSection.Table table) {
    blank();
    row(table.columns().stream().map(ModelCardText::text).toArray(String[]::new));
    row(
        table.columns().stream()
            .map(column -> column.equals(table.columns().getFirst()) ? "---" : "---:")
            .toArray(String[]::new));
    for (var each : table.rows()) {
      row(each.stream().map(ModelCardText::cell).toArray(String[]::new));
    }
  }

  private static String cell(Object value) {
    return switch (value) {
      case Double number -> number(number);
      default -> text(value.toString());
    };
  }

  private void usage() {
    heading("Use");
    code("sh", card.usage().commandLine());
    blank();
    code("java", card.usage().java());
  }

  private void data() {
    heading("Data");
    row("set", "size", "licence", "source", "SHA-256");
    row("---", "---", "---", "---", "---");
    for (var each : card.data()) {
      row(
          text(each.name()),
          text(each.size()),
          text(each.licence()),
          text(each.source()),
          text(each.checksum()));
    }
  }

  private void configuration() {
    heading("Configuration");
    table("setting", "value", card.configuration());
  }

  private void provenance() {
    heading("To make it again");
    code("sh", card.provenance().command());
    blank();
    line(
        "Sequor %s, seed %d. The same command on the same data gives the same bytes:"
            .formatted(text(card.provenance().version()), card.provenance().seed()));
    blank();
    table("file", "SHA-256", card.provenance().checksums());
  }

  private void table(String left, String right, Map<String, String> rows) {
    row(left, right);
    row("---", "---");
    rows.forEach((name, value) -> row(text(name), text(value)));
  }

  private void heading(String title) {
    blank();
    line("## " + title);
    blank();
  }

  /// A fence longer than any inside cannot be closed from inside.
  private void code(String language, String code) {
    String fence = "```";
    while (code.contains(fence)) {
      fence += "`";
    }
    line(fence + language);
    line(code.strip());
    line(fence);
  }

  /// Cells at the end that are empty are left out.
  private void row(String... cells) {
    int filled = cells.length;
    while (filled > 2 && cells[filled - 1].isEmpty()) {
      filled--;
    }
    line("| " + String.join(" | ", List.of(cells).subList(0, filled)) + " |");
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  private void blank() {
    out.append('\n');
  }

  /// Four decimals tell apart two models on ten thousand examples.
  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1e7 ? "%.4f" : "%.4e", value);
  }

  private static String text(String text) {
    return text.strip()
        .replaceAll("[\\s\\p{C}]+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*\\[\\]|~]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}]))", "\\\\$1");
  }

  private static String yaml(String text) {
    return '"' + text.replaceAll("[\\p{C}\"\\\\]", " ").strip() + '"';
  }
}
