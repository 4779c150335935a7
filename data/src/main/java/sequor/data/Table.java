package sequor.data;

import java.util.List;

/// Rows of named columns, whole in memory.
///
/// ```java
/// Table table = TableReader.csv().read(Path.of("surnames.csv"));
/// DataSet<Row> rows = table.splitBy("split");
/// List<String> surnames = table.rows().stream().map(row -> row.field("surname")).toList();
/// ```
///
/// Columns of a file without a header are called `1`, `2`, ….
public final class Table {
  private final Row.Header header;
  private final List<Row> rows;

  Table(Row.Header header, List<Row> rows) {
    this.header = header;
    this.rows = List.copyOf(rows);
  }

  public List<String> columns() {
    return header.columns();
  }

  public List<Row> rows() {
    return rows;
  }

  /// Splits as a column says: `train`; `valid`, `val` or `dev`; `test`.
  ///
  /// @throws DataException when there is no such column, it says something else, or no row is for
  ///   training
  public DataSet<Row> splitBy(String column) {
    header.index(column); // a wrong name is an error of its own, not of the first row
    DataSet<Row> split = DataSet.splitBy(rows, row -> Split.of(row, column));
    if (split.train().size().orElse(0) == 0) {
      throw new DataException(
          "%s: expected rows to train in column \"%s\", got none; name another column"
              .formatted(header.source(), column));
    }
    return split;
  }

  @Override
  public String toString() {
    return "Table {source: %s, rows: %d, columns: %s}"
        .formatted(header.source(), rows.size(), columns());
  }
}
