package sequor.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sequor.json.Nearest;

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
  private final Header header;
  private final List<Row> rows;

  Table(Header header, List<Row> rows) {
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
  /// @throws TextException when there is no such column, it says something else, or no row is for
  ///   training
  public DataSet<Row> splitBy(String column) {
    header.index(column); // a wrong name is an error of its own, not of the first row
    DataSet<Row> split = DataSet.splitBy(rows, row -> splitOf(row, column));
    if (split.train().isEmpty()) {
      throw new TextException(
          "%s: column \"%s\" puts no row in train — a model needs something to learn from"
              .formatted(header.source(), column));
    }
    return split;
  }

  private static Split splitOf(Row row, String column) {
    try {
      return Split.of(row.field(column));
    } catch (TextException e) {
      throw new TextException(row.place() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "Table {source: %s, rows: %d, columns: %s}"
        .formatted(header.source(), rows.size(), columns());
  }

  /// The columns' names and where they came from.
  record Header(String source, List<String> columns, Map<String, Integer> indices) {
    static Header of(String source, List<String> columns) {
      Map<String, Integer> indices = HashMap.newHashMap(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        if (indices.put(columns.get(i), i) != null) {
          throw new TextException(
              "%s: two columns are called \"%s\" — rename one, or read the file without a header"
                  .formatted(source, columns.get(i)));
        }
      }
      return new Header(source, List.copyOf(columns), indices);
    }

    static Header numbered(String source, int count) {
      return of(source, IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    }

    int index(String column) {
      Integer index = indices.get(column);
      if (index == null) {
        throw new TextException(source + ": " + Nearest.unknown("column", column, columns));
      }
      return index;
    }
  }
}
