package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import sequor.tensor.Seed;
import sequor.text.Catalogue;
import sequor.text.DataFinder;
import sequor.text.DataSet;
import sequor.text.Example;
import sequor.text.Fractions;
import sequor.text.Names;
import sequor.text.Table;
import sequor.text.TableReader;

/// The examples that the section `data` of a recipe names, split into three parts, and where they
/// came from.
///
/// @param name of the data set, or the file's
/// @param licence the terms it comes on; empty for a file of the user's own
/// @param sha256 of the file; empty for embedded data
record Data(DataSet<Example> examples, String name, String licence, String sha256) {

  /// @throws RecipeException if the section names no data, or not enough of it
  static Data load(Settings data, DataFinder finder) throws IOException {
    String set = data.text("set");
    String file = data.text("file");
    if (!file.isEmpty()) { // one's own file goes before the set that a recipe was written for
      var path = Path.of(file);
      if (!Files.isRegularFile(path)) {
        throw data.wrong(
            "file", "expected a .csv or .tsv file, found no file %s; check the path", path);
      }
      return of(data, read(data, path), path.getFileName().toString(), "", sha256(path));
    }
    if (set.isEmpty()) {
      throw data.wrong("set", "expected a data set (sequor data list) or data.file, found neither");
    }
    var entry = Catalogue.entry(set);
    if (entry.embedded()) {
      return of(data, Names.table(), set, entry.licence(), "");
    }
    var path = finder.find(entry.files().getFirst());
    return of(data, read(data, path), set, entry.licence(), sha256(path));
  }

  /// All examples of a file, without a split.
  static java.util.List<Example> examples(Settings data, Path file) throws IOException {
    return examples(data, read(data, file));
  }

  private static Table read(Settings data, Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean tabs = name.matches(".*\\.(tsv|txt)(\\.gz)?");
    var reader = tabs ? TableReader.tsv() : TableReader.csv();
    return (data.flag("quotes") ? reader : reader.withoutQuotes()).read(file);
  }

  private static java.util.List<Example> examples(Settings data, Table table) {
    return table.rows().stream().map(example(data)).toList();
  }

  private static java.util.function.Function<sequor.text.Row, Example> example(Settings data) {
    String label = data.text("label");
    return label.isEmpty()
        ? Example.column(data.text("text"))
        : Example.columns(data.text("text"), label);
  }

  private static Data of(Settings data, Table table, String name, String licence, String sha256) {
    String column = data.text("split");
    var split = column.isEmpty() ? atRandom(data, table) : bySplit(data, table, column);
    if (split.train().isEmpty() || split.valid().isEmpty() || split.test().isEmpty()) {
      throw data.wrong(
          "split",
          "expected examples in all of train, valid and test, found %d, %d and %d; give another"
              + " split column, or none to split at random",
          split.train().size(),
          split.valid().size(),
          split.test().size());
    }
    return new Data(split, name, licence, sha256);
  }

  private static DataSet<Example> bySplit(Settings data, Table table, String column) {
    return table.splitBy(column).map(example(data));
  }

  private static DataSet<Example> atRandom(Settings data, Table table) {
    var parts = data.numbers("fractions");
    if (parts.size() != 3) {
      throw data.wrong("fractions", "expected three, such as [0.8, 0.1, 0.1], found %s", parts);
    }
    var seed = new Seed(data.wholeNumber("split_seed", 0, Integer.MAX_VALUE)).child("split");
    return DataSet.stratified(
        examples(data, table),
        new Fractions(parts.get(0), parts.get(1), parts.get(2)),
        Example::label,
        seed.generator());
  }

  static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
