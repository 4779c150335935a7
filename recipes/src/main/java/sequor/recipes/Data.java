package sequor.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import sequor.json.Nearest;
import sequor.tensor.Seed;
import sequor.text.Catalogue;
import sequor.text.DataFinder;
import sequor.text.DataSet;
import sequor.text.Example;
import sequor.text.Fractions;
import sequor.text.Labels;
import sequor.text.Names;
import sequor.text.Row;
import sequor.text.Table;
import sequor.text.TextException;

/// The examples that the section `data` of a recipe names, split into three parts, and where they
/// came from.
record Data(DataSet<Example> examples, Report.Origin origin) {

  /// @throws RecipeException if the section names no data, or not enough of it
  static Data load(Settings data, DataFinder finder) throws IOException {
    String file = data.text("file");
    if (!file.isEmpty()) { // one's own file goes before the set that a recipe was written for
      var path = Path.of(file);
      if (!Files.isRegularFile(path)) {
        throw data.wrong(
            "file", "expected a .csv or .tsv file, found no file %s; check the path", path);
      }
      String name = path.getFileName().toString();
      return of(data, TableFile.read(data, path), new Source(name, name, "", sha256(path)));
    }
    String set = data.text("set");
    if (set.isEmpty()) {
      throw data.wrong(
          "set",
          "expected a table of your own (--data FILE) or a data set (sequor data list), found"
              + " neither");
    }
    var entry = Catalogue.entry(data.text("set", names()));
    if (entry.embedded()) {
      return of(data, Names.table(), new Source(set, entry.source(), entry.licence(), ""));
    }
    var path = finder.find(entry.files().getFirst());
    var source = new Source(set, entry.source(), entry.licence(), sha256(path));
    return of(data, TableFile.read(data, path), source);
  }

  private static List<String> names() {
    return Catalogue.entries().stream().map(Catalogue.Entry::name).toList();
  }

  /// The different labels of the training examples.
  Labels labels(Settings data) {
    var labels = Labels.of(examples.train().stream().map(Example::label).toList());
    requireLabels(data, labels, examples.valid(), "the validation split");
    requireLabels(data, labels, examples.test(), "the test split");
    return labels;
  }

  /// All examples of a file, without a split.
  ///
  /// @param data what the model that is to judge them was trained with
  static List<Example> examples(Settings data, Path file) throws IOException {
    var table = TableFile.read(data, file);
    for (var key : List.of("text", "label")) {
      String column = data.text(key);
      if (!column.isEmpty() && !table.columns().contains(column)) {
        throw new RecipeException(
            "%s: expected a column '%s', which the model was trained on, found %s; rename yours"
                .formatted(file, column, String.join(", ", table.columns())));
      }
    }
    return examples(data, table, file.getFileName().toString());
  }

  /// As [Report.Origin] has it.
  private record Source(String name, String source, String licence, String sha256) {}

  private static Data of(Settings data, Table table, Source source) {
    String name = source.name;
    boolean random = splitsAtRandom(data, table);
    var split = random ? atRandom(data, table, name) : bySplit(data, table, name);
    if (split.train().isEmpty() || split.valid().isEmpty() || split.test().isEmpty()) {
      throw data.wrong(
          random ? "fractions" : "split",
          "expected examples to train, validate and test, found %d, %d and %d in %s; %s",
          split.train().size(),
          split.valid().size(),
          split.test().size(),
          name,
          random ? "give about 10 or more of each label" : "name another column, or none");
    }
    String how = random ? "split at random" : "split by column '" + data.text("split") + "'";
    return new Data(
        split, new Report.Origin(name, source.source, source.licence, source.sha256, how));
  }

  /// The split column of a recipe was written for its data set; a file that is put in its place
  /// need not have it.
  private static boolean splitsAtRandom(Settings data, Table table) {
    String column = data.text("split");
    boolean replaced = !data.text("file").isEmpty() && !data.text("set").isEmpty();
    return column.isEmpty() || (replaced && !table.columns().contains(column));
  }

  private static DataSet<Example> bySplit(Settings data, Table table, String name) {
    String column = column(data, "split", table, name);
    try {
      return table.splitBy(column).map(example(data, table, name));
    } catch (TextException e) {
      throw data.wrong("split", "%s", String.valueOf(e.getMessage()));
    }
  }

  private static DataSet<Example> atRandom(Settings data, Table table, String name) {
    var parts = data.numbers("fractions");
    var seed = new Seed(data.wholeNumber("split_seed", 0, Integer.MAX_VALUE)).child("split");
    return DataSet.stratified(
        examples(data, table, name), fractions(data, parts), Example::label, seed.generator());
  }

  private static Fractions fractions(Settings data, List<Double> parts) {
    try {
      return new Fractions(parts.get(0), parts.get(1), parts.get(2));
    } catch (TextException | IndexOutOfBoundsException e) {
      throw data.wrong(
          "fractions",
          "expected three shares that are 1 together, such as [0.8, 0.1, 0.1], found %s",
          parts);
    }
  }

  private static List<Example> examples(Settings data, Table table, String name) {
    return table.rows().stream().map(example(data, table, name)).toList();
  }

  private static java.util.function.Function<Row, Example> example(
      Settings data, Table table, String name) {
    String text = column(data, "text", table, name);
    if (data.text("label").isEmpty()) {
      return Example.column(text);
    }
    String label = column(data, "label", table, name);
    return row -> {
      if (row.field(label).isBlank()) {
        throw data.wrong(
            "label", "%s: no %s in this row; fill it in, or leave the row out", row.place(), label);
      }
      return new Example(row.field(text), row.field(label).strip());
    };
  }

  /// Refuses examples with a label that a model has not learned.
  ///
  /// @param where they are, in a reader's words
  static void requireLabels(Settings data, Labels known, List<Example> examples, String where) {
    for (var example : examples) {
      if (!known.contains(example.label())) {
        String hint = Nearest.hint(example.label(), known.names());
        throw data.wrong(
            "label",
            "%s has the label '%s', which no training example has%s",
            where,
            example.label(),
            hint.isEmpty() ? "; leave it out, or train with it" : hint);
      }
    }
  }

  /// The column that a key names.
  private static String column(Settings data, String key, Table table, String name) {
    String column = data.text(key);
    if (!table.columns().contains(column)) {
      String columns = String.join(", ", table.columns());
      String hint = Nearest.hint(column, table.columns());
      throw data.wrong(
          key,
          "expected a column of %s (%s), found '%s'%s",
          name,
          columns,
          column,
          hint.isEmpty() ? "; " + advice(key, columns) : hint);
    }
    return column;
  }

  private static String advice(String key, String columns) {
    return columns.contains(";")
        ? "is ; the separator? say so with --set 'data.separator=;'"
        : "name one with --set data.%s=COLUMN, or say --set data.header=false if there are no names"
            .formatted(key);
  }

  static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = sha256();
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /// Tells these examples, in these parts and this order, from all others.
  String fingerprint() {
    var digest = sha256();
    for (var part : List.of(examples.train(), examples.valid(), examples.test())) {
      for (var example : part) {
        digest.update((example.text() + "\n" + example.label() + "\n").getBytes(UTF_8));
      }
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
