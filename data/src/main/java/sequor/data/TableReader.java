package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import sequor.SequorException;

/// Reads tables: CSV and TSV in UTF-8, gzipped or not, and with or without a byte order mark.
///
/// ```java
/// TableReader.csv().read(Path.of("imdb/train.csv.gz"));
/// TableReader.tsv().withoutQuotes().read(Path.of("ratings_train.txt"));
/// TableReader.csv().separatedBy(';').withoutHeader().read(file).rows().get(0).field("2");
/// ```
///
/// Quotes are RFC 4180's: a field in double quotes may hold separators, line breaks and doubled
/// quotes. Rows end with LF, CR LF or, where there are quotes, CR; no other character ends a row.
/// Blank lines are skipped. Whatever is wrong with a file is said with its line.
///
/// @param separator what stands between two fields
/// @param quotes whether fields may be quoted; otherwise a quote is a character like any other
/// @param header whether the first row names the columns; otherwise they are called `1`, `2`, …
public record TableReader(char separator, boolean quotes, boolean header) {
  /// Longer fields are not text that a model reads, but a quote that somebody forgot to close.
  static final int MAX_FIELD = 16 << 20;

  /// More characters do not fit beside a model in memory; a gzip bomb ends here too.
  private static final long MAX_IN_MEMORY = 1L << 30;

  public TableReader {
    if (separator == '"' || separator == '\n' || separator == '\r') {
      throw new DataException(
          "separator: expected a character between fields, got U+%04X; use , ; or a tab"
              .formatted((int) separator));
    }
  }

  /// Comma-separated, with quotes and a header.
  public static TableReader csv() {
    return new TableReader(',', true, true);
  }

  /// Tab-separated, with quotes and a header.
  public static TableReader tsv() {
    return new TableReader('\t', true, true);
  }

  public TableReader separatedBy(char separator) {
    return new TableReader(separator, quotes, header);
  }

  public TableReader withoutQuotes() {
    return new TableReader(separator, false, header);
  }

  public TableReader withoutHeader() {
    return new TableReader(separator, quotes, false);
  }

  /// The rows of the table in that file, read one by one each time that they are gone through.
  ///
  /// @throws DataException when there is no such file, or, then or later, it is not such a table
  public Source<Row> open(Path file) {
    requireFile(file);
    String source = String.valueOf(file.getFileName());
    return () -> {
      var reader = Format.reader(file);
      try {
        return new TableCursor(this, reader, source);
      } catch (SequorException e) {
        Format.close(reader);
        throw e;
      }
    };
  }

  /// The table in that file, whole in memory.
  ///
  /// @throws DataException when there is no such file, or it is not such a table
  public Table read(Path file) throws IOException {
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, String.valueOf(file.getFileName()));
    }
  }

  private static void requireFile(Path file) {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new DataException(
          "%s: expected a table, got %s; name a CSV or TSV file"
              .formatted(file, Files.exists(file) ? "a folder" : "no such file"));
    }
  }

  /// Reads to the end and leaves `in` open.
  ///
  /// @param source what errors call it
  /// @throws DataException when it is not such a table
  // The reader is not closed: it would close what is not ours.
  @SuppressWarnings("resource")
  public Table read(InputStream in, String source) throws IOException {
    var reader = new BufferedReader(new Utf8Reader(in, source).withMost(MAX_IN_MEMORY), 1 << 16);
    var cursor = new TableCursor(this, reader, source);
    var rows = new ArrayList<Row>();
    cursor.forEachRemaining(rows::add);
    return new Table(cursor.header(), rows);
  }
}
