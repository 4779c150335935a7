package sequor.text;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private static final int MAX_FIELD = 16 << 20;

  public TableReader {
    if (separator == '"' || separator == '\n' || separator == '\r') {
      throw new TextException(
          "separator U+%04X — a quote or a line break cannot stand between fields; use , ; or a tab"
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

  /// The table in that file.
  ///
  /// @throws TextException when there is no such file, or it is not such a table
  public Table read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new TextException(
          "%s: %s — name a CSV or TSV file"
              .formatted(file, Files.exists(file) ? "not a file" : "no such file"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, String.valueOf(file.getFileName()));
    }
  }

  /// Reads to the end and leaves `in` open.
  ///
  /// @param source what errors call it
  /// @throws TextException when it is not such a table
  // The reader is not closed: it would close what is not ours.
  @SuppressWarnings("resource")
  public Table read(InputStream in, String source) throws IOException {
    var reader = new Utf8Reader(in, source);
    var rows = new Collector(source, header);
    if (quotes) {
      readQuoted(reader, source, rows);
    } else {
      readPlain(reader, source, rows);
    }
    return rows.table();
  }

  private void readQuoted(Reader reader, String source, Collector rows) throws IOException {
    var handler = new CsvFields();
    var csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // the collector says more about them
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(MAX_FIELD)
            .build(handler, reader);
    try {
      csv.forEach(fields -> rows.add(handler.line(), fields));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof TextException wrong) {
        throw wrong; // ours, about the bytes
      }
      throw new TextException(
          ("%s:%d: %s — close every quote that opens a field, and write a quote inside one twice; "
                  + "if quotes mean nothing in this file, read it without them")
              .formatted(source, handler.line(), String.valueOf(e.getMessage())),
          e);
    }
  }

  /// Only LF, and CR before it, end a line here: texts hold all the others.
  private void readPlain(Reader reader, String source, Collector rows) throws IOException {
    var lines = new BufferedReader(reader);
    var line = new StringBuilder();
    int number = 1;
    int c;
    do {
      c = lines.read();
      if (c >= 0 && c != '\n') {
        line.append((char) c);
        if (line.length() > MAX_FIELD) {
          throw new TextException(
              "%s:%d: a line of more than %,d characters — is it the right file?"
                  .formatted(source, number, MAX_FIELD));
        }
        continue;
      }
      if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
        line.setLength(line.length() - 1);
      }
      if (!line.isEmpty()) {
        rows.add(number, cut(line));
      }
      line.setLength(0);
      number++;
    } while (c >= 0);
  }

  private List<String> cut(StringBuilder line) {
    var fields = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == separator) {
        fields.add(line.substring(start, i));
        start = i + 1;
      }
    }
    fields.add(line.substring(start));
    return List.copyOf(fields);
  }

  /// Takes rows in, the first of which makes the header.
  private static final class Collector {
    private final String source;
    private final boolean named;
    private final List<Row> rows = new ArrayList<>();
    private Table.@Nullable Header header;

    Collector(String source, boolean named) {
      this.source = source;
      this.named = named;
    }

    void add(int line, List<String> fields) {
      if (header == null) {
        header =
            named ? Table.Header.of(source, fields) : Table.Header.numbered(source, fields.size());
        if (named) {
          return;
        }
      }
      int columns = header.columns().size();
      if (fields.size() != columns) {
        throw new TextException(
            ("%s:%d: %d field%s — %s %d (%s); "
                    + "a separator inside a field needs quotes around the field")
                .formatted(
                    source,
                    line,
                    fields.size(),
                    fields.size() == 1 ? "" : "s",
                    named ? "the header names" : "the first row has",
                    columns,
                    String.join(", ", header.columns())));
      }
      rows.add(new Row(header, line, fields));
    }

    Table table() {
      if (header == null) {
        throw new TextException(source + ": empty — a table needs rows; is it the right file?");
      }
      if (rows.isEmpty()) {
        throw new TextException(
            "%s: no rows after the header (%s) — if the file has no header, read it without one"
                .formatted(source, String.join(", ", header.columns())));
      }
      return new Table(header, rows);
    }
  }
}
