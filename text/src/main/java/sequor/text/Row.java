package sequor.text;

import java.util.List;

/// One row of a [Table].
public final class Row {
  private final Table.Header header;
  private final int line;
  private final List<String> fields;

  Row(Table.Header header, int line, List<String> fields) {
    this.header = header;
    this.line = line;
    this.fields = fields;
  }

  /// What stands in that column.
  ///
  /// @throws TextException when there is no such column; the message names the nearest
  public String field(String column) {
    return fields.get(header.index(column));
  }

  /// All fields, in the order of the columns.
  public List<String> fields() {
    return fields;
  }

  /// Where the row begins, as errors write it: `surnames.csv:7`.
  public String place() {
    return header.source() + ":" + line;
  }

  @Override
  public String toString() {
    return place() + " " + fields;
  }
}
