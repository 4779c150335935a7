package sequor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import sequor.FileException;
import sequor.Sha256;
import sequor.json.Nearest;
import sequor.settings.Settings;

/// The rows that the section `data` names, split into three parts, and where they came from.
///
/// @param rows of the columns that a task reads, and others
public record Data(DataSet<Row> rows, Origin origin) {
  /// Days, months and years in an order that letters do not have: 27.11.2026, 11/27/26.
  private static final Pattern DATE =
      Pattern.compile("\\s*\\d{1,2}([./-])\\d{1,2}\\1(\\d{4}|\\d{2}\\b).*");

  /// Reads the rows.
  ///
  /// @param settings the section `data`
  /// @param label the column of which each part gets the same share of every value, if it is split
  ///   at random
  /// @throws sequor.settings.SettingsException if the section names no data, or not enough of it
  /// @throws DataException if the data cannot be read
  public static Data load(Settings settings, DataFinder finder, Optional<String> label) {
    return new DataLoader(settings, finder, label).load();
  }

  /// All rows of a file, without a split; where several are steps of a sequence, one of each
  /// sequence.
  ///
  /// @param settings the section `data` of the model that is to read them
  public static Source<Row> open(Settings settings, Path file) {
    return Sequences.of(Format.all().get(settings.text("format")).open(file, settings), settings);
  }

  /// The sentences of a file that holds a token a line, with all that stands beside them; none of a
  /// file of another kind.
  ///
  /// @param settings the section `data` of the model that is to read them
  public static Optional<Source<Sentence>> sentences(Settings settings, Path file) {
    var format = Format.all().get(settings.text("format"));
    boolean guesses = format instanceof AutoFormat;
    if (!((guesses ? AutoFormat.of(file) : format) instanceof TokenFormat tokens)) {
      return Optional.empty();
    }
    return Optional.of(
        tokens.sentences(file, guesses ? AutoFormat.own(tokens, settings, file) : settings));
  }

  /// Tells the rows of some columns, in these parts and this order, from all others.
  public String fingerprint(List<String> columns) {
    var digest = new Sha256();
    for (var part : List.of(rows.train(), rows.valid(), rows.test())) {
      part.forEach(row -> columns.forEach(column -> digest.add(row.field(column))));
      digest.add("");
    }
    return digest.hex();
  }

  /// Tells the rows, whatever their columns, in these parts and this order, from all others.
  public String fingerprint() {
    var digest = new Sha256();
    for (var part : List.of(rows.train(), rows.valid(), rows.test())) {
      part.forEach(row -> row.fields().forEach(digest::add));
      digest.add("");
    }
    return digest.hex();
  }

  /// Refuses columns that a row does not have.
  ///
  /// @param keys of the section `data`, which name the columns; an empty name is none
  public static void requireColumns(Settings settings, Row row, List<String> keys, Origin origin) {
    requireColumns(settings, row, keys, origin.name());
  }

  static void requireColumns(Settings settings, Row row, List<String> keys, String of) {
    for (var key : keys) {
      String column = settings.text(key);
      if (!column.isEmpty() && !row.has(column)) {
        throw missing(settings, key, row, of);
      }
    }
  }

  /// What stands in the column that a key names, without space around it.
  ///
  /// @throws DataException if nothing stands there
  public static String filled(Settings settings, Row row, String key) {
    String column = settings.text(key);
    String field = row.field(column).strip();
    if (field.isEmpty()) {
      throw new DataException(
          "%s: expected a %s, got none; fill it in, or leave the row out"
              .formatted(row.place(), column));
    }
    return field;
  }

  /// Refuses dates that have no order as texts, in a column that rows are to be in the order of.
  static void requireSortable(Settings settings, String key, List<Row> rows) {
    String column = settings.text(key);
    for (var row : rows) {
      if (DATE.matcher(row.field(column)).matches()) {
        throw settings.wrong(
            key,
            "%s: expected numbers, or dates such as 2026-11-27, which have an order as texts, got '%s'; write"
                + " them so",
            row.place(),
            row.field(column));
      }
    }
  }

  private static RuntimeException missing(Settings settings, String key, Row row, String of) {
    String column = settings.text(key);
    String columns = String.join(", ", row.columns());
    String hint = Nearest.hint(column, row.columns());
    return settings.wrong(
        key,
        "expected a column of %s (%s), got '%s'%s",
        of,
        columns,
        column,
        hint.isEmpty() ? "; " + advice(key) : hint);
  }

  private static String advice(String key) {
    return "name one with --set data.%s=COLUMN, or say --set data.header=false if there are no names"
        .formatted(key);
  }

  /// Whether a name in `data.file` is that of a file, of a folder or pattern, or of files whose
  /// lines belong together.
  public static boolean exists(String file) {
    var path = Path.of(file);
    return ParallelFormat.isName(path)
        ? ParallelFormat.files(path).values().stream().allMatch(Files::isRegularFile)
        : TextFiles.exist(file);
  }

  /// Whether a folder is read as data, all its files, where the section names no data set.
  ///
  /// @param settings the section `data`
  public static boolean readsFolders(Settings settings) {
    return settings.text("set").isEmpty()
        && Format.all().get(settings.text("format")).readsFolders();
  }

  /// The file that a key names.
  static Path existing(Settings settings, String key, String file) {
    var path = Path.of(file);
    if (Files.isDirectory(path) || !Files.exists(path)) {
      throw settings.wrong(
          key,
          "expected a file, got %s %s (looked for from %s); check the path",
          Files.isDirectory(path) ? "the folder" : "no file",
          path,
          Path.of("").toAbsolutePath());
    }
    return path;
  }

  /// Whether a file can be read only once, as a pipe can.
  static boolean isPipe(Path path) {
    return !Files.isRegularFile(path);
  }

  /// A copy of what comes out of a pipe, which is there as long as the program runs.
  static Path kept(Path pipe) {
    try {
      var copy = Files.createTempFile("sequor-", "-" + pipe.getFileName());
      copy.toFile().deleteOnExit();
      try (var in = Files.newInputStream(pipe);
          var out = Files.newOutputStream(copy)) {
        in.transferTo(out);
      }
      return copy;
    } catch (IOException e) {
      throw FileException.unreadable(pipe, e);
    }
  }
}
