package sequor.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import sequor.data.Data;
import sequor.data.Row;
import sequor.tasks.classify.ClassifyTask;
import sequor.tasks.forecast.ForecastTask;
import sequor.tasks.language.LanguageTask;
import sequor.tasks.tag.TagTask;
import sequor.tasks.translate.TranslateTask;

/// What a file of a user's own looks like, and the recipe that follows from that.
///
/// ```java
/// var own = OwnData.look("classify", Path.of("my.csv"), List.of("data.text=review"));
/// own.found().forEach(IO::println);
/// own.recipe().resolved();
/// ```
///
/// @param recipe what was chosen, but for what the user set
/// @param found what was found, line by line
public record OwnData(Recipe recipe, List<String> found) {
  private static final int MOST_ROWS = 20_000;
  private static final Set<String> LABELS =
      Set.of(
          "label",
          "class",
          "category",
          "target",
          "sentiment",
          "mood",
          "stars",
          "rating",
          "topic",
          "tag",
          "type",
          "intent",
          "language",
          "nationality");
  private static final Set<String> TEXTS =
      Set.of(
          "text", "review", "sentence", "title", "content", "document", "message", "body", "name");

  public OwnData {
    found = List.copyOf(found);
  }

  /// Looks at the first rows of a file.
  ///
  /// @param task what the file is for
  /// @param overrides what the user set, which holds
  public static OwnData look(String task, Path file, List<String> overrides) {
    if (OwnFrames.are(task, overrides)) {
      return new OwnFrames(task, file, overrides).look();
    }
    if (task.equals(TagTask.NAME)) {
      var keys = overrides.stream().map(OwnData::key).collect(Collectors.toSet());
      return new OwnSentences(file, overrides, keys).look();
    }
    if (task.equals(TranslateTask.NAME)) {
      return new OwnPairs(file, overrides).look();
    }
    if (task.equals(ForecastTask.NAME)) {
      return new OwnSeries(file, overrides).look();
    }
    boolean classifies = task.equals(ClassifyTask.NAME);
    if (!classifies && !task.equals(LanguageTask.NAME)) {
      return asked(task, overrides); // somebody else's task, whose columns are its own
    }
    var data = overrides.stream().filter(each -> each.startsWith("data.")).toList();
    var asked = Recipe.load(task, data); // others may be keys of what is chosen below
    var rows = rows(asked, file);
    if (rows.isEmpty()) {
      return asked(task, overrides); // the training says what is wrong
    }
    var set = overrides.stream().map(OwnData::key).collect(Collectors.toSet());
    var columns = ColumnLook.of(rows);
    if (set.contains("data.pair")) {
      columns.remove(asked.settings().section("data").text("pair")); // it is neither of the others
    }
    var chosen = new ArrayList<String>();
    var found = new ArrayList<String>();
    found.add(
        "file   %s: %s rows; columns %s"
            .formatted(
                file.getFileName(), count(rows), String.join(", ", rows.getFirst().columns())));
    String label = classifies ? column(asked, "label", set, label(columns), chosen) : "";
    String text = column(asked, "text", set, text(columns, label), chosen);
    var look = columns.get(text);
    var labels = columns.get(classifies ? label : text);
    if (look == null || labels == null || label.equals(text)) {
      return asked(task, overrides); // the training names the columns there are
    }
    found.add("text   " + text + ": " + look.asText());
    if (classifies) {
      found.add("label  " + label + ": " + labels.asLabel());
      chosen.addAll(look.classifier(labels));
    } else {
      chosen.addAll(look.languageModel(rows.size()));
    }
    chosen.removeIf(
        choice ->
            set.contains(key(choice)) || isOfAnother(choice, set) || isTooFast(choice, overrides));
    found.add("takes  " + String.join("  ", chosen));
    var all = new ArrayList<>(chosen);
    all.addAll(overrides);
    return new OwnData(Recipe.load(task, all), found);
  }

  private static OwnData asked(String task, List<String> overrides) {
    return new OwnData(Recipe.load(task, overrides), List.of());
  }

  /// The keys of an encoder that the user did not choose would be wrong.
  private static boolean isOfAnother(String choice, Set<String> set) {
    boolean encoder = set.contains("model.encoder") || set.stream().anyMatch(OwnData::isRecurrent);
    return encoder && choice.startsWith("model.");
  }

  /// A Transformer learns little at the rate that suits the others.
  private static boolean isTooFast(String choice, List<String> overrides) {
    return key(choice).equals("training.learning_rate")
        && overrides.contains("model.encoder=transformer");
  }

  private static boolean isRecurrent(String key) {
    return key.matches("model\\.(cell|hidden_size|layers|bidirectional|layer_dropout)");
  }

  /// The first rows of a file, as a recipe reads it.
  static List<Row> rows(Recipe recipe, Path file) {
    var rows = new ArrayList<Row>();
    try (var cursor = Data.open(recipe.settings().section("data"), file).open()) {
      while (cursor.hasNext() && rows.size() < MOST_ROWS) {
        rows.add(cursor.next());
      }
    }
    return rows;
  }

  /// How many these first rows say that a file has.
  static String count(List<Row> rows) {
    return rows.size() < MOST_ROWS ? "%,d".formatted(rows.size()) : "more than 20,000";
  }

  static String key(String override) {
    return override.substring(0, Math.max(0, override.indexOf('=')));
  }

  /// The column that the user named, or else the one that looks like it.
  private static String column(
      Recipe recipe, String key, Set<String> set, String guess, List<String> chosen) {
    if (set.contains("data." + key)) {
      return recipe.settings().section("data").text(key);
    }
    chosen.add(Recipe.override("data." + key, guess));
    return guess;
  }

  /// The column with few different values that is called like a label, or stands last.
  static String label(Map<String, ColumnLook> columns) {
    var possible = new LinkedHashMap<String, ColumnLook>();
    columns.forEach(
        (name, look) -> {
          if (look.mayBeLabel()) {
            possible.put(name, look);
          }
        });
    var names = List.copyOf((possible.isEmpty() ? columns : possible).keySet());
    return names.stream().filter(name -> isOneOf(LABELS, name)).findFirst().orElse(names.getLast());
  }

  /// The other column that is called like a text, or has the longest.
  private static String text(Map<String, ColumnLook> columns, String label) {
    var others = columns.keySet().stream().filter(name -> !name.equals(label)).toList();
    return others.stream()
        .filter(name -> isOneOf(TEXTS, name))
        .findFirst()
        .or(
            () ->
                others.stream().max(Comparator.comparingDouble(name -> meanLength(columns, name))))
        .orElse(label);
  }

  private static double meanLength(Map<String, ColumnLook> columns, String name) {
    var look = columns.get(name);
    return look == null ? 0 : look.meanLength();
  }

  private static boolean isOneOf(Set<String> names, String name) {
    return names.contains(name.toLowerCase(Locale.ROOT).strip());
  }
}
