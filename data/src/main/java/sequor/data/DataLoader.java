package sequor.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sequor.Seed;
import sequor.Sha256;
import sequor.json.Nearest;
import sequor.settings.Settings;

/// Reads the rows that the section `data` names and splits them.
final class DataLoader {
  /// Characters of a stream that validate, and as many that test: what is judged stands in memory.
  private static final long MOST_JUDGED = 8_000_000;

  private static final List<Catalogue.File> NO_FILES = List.of();

  private final Settings settings;
  private final DataSettings data;
  private final DataFinder finder;
  private final Optional<String> label;

  DataLoader(Settings settings, DataFinder finder, Optional<String> label) {
    this.settings = settings;
    this.data = settings.as(DataSettings.class);
    this.finder = finder;
    this.label = label;
  }

  /// Rows, and who they are from.
  private record Found(
      Source<Row> rows, String name, String source, String licence, String sha256) {}

  Data load() {
    var all = all();
    if (data.trainRows() == 0) {
      return all;
    }
    var few = all.rows().train().upTo(data.trainRows(), _ -> 1);
    return new Data(new DataSet<>(few, all.rows().valid(), all.rows().test()), all.origin());
  }

  private Data all() {
    if (data.stream() && SequenceSettings.of(settings).joins()) {
      throw settings.wrong(
          "stream",
          "expected false where rows are steps of sequences (sequence), got true; drop it");
    }
    var found = found();
    var valid = ofPart(Split.VALID, "valid_file", data.validFile());
    var test = ofPart(Split.TEST, "test_file", data.testFile());
    if (valid.isPresent() || test.isPresent()) {
      return ofFiles(found, valid, test);
    }
    return data.stream() ? streamed(found) : inMemory(found);
  }

  /// The rows of a part that has a file of its own.
  private Optional<Found> ofPart(Split part, String key, String file) {
    if (!file.isEmpty()) {
      return Optional.of(ofFile(key, file));
    }
    var files = data.file().isEmpty() ? Catalogue.entry(data.set()).files(part) : NO_FILES;
    return files.isEmpty() ? Optional.empty() : Optional.of(ofSet(files));
  }

  private Found found() {
    if (!data.file()
        .isEmpty()) { // one's own file goes before the set that a recipe was written for
      return ofFile("file", data.file());
    }
    if (data.set().isEmpty()) {
      throw settings.wrong(
          "set",
          "expected a file of your own (--data FILE) or a data set (sequor data list), got neither;"
              + " name one");
    }
    var names = Catalogue.entries().stream().map(Catalogue.Entry::name).toList();
    if (!names.contains(data.set())) {
      throw settings.wrong(
          "set",
          "expected one of %s, got \"%s\"%s",
          String.join(", ", names),
          data.set(),
          Nearest.hint(data.set(), names));
    }
    var entry = Catalogue.entry(data.set());
    if (entry.embedded()) {
      return new Found(
          Embedded.rows(entry.name()), data.set(), entry.source(), entry.licence(), "");
    }
    return ofSet(entry.files(Split.TRAIN));
  }

  /// The rows of several files, one behind the other, or, of columns that are files of their own,
  /// side by side.
  private Found ofSet(List<Catalogue.File> files) {
    if (files.getFirst().column().isEmpty()) {
      return files.stream().map(this::ofSet).reduce(DataLoader::behind).orElseThrow();
    }
    var entry = Catalogue.entry(data.set());
    var columns = new LinkedHashMap<String, Path>();
    files.forEach(file -> columns.put(file.column(), finder.find(file)));
    var checksum = TextFiles.sha256(List.copyOf(columns.values()));
    var rows = ParallelFormat.rows(data.set(), columns);
    return new Found(rows, data.set(), entry.source(), entry.licence(), checksum);
  }

  private Found ofSet(Catalogue.File file) {
    var entry = Catalogue.entry(data.set());
    var path = finder.find(file);
    return new Found(
        Data.open(settings, path), data.set(), entry.source(), entry.licence(), Sha256.of(path));
  }

  /// The rows of several files, one behind the other.
  private static Found behind(Found one, Found other) {
    var checksum = new Sha256().add(one.sha256).add(other.sha256).hex();
    return new Found(one.rows.and(other.rows), one.name, one.source, one.licence, checksum);
  }

  private Found ofFile(String key, String file) {
    if (format().readsFolders() && TextFiles.exist(file) && !TextFiles.isPipe(file)) {
      var files = TextFiles.of(file);
      var texts = Data.open(settings, Path.of(file));
      return new Found(texts, name(file), file, "", TextFiles.sha256(files));
    }
    if (ParallelFormat.isName(Path.of(file))) {
      var files = ParallelFormat.files(Path.of(file));
      var rows = Data.open(settings, Path.of(file)); // which says if one is missing
      var checksum = TextFiles.sha256(List.copyOf(files.values()));
      return new Found(rows, name(file), name(file), "", checksum);
    }
    var path = Data.existing(settings, key, file);
    String name = String.valueOf(path.getFileName());
    var readable = Data.isPipe(path) ? Data.kept(path) : path;
    return new Found(Data.open(settings, readable), name, name, "", Sha256.of(readable));
  }

  private Format format() {
    return Format.all().get(settings.text("format"));
  }

  private static String name(String file) {
    return String.valueOf(Path.of(file).getFileName());
  }

  private Data inMemory(Found found) {
    var rows = found.rows().toList();
    requireSome(rows, found.name());
    boolean byColumn = splitsByColumn(rows.getFirst());
    var parts = byColumn ? byColumn(rows, found) : without(rows, found, fractions());
    return checked(found, parts, byColumn);
  }

  /// The split column of a recipe was written for its data set; a file that is put in its place
  /// need not have it.
  private boolean splitsByColumn(Row row) {
    boolean replaced = !data.file().isEmpty() && !data.set().isEmpty();
    return !data.split().isEmpty() && (!replaced || row.has(data.split()));
  }

  private DataSet<Row> byColumn(List<Row> rows, Found found) {
    requireColumn("split", rows, found);
    try {
      return DataSet.splitBy(rows, row -> Split.of(row, data.split()));
    } catch (DataException e) {
      throw settings.wrong("split", "%s", String.valueOf(e.getMessage()));
    }
  }

  private DataSet<Row> without(List<Row> rows, Found found, Fractions fractions) {
    var random = seed().generator();
    if (!data.group().isEmpty()) {
      requireColumn("group", rows, found);
      return DataSet.byGroup(rows, fractions, row -> row.field(data.group()), random);
    }
    if (!data.order().isEmpty()) {
      requireColumn("order", rows, found);
      return DataSet.contiguous(ordered(rows), fractions);
    }
    if (format().readsWhole()) {
      return TextParts.of(rows, fractions);
    }
    if (data.contiguous()) {
      return DataSet.contiguous(rows, fractions);
    }
    Function<Row, String> group =
        row -> label.filter(row::has).map(row::field).map(String::strip).orElse("");
    return DataSet.stratified(rows, fractions, group, random);
  }

  /// By number where all are numbers, else as texts, which puts dates such as 2026-11-27 in order.
  private List<Row> ordered(List<Row> rows) {
    Function<Row, String> field = row -> row.field(data.order());
    boolean numbers =
        rows.stream().map(field).allMatch(text -> text.strip().matches("-?\\d+(\\.\\d+)?"));
    Data.requireSortable(settings, "order", rows);
    var sorted = new ArrayList<>(rows);
    sorted.sort(
        numbers
            ? Comparator.comparingDouble(row -> Double.parseDouble(field.apply(row).strip()))
            : Comparator.comparing(field));
    return sorted;
  }

  /// A part without a file of its own gets its share of what the other would leave.
  private Data ofFiles(Found found, Optional<Found> valid, Optional<Found> test) {
    if (valid.isPresent() && test.isPresent()) {
      var rows = new DataSet<>(rows(found), rows(valid.get()), rows(test.get()));
      return new Data(rows, origin(found, "validated and tested on files of their own"));
    }
    var all = fractions();
    if (valid.isPresent()) {
      var parts = parts(found, all.without(Split.VALID), Split.TEST);
      var rows = new DataSet<>(parts.train(), rows(valid.get()), parts.test());
      return new Data(
          rows, origin(found, "validated on a file of its own, tested on rows " + how(false)));
    }
    var parts = parts(found, all.without(Split.TEST), Split.VALID);
    var rows = new DataSet<>(parts.train(), parts.valid(), rows(test.orElseThrow()));
    return new Data(
        rows, origin(found, "tested on a file of its own, validated on rows " + how(false)));
  }

  /// @param drawn the part that is split off the rows to train on
  private DataSet<Row> parts(Found found, Fractions fractions, Split drawn) {
    if (fractions.train() == 1) {
      throw settings.wrong(
          "fractions",
          "expected a share for the part that has no file, got %s; give it some, or name a file",
          data.fractions());
    }
    if (data.stream()) {
      return streams(found, fractions);
    }
    var rows = found.rows().toList();
    requireSome(rows, found.name());
    var parts = without(rows, found, fractions);
    requireSome(parts.train().toList(), found.name());
    requireSome(parts.of(drawn).toList(), found.name());
    return parts;
  }

  private Source<Row> rows(Found found) {
    if (data.stream()) {
      return found.rows();
    }
    var rows = found.rows().toList();
    requireSome(rows, found.name());
    return Source.of(rows);
  }

  /// Each row's part follows from its number alone.
  private Data streamed(Found found) {
    if (!data.group().isEmpty() || !data.order().isEmpty() || !data.split().isEmpty()) {
      throw settings.wrong(
          "stream",
          "expected a split at random, by files, or by none but the order of the file, got another;"
              + " leave split, group and order empty");
    }
    if (data.contiguous()) {
      throw settings.wrong(
          "stream", "expected files to validate and test on, got contiguous; name them");
    }
    if (format().readsWhole()) {
      throw settings.wrong(
          "stream", "expected false where a row is a whole text (format text), got true; drop it");
    }
    var fractions = fractions();
    if (fractions.valid() == 0 || fractions.test() == 0) {
      throw settings.wrong(
          "fractions",
          "expected a share to train, validate and test, got %s; give each some",
          data.fractions());
    }
    return new Data(
        streams(found, fractions),
        origin(
            found,
            "split at random, row by row; at most %,d characters to validate, and to test"
                .formatted(MOST_JUDGED)));
  }

  private DataSet<Row> streams(Found found, Fractions fractions) {
    return new DataSet<>(
        part(found, fractions, Split.TRAIN),
        part(found, fractions, Split.VALID).upTo(MOST_JUDGED, DataLoader::characters),
        part(found, fractions, Split.TEST).upTo(MOST_JUDGED, DataLoader::characters));
  }

  private static long characters(Row row) {
    return row.fields().stream().mapToLong(String::length).sum();
  }

  private Source<Row> part(Found found, Fractions fractions, Split split) {
    var seed = seed();
    return found
        .rows()
        .where(number -> fractions.part(seed.child(number).generator().nextDouble()) == split);
  }

  private Data checked(Found found, DataSet<Row> parts, boolean byColumn) {
    long train = parts.train().size().orElse(1);
    long valid = parts.valid().size().orElse(1);
    long test = parts.test().size().orElse(1);
    if (train == 0 || valid == 0 || test == 0) {
      throw settings.wrong(
          byColumn ? "split" : "fractions",
          "expected examples to train, validate and test, got %d, %d and %d in %s; %s",
          train,
          valid,
          test,
          found.name(),
          byColumn ? "name another column, or none" : "give about 10 or more of each " + stratum());
    }
    return new Data(parts, origin(found, how(byColumn)));
  }

  /// Of what a split at random takes shares.
  private String stratum() {
    return data.group().isEmpty() && label.isPresent() ? "label" : "part";
  }

  private String how(boolean byColumn) {
    if (byColumn) {
      return "split by column '" + data.split() + "'";
    }
    if (!data.group().isEmpty()) {
      return "split at random by groups of column '" + data.group() + "'";
    }
    if (!data.order().isEmpty()) {
      return "split by the order of column '" + data.order() + "'";
    }
    if (format().readsWhole()) {
      return "cut into parts one behind the other";
    }
    return data.contiguous() ? "split in the order of the file" : "split at random";
  }

  private static Origin origin(Found found, String how) {
    return new Origin(found.name(), found.source(), found.licence(), found.sha256(), how);
  }

  private void requireColumn(String key, List<Row> rows, Found found) {
    Data.requireColumns(settings, rows.getFirst(), List.of(key), origin(found, ""));
  }

  private static void requireSome(List<Row> rows, String name) {
    if (rows.isEmpty()) {
      throw new DataException("%s: expected rows, got none; is it the right file?".formatted(name));
    }
  }

  private Seed seed() {
    return new Seed(data.splitSeed()).child("split");
  }

  private Fractions fractions() {
    var parts = data.fractions();
    try {
      return new Fractions(parts.get(0), parts.get(1), parts.get(2));
    } catch (DataException | IndexOutOfBoundsException e) {
      throw settings.wrong(
          "fractions",
          "expected three shares that are 1 together, such as [0.8, 0.1, 0.1], got %s; write them so",
          parts);
    }
  }
}
