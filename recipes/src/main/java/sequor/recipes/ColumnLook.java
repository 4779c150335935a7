package sequor.recipes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import sequor.data.Row;

/// What the values of a column look like.
final class ColumnLook {
  private static final int MOST_DISTINCT = 5_000;
  private static final int MOST_SHOWN = 5;
  private static final int FEW_CLASSES = 20;
  private static final int MANY_ROWS = 20_000;
  private static final int LEAST_BUCKETS = 1_000;
  private static final int MOST_BUCKETS = 200_000; // the default

  /// Scripts that put no space between words, or where a word has many forms.
  private static final List<Character.UnicodeScript> WITHOUT_WORDS =
      List.of(
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.HIRAGANA,
          Character.UnicodeScript.KATAKANA,
          Character.UnicodeScript.HANGUL,
          Character.UnicodeScript.THAI,
          Character.UnicodeScript.LAO,
          Character.UnicodeScript.KHMER,
          Character.UnicodeScript.MYANMAR);

  private final int[] lengths; // in characters, sorted
  private final long words;
  private final Map<String, Integer> counts = new TreeMap<>(); // of values, if they are few
  private final Map<Character.UnicodeScript, Long> scripts = new LinkedHashMap<>(); // of letters

  private ColumnLook(List<String> values) {
    lengths = values.stream().mapToInt(value -> value.codePointCount(0, value.length())).toArray();
    Arrays.sort(lengths);
    words = values.stream().mapToLong(value -> value.strip().split("\\s+").length).sum();
    for (var value : values) {
      if (counts.size() <= MOST_DISTINCT) {
        counts.merge(value.strip(), 1, Integer::sum);
      }
      value
          .codePoints()
          .filter(Character::isLetter)
          .forEach(c -> scripts.merge(Character.UnicodeScript.of(c), 1L, Long::sum));
    }
  }

  /// Every column of some rows.
  static Map<String, ColumnLook> of(List<Row> rows) {
    var looks = new LinkedHashMap<String, ColumnLook>();
    for (var column : rows.getFirst().columns()) {
      looks.put(column, new ColumnLook(rows.stream().map(row -> row.field(column)).toList()));
    }
    return looks;
  }

  double meanLength() {
    return Arrays.stream(lengths).average().orElse(0);
  }

  private int longest() {
    return lengths[lengths.length - 1];
  }

  /// Almost all are no longer.
  private int usual() {
    return lengths[(int) (0.98 * (lengths.length - 1))];
  }

  /// Whether there are few different values, each several times.
  boolean mayBeLabel() {
    return counts.size() >= 2
        && counts.size() <= Math.max(2, lengths.length / 3)
        && longest() < 200;
  }

  private Character.UnicodeScript script() {
    return scripts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Character.UnicodeScript.COMMON);
  }

  /// Whether words tell more than characters do: texts of several words, in a script that parts
  /// them.
  private boolean hasWords() {
    return words >= 5L * lengths.length && !WITHOUT_WORDS.contains(script());
  }

  String asText() {
    String script = script().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "%.0f characters on average, %,d at most; mostly %s letters; read as %s"
        .formatted(meanLength(), longest(), script, hasWords() ? "words" : "characters");
  }

  String asLabel() {
    var frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_SHOWN)
            .map(
                each ->
                    "%s %.1f %%".formatted(each.getKey(), 100.0 * each.getValue() / lengths.length))
            .toList();
    return "%s classes: %s%s"
        .formatted(
            counts.size() > MOST_DISTINCT
                ? "more than %,d".formatted(MOST_DISTINCT)
                : "%,d".formatted(counts.size()),
            String.join(", ", frequent),
            counts.size() > MOST_SHOWN ? ", …" : "");
  }

  /// The settings that follow for a classifier of texts that look like this.
  ///
  /// @param labels what they are told apart by
  List<String> classifier(ColumnLook labels) {
    int rows = lengths.length;
    boolean words = hasWords();
    var settings = new ArrayList<String>();
    settings.add("tokens.tokenizer=" + (words ? "words" : "characters"));
    settings.add("tokens.lower_case=" + words);
    settings.add("tokens.max_length=" + Math.clamp(usual(), 50, 2000));
    settings.add("model.encoder=bag");
    settings.add("model.longest=" + (words ? 2 : 4));
    settings.add("model.token_dropout=0.5");
    if (buckets(words) < MOST_BUCKETS) {
      settings.add("model.buckets=" + buckets(words));
    }
    settings.add("model.ngrams=" + (pays(labels) ? "strong" : "naive_bayes"));
    settings.add("training.learning_rate=0.005");
    settings.add("training.epochs=" + Math.clamp(400_000L / rows, 5, 40));
    return settings;
  }

  /// Whether a regression for each class is soon done, and has enough to learn from: a few thousand
  /// short texts of characters are better told apart by mere counts.
  private boolean pays(ColumnLook labels) {
    return labels.counts.size() <= FEW_CLASSES && (hasWords() || lengths.length >= MANY_ROWS);
  }

  /// Vectors that longer n-grams share: two for each that is met, so that a small file makes no
  /// large model.
  private long buckets(boolean words) {
    long met = words ? this.words : 3L * Arrays.stream(lengths).asLongStream().sum();
    return Math.clamp(2 * met, LEAST_BUCKETS, MOST_BUCKETS);
  }

  /// The settings that follow for a language model.
  List<String> languageModel(int rows) {
    boolean cuts = hasWords() && words > 2_000_000;
    return List.of(
        "tokens.tokenizer=" + (cuts ? "whitespace" : "characters"),
        "tokens.max_length=" + Math.clamp(usual(), 50, 2000),
        "training.epochs=" + Math.clamp(300_000L / rows, 3, 40));
  }
}
