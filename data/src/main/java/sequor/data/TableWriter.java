package sequor.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/// Writes tables that [TableReader] reads back: CSV, or TSV, with a header, fields quoted where
/// they must be, lines ended as other programs here end them.
///
/// ```java
/// try (var table = new TableWriter(writer, ',', List.of("text", "label"))) {
///   table.row(List.of("a fine, long film", "good"));
/// }
/// ```
public final class TableWriter implements AutoCloseable {
  private final CsvWriter csv;

  /// @param out is closed with this
  public TableWriter(Writer out, char separator, List<String> columns) {
    csv = CsvWriter.builder().fieldSeparator(separator).lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(columns);
  }

  /// What stands between the fields of a file of that name, gzipped or not: a tab in .tsv, .tab and
  /// .txt, else a comma.
  public static char separator(Path file) {
    return String.valueOf(file.getFileName()).matches("(?i).*\\.(tsv|tab|txt)(\\.gz)?")
        ? '\t'
        : ',';
  }

  public void row(List<String> fields) {
    csv.writeRecord(fields);
  }

  @Override
  public void close() {
    try {
      csv.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
