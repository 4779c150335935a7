package sequor.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sequor.data.Data;
import sequor.data.DataException;
import sequor.data.Row;
import sequor.tasks.tag.TagTask;

/// What a file of words and their tags looks like, and the recipe that follows from that.
final class OwnSentences {
  private static final int MOST_SHOWN = 5;
  private static final Set<String> WORDS =
      Set.of("form", "token", "tokens", "word", "words", "text", "sentence");
  private static final Set<String> TAGS =
      Set.of("upos", "tag", "tags", "label", "labels", "ner", "ner_tags", "pos", "pos_tags");

  private final Path file;
  private final List<String> overrides;
  private final Set<String> set;
  private final List<String> chosen = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  /// @param set the keys that the user set
  OwnSentences(Path file, List<String> overrides, Set<String> set) {
    this.file = file;
    this.overrides = overrides;
    this.set = set;
  }

  OwnData look() {
    var rows = rows();
    if (rows.isEmpty()) {
      return new OwnData(Recipe.load(TagTask.NAME, overrides), List.of()); // training says why
    }
    var columns = rows.getFirst().columns();
    String text = column("text", guess(columns, WORDS, columns.getFirst()));
    String label = column("label", guess(columns, TAGS, columns.getLast()));
    if (rows.getFirst().has(text) && rows.getFirst().has(label)) {
      say(rows, text, label);
    }
    chosen.removeIf(choice -> set.contains(OwnData.key(choice)));
    found.add("takes  " + String.join("  ", chosen));
    var all = new ArrayList<>(chosen);
    all.addAll(overrides);
    return new OwnData(Recipe.load(TagTask.NAME, all), found);
  }

  /// A file whose name says nothing has a word a line.
  private List<Row> rows() {
    var data = overrides.stream().filter(each -> each.startsWith("data.")).toList();
    if (set.contains("data.format") || isTable()) {
      return rows(data);
    }
    try {
      var asked = Recipe.load(TagTask.NAME, data).settings().section("data");
      if (Data.sentences(asked, file).isPresent()) {
        return rows(data);
      }
    } catch (DataException e) {
      // of no format by its name
    }
    chosen.add("data.format=conll");
    var all = new ArrayList<>(data);
    all.addAll(chosen);
    return rows(all);
  }

  private boolean isTable() {
    return file.toString().matches("(?i).*\\.(csv|jsonl|ndjson)(\\.gz)?");
  }

  private List<Row> rows(List<String> data) {
    return OwnData.rows(Recipe.load(TagTask.NAME, data), file);
  }

  private String column(String key, String guess) {
    if (set.contains("data." + key)) {
      return Recipe.load(TagTask.NAME, overrides).settings().section("data").text(key);
    }
    chosen.add(Recipe.override("data." + key, guess));
    return guess;
  }

  private static String guess(List<String> columns, Set<String> names, String otherwise) {
    return columns.stream()
        .filter(column -> names.contains(column.toLowerCase(Locale.ROOT).strip()))
        .findFirst()
        .orElse(otherwise);
  }

  private void say(List<Row> rows, String text, String label) {
    var tags = new TreeMap<String, Integer>();
    long words = 0;
    long hangul = 0;
    for (var row : rows) {
      for (var word : row.list(text)) {
        words++;
        hangul += word.codePoints().anyMatch(OwnSentences::isHangul) ? 1 : 0;
      }
      row.list(label).forEach(tag -> tags.merge(tag, 1, Integer::sum));
    }
    found.add(
        "file   %s: %s sentences; columns %s"
            .formatted(
                file.getFileName(),
                OwnData.count(rows),
                String.join(", ", rows.getFirst().columns())));
    found.add(
        "text   %s: %,d words, %.1f a sentence"
            .formatted(text, words, (double) words / rows.size()));
    found.add("label  %s: %,d tags: %s".formatted(label, tags.size(), frequent(tags, words)));
    if (!set.contains("tokens.tokenizer")) {
      chosen.add("tokens.signs=true"); // no key of another
    }
    if (2 * hangul > words) {
      chosen.add("tokens.letters=nfd");
    }
    chosen.add("training.batch_size=" + (words < 20_000 ? 8 : 32));
    chosen.add("training.learning_rate=0.002");
    chosen.add("training.epochs=" + Math.clamp(3_000_000L / Math.max(1, words), 10, 60));
  }

  private static boolean isHangul(int c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HANGUL;
  }

  private static String frequent(Map<String, Integer> tags, long words) {
    var most =
        tags.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_SHOWN)
            .map(each -> "%s %.1f %%".formatted(each.getKey(), 100.0 * each.getValue() / words))
            .toList();
    return String.join(", ", most) + (tags.size() > MOST_SHOWN ? ", …" : "");
  }
}
