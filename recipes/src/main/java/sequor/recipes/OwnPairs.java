package sequor.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import sequor.data.Row;
import sequor.tasks.translate.TranslateTask;

/// What a file of pairs of texts looks like, and the recipe that follows from that.
final class OwnPairs {
  private static final Set<String> SOURCES =
      Set.of("source", "src", "input", "question", "text", "from", "prompt", "document");
  private static final Set<String> TARGETS =
      Set.of("target", "trg", "tgt", "output", "answer", "translation", "to", "reply", "summary");

  private final Path file;
  private final List<String> overrides;
  private final Set<String> set;
  private final List<String> chosen = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  /// @param overrides what the user set, which holds
  OwnPairs(Path file, List<String> overrides) {
    this.file = file;
    this.overrides = overrides;
    this.set = overrides.stream().map(OwnData::key).collect(Collectors.toSet());
  }

  OwnData look() {
    var source = named("source");
    var target = named("target");
    boolean byNumber = isNumber(source) && isNumber(target) && isTable();
    if (byNumber && !set.contains("data.header")) {
      chosen.add("data.header=false"); // columns that are told by number have no names
    }
    var rows = rows();
    if (rows.isEmpty()) {
      return new OwnData(
          Recipe.load(TranslateTask.NAME, overrides), List.of()); // training says why
    }
    var columns = rows.getFirst().columns();
    var read = source.orElseGet(() -> guess(columns, SOURCES, target, 0));
    var said = target.orElseGet(() -> guess(columns, TARGETS, Optional.of(read), 1));
    choose("source", place(read, columns));
    choose("target", place(said, columns));
    say(rows, place(read, columns), place(said, columns));
    chosen.removeIf(choice -> set.contains(OwnData.key(choice)) && !isPlace(choice));
    found.add("takes  " + String.join("  ", chosen));
    var all = new ArrayList<>(overrides);
    all.removeIf(each -> isPlace(each) && chosen.stream().anyMatch(one -> sameKey(one, each)));
    all.addAll(0, chosen);
    return new OwnData(Recipe.load(TranslateTask.NAME, all), found);
  }

  private static boolean sameKey(String one, String other) {
    return OwnData.key(one).equals(OwnData.key(other));
  }

  private static boolean isPlace(String override) {
    return OwnData.key(override).equals("data.source")
        || OwnData.key(override).equals("data.target");
  }

  private boolean isTable() {
    return file.toString().matches("(?i).*\\.(csv|tsv|tab|txt)(\\.gz)?");
  }

  private static boolean isNumber(Optional<String> column) {
    return column.filter(name -> name.matches("[1-9]\\d{0,3}")).isPresent();
  }

  /// The column that the user named.
  private Optional<String> named(String key) {
    return set.contains("data." + key)
        ? Optional.of(
            Recipe.load(TranslateTask.NAME, overrides).settings().section("data").text(key))
        : Optional.empty();
  }

  private List<Row> rows() {
    var data = new ArrayList<>(chosen);
    overrides.stream().filter(each -> each.startsWith("data.")).forEach(data::add);
    return OwnData.rows(Recipe.load(TranslateTask.NAME, data), file);
  }

  /// A number is the place of a column that is not called so.
  private static String place(String column, List<String> columns) {
    boolean isPlace = !columns.contains(column) && isNumber(Optional.of(column));
    int place = isPlace ? Integer.parseInt(column) : 0;
    return place >= 1 && place <= columns.size() ? columns.get(place - 1) : column;
  }

  /// The column that is called so, or else the first of the others that stands there.
  private static String guess(
      List<String> columns, Set<String> names, Optional<String> other, int place) {
    var free = columns.stream().filter(each -> !other.equals(Optional.of(each))).toList();
    return free.stream()
        .filter(each -> names.contains(each.toLowerCase(Locale.ROOT).strip()))
        .findFirst()
        .orElse(
            columns.size() > place && free.contains(columns.get(place))
                ? columns.get(place)
                : free.isEmpty() ? columns.getFirst() : free.getFirst());
  }

  private void choose(String key, String column) {
    chosen.add(Recipe.override("data." + key, column));
  }

  private void say(List<Row> rows, String source, String target) {
    var first = rows.getFirst();
    if (!first.has(source) || !first.has(target)) {
      return; // the training names the columns there are
    }
    found.add(
        "file   %s: %s pairs; columns %s"
            .formatted(
                file.getFileName(), OwnData.count(rows), String.join(", ", first.columns())));
    found.add("source %s: %s".formatted(source, look(rows, source)));
    found.add("target %s: %s".formatted(target, look(rows, target)));
    int count = rows.size();
    boolean few = count < 2_000;
    chosen.add("tokens.pieces=" + Math.clamp(count / 4L, 100, 8000));
    chosen.add("model.embedding_size=" + (few ? 64 : 256));
    chosen.add("model.hidden_size=" + (few ? 128 : 512));
    chosen.add("training.batch_size=" + (few ? 16 : 64));
    chosen.add("training.learning_rate=" + (few ? "0.003" : "0.001"));
    chosen.add("training.epochs=" + Math.clamp(100_000L / count, 10, 60));
    if (few) {
      chosen.add("training.watch=nats_per_token"); // BLEU is 0 until four words in a row are right
    }
    chosen.removeIf(this::isOfAnother);
  }

  /// The sizes of recurrent layers are none of a Transformer's.
  private boolean isOfAnother(String choice) {
    return overrides.contains("model.architecture=transformer") && choice.startsWith("model.");
  }

  private static String look(List<Row> rows, String column) {
    var lengths =
        rows.stream()
            .mapToInt(row -> row.field(column).codePointCount(0, row.field(column).length()));
    var statistics = lengths.summaryStatistics();
    return "%.0f characters on average, %,d at most"
        .formatted(statistics.getAverage(), statistics.getMax());
  }
}
