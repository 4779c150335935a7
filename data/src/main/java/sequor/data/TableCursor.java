package sequor.data;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import sequor.FileException;

/// Goes through the rows of a table, the first of which makes the header.
final class TableCursor implements Cursor<Row> {
  private final BufferedReader reader;
  private final String source;
  private final boolean named;
  private final Iterator<CsvFields.Line> lines;
  private final CsvFields handler = new CsvFields();
  private final Row.Header header;
  private CsvFields.@Nullable Line next;

  TableCursor(TableReader table, BufferedReader reader, String source) {
    this.reader = reader;
    this.source = source;
    this.named = table.header();
    this.lines = table.quotes() ? quoted(table) : new PlainRows(table.separator());
    var first = line();
    if (first == null) {
      throw new DataException(source + ": expected rows, got an empty file; is it the right one?");
    }
    header =
        named
            ? Row.Header.of(source, first.fields())
            : Row.Header.numbered(source, first.fields().size());
    next = named ? fetched() : first;
    if (next == null) {
      throw new DataException(
          ("%s: expected rows after the header, got none after (%s); if the file has no header,"
                  + " read it without one (data.header=false)")
              .formatted(source, String.join(", ", header.columns())));
    }
  }

  private Iterator<CsvFields.Line> quoted(TableReader table) {
    return CsvReader.builder()
        .fieldSeparator(table.separator())
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // the cursor says more about them
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(TableReader.MAX_FIELD)
        .build(handler, reader)
        .iterator();
  }

  Row.Header header() {
    return header;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    var line = next;
    if (line == null) {
      throw new NoSuchElementException("table: no more rows");
    }
    var row = row(line);
    next = fetched();
    return row;
  }

  private Row row(CsvFields.Line line) {
    int columns = header.columns().size();
    int found = line.fields().size();
    if (found != columns) {
      throw new DataException(
          ("%s:%d: expected %d field%s, as %s (%s), got %d; a separator inside a field needs quotes"
                  + " around the field, with no space before them")
              .formatted(
                  source,
                  line.number(),
                  columns,
                  columns == 1 ? "" : "s",
                  named ? "the header has" : "the first row has",
                  String.join(", ", header.columns()),
                  found));
    }
    return new Row(header, line.number(), line.fields());
  }

  /// The next line that is a row: in a table of several columns, one of nothing but blanks is none.
  private CsvFields.@Nullable Line fetched() {
    var line = line();
    while (line != null && header.columns().size() > 1 && isBlank(line)) {
      line = line();
    }
    return line;
  }

  private static boolean isBlank(CsvFields.Line line) {
    return line.fields().size() == 1 && line.fields().getFirst().isBlank();
  }

  private CsvFields.@Nullable Line line() {
    try {
      return lines.hasNext() ? lines.next() : null;
    } catch (UncheckedIOException e) {
      throw FileException.unreadable(Path.of(source), requireNonNull(e.getCause()));
    } catch (CsvParseException e) {
      if (e.getCause() instanceof DataException wrong) {
        throw wrong; // ours, about the bytes
      }
      throw new DataException(
          ("%s:%d: expected fields in quotes that close, got '%s'; close every quote that opens a"
                  + " field, and write a quote inside one twice; if quotes mean nothing in this"
                  + " file, read it without them (data.quotes=false); if another sign stands between"
                  + " fields, name it (data.separator)")
              .formatted(source, handler.line(), String.valueOf(e.getMessage())),
          e);
    }
  }

  @Override
  public void close() {
    Format.close(reader);
  }

  /// Rows without quotes.
  private final class PlainRows extends LookAhead<CsvFields.Line> {
    private final char separator;
    private long number;

    PlainRows(char separator) {
      this.separator = separator;
    }

    @Override
    CsvFields.@Nullable Line fetch() {
      try {
        while (true) {
          String line = PlainLines.next(reader, source, number + 1);
          if (line == null) {
            return null;
          }
          number++;
          if (!line.isEmpty()) {
            return new CsvFields.Line(number, cut(line));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> cut(String whole) {
      var fields = new ArrayList<String>();
      int start = 0;
      for (int at = whole.indexOf(separator); at >= 0; at = whole.indexOf(separator, start)) {
        fields.add(whole.substring(start, at));
        start = at + 1;
      }
      fields.add(whole.substring(start));
      return fields;
    }
  }
}
