package sequor.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sequor.data.Row;
import sequor.data.Source;
import sequor.tasks.FrameReader;
import sequor.tasks.classify.ClassifyTask;
import sequor.tasks.tag.TagTask;
import sequor.tasks.translate.TranslateTask;

/// What a file of sequences of numbers looks like, and the recipe that follows from that.
final class OwnFrames {
  private static final int MOST_SHOWN = 5;
  private static final Set<String> STEPS =
      Set.of(
          "step",
          "time",
          "timestamp",
          "t",
          "frame",
          "index",
          "order",
          "date",
          "second",
          "seconds",
          "minute",
          "minutes",
          "hour",
          "hours",
          "day",
          "sample",
          "tick");

  private static final Set<String> TASKS =
      Set.of(ClassifyTask.NAME, TagTask.NAME, TranslateTask.NAME);

  private final String task;
  private final Path file;
  private final List<String> overrides;
  private final Set<String> set;
  private final List<String> chosen = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  /// @param overrides what the user set, which holds
  OwnFrames(String task, Path file, List<String> overrides) {
    this.task = task;
    this.file = file;
    this.overrides = overrides;
    this.set = keys(overrides);
  }

  /// Whether the user asks to read numbers.
  static boolean are(String task, List<String> overrides) {
    var set = keys(overrides);
    return TASKS.contains(task) && (set.contains("data.sequence") || set.contains("data.values"));
  }

  private static Set<String> keys(List<String> overrides) {
    return overrides.stream().map(OwnData::key).collect(Collectors.toSet());
  }

  OwnData look() {
    var data =
        new ArrayList<>(overrides.stream().filter(each -> each.startsWith("data.")).toList());
    var rows = OwnData.rows(Recipe.load(task, data), file);
    if (rows.isEmpty()) {
      return new OwnData(Recipe.load(task, overrides), List.of()); // training says why
    }
    var columns = rows.getFirst().columns();
    if (set.contains("data.sequence") && !set.contains("data.step")) {
      columns.stream()
          .filter(column -> STEPS.contains(column.toLowerCase(Locale.ROOT).strip()))
          .findFirst()
          .ifPresent(column -> chosen.add(Recipe.override("data.step", column)));
    }
    long steps = rows.stream().mapToLong(OwnFrames::steps).sum();
    found.add(
        "file   %s: %s sequences, %,d steps, %.1f a sequence; columns %s"
            .formatted(
                file.getFileName(),
                OwnData.count(rows),
                steps,
                (double) steps / rows.size(),
                String.join(", ", columns)));
    String predicted = predicted(rows, columns);
    if (!set.contains("data.values")) {
      values(rows, predicted);
    }
    learning(rows.size(), steps);
    chosen.removeIf(choice -> set.contains(OwnData.key(choice)));
    found.add("takes  " + String.join("  ", chosen));
    var all = new ArrayList<>(chosen);
    all.addAll(overrides);
    return new OwnData(Recipe.load(task, all), found);
  }

  /// Of lists as many as the longest has.
  private static int steps(Row row) {
    int lists =
        row.columns().stream()
            .filter(row::isList)
            .mapToInt(column -> row.list(column).size())
            .max()
            .orElse(1);
    return row.parts().isEmpty() ? lists : row.parts().size();
  }

  /// All columns of numbers, by their names, so that a recipe that is kept says which.
  private void values(List<Row> rows, String predicted) {
    var all = new ArrayList<>(chosen);
    all.addAll(overrides);
    var data = Recipe.load(task, all).settings().section("data");
    var columns = FrameReader.columns(data, Source.of(rows), List.of(predicted));
    chosen.add(Recipe.override("data.values", columns));
    found.add("values " + String.join(", ", columns));
  }

  private String predicted(List<Row> rows, List<String> columns) {
    String key = translates() ? "target" : "label";
    String column =
        set.contains("data." + key)
            ? Recipe.load(task, overrides).settings().section("data").text(key)
            : guess(rows);
    if (columns.contains(column)) { // otherwise the training names the columns there are
      chosen.add(Recipe.override("data." + key, column));
      say(rows, key, column);
    }
    return column;
  }

  private void say(List<Row> rows, String key, String column) {
    var counts = new TreeMap<String, Integer>();
    for (var row : rows) {
      for (var value : tags() ? row.list(column) : List.of(row.field(column))) {
        counts.merge(value.strip(), 1, Integer::sum);
      }
    }
    var most =
        counts.entrySet().stream()
            .sorted((a, b) -> b.getValue() - a.getValue())
            .limit(MOST_SHOWN)
            .map(each -> "%s %,d".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    found.add(
        "%-6s %s: %,d different: %s%s"
            .formatted(key, column, counts.size(), most, counts.size() > MOST_SHOWN ? ", …" : ""));
  }

  private boolean tags() {
    return task.equals(TagTask.NAME);
  }

  private boolean translates() {
    return task.equals(TranslateTask.NAME);
  }

  private String guess(List<Row> rows) {
    var steps =
        rows.stream()
            .limit(200)
            .flatMap(row -> row.parts().isEmpty() ? List.of(row).stream() : row.parts().stream())
            .toList();
    return translates()
        ? rows.getFirst().columns().getLast()
        : OwnData.label(ColumnLook.of(tags() ? steps : rows));
  }

  /// Few sequences are gone through more often.
  private void learning(int sequences, long steps) {
    boolean recurrent =
        overrides.stream()
            .noneMatch(each -> each.matches("model\\.(encoder|architecture)=(?!recurrent).*"));
    if (recurrent) {
      chosen.add("model.hidden_size=64");
    }
    if (translates()) {
      chosen.add("tokens.tokenizer=words");
      chosen.add("tokens.signs=true");
      chosen.add("training.watch=nats_per_token"); // BLEU is 0 until four words in a row are right
    } else {
      chosen.add("model.dropout=0.2");
    }
    if (task.equals(ClassifyTask.NAME)) {
      chosen.add("model.pooling=all");
    }
    chosen.add("training.batch_size=" + (sequences < 500 ? 8 : 32));
    chosen.add("training.learning_rate=" + (recurrent ? "0.003" : "0.001"));
    chosen.add("training.epochs=" + Math.clamp(3_000_000L / Math.max(1, steps), 15, 60));
  }
}
