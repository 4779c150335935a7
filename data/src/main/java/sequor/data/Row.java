package sequor.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.Nearest;

/// One row of named columns, all of them texts, or, in a sentence, lists of them ([#list]). One
/// that was made of several, the steps of a sequence, has these too ([#parts]).
public final class Row {
  /// What a field was in a file that tells texts from others.
  enum Kind {
    TEXT,
    /// A number, a truth value or none, as it was written.
    PLAIN,
    /// Texts, one a line.
    LIST,
    /// An object, or a list of other things than texts: JSON.
    NESTED
  }

  private final Header header;
  private final long line;
  private final List<String> fields;
  private final List<Kind> kinds; // one a column; none where all are texts
  private final List<Row> parts;

  /// @param line where it begins, from 1
  /// @param fields one a column
  public Row(Header header, long line, List<String> fields) {
    this(header, line, fields, List.of());
  }

  /// @param kinds one a column, or none where all are texts
  Row(Header header, long line, List<String> fields, List<Kind> kinds) {
    this(header, line, fields, kinds, List.of());
  }

  private Row(Header header, long line, List<String> fields, List<Kind> kinds, List<Row> parts) {
    this.header = header;
    this.line = line;
    this.fields = List.copyOf(fields);
    this.kinds = List.copyOf(kinds);
    this.parts = List.copyOf(parts);
    if (this.fields.size() != header.columns().size()) {
      throw new DataException(
          "%s: expected %d fields, got %d; give one a column"
              .formatted(place(), header.columns().size(), this.fields.size()));
    }
  }

  /// A row of one's own: `Row.of(Map.of("text", "a film"))`.
  public static Row of(Map<String, String> fields) {
    var names = List.copyOf(fields.keySet());
    return new Row(Header.of("row", names), 1, names.stream().map(fields::get).toList());
  }

  /// One row of several, which begins where the first does. In a column where all have the same
  /// stands that; in any other a list, one of each.
  ///
  /// @param parts one or more, of the same columns
  static Row of(List<Row> parts) {
    var first = parts.getFirst();
    var fields = new ArrayList<String>();
    var kinds = new ArrayList<Kind>();
    for (int c = 0; c < first.columns().size(); c++) {
      int column = c;
      String one = first.fields.get(c);
      boolean same = parts.stream().allMatch(part -> part.fields.get(column).equals(one));
      kinds.add(same ? first.kind(c) : Kind.LIST);
      fields.add(
          same
              ? one
              : parts.stream()
                  .map(part -> part.fields.get(column).replace('\n', ' '))
                  .collect(Collectors.joining("\n")));
    }
    return new Row(first.header, first.line, fields, kinds, parts);
  }

  /// The rows that it was made of, in their order; none of a row that a file has.
  public List<Row> parts() {
    return parts;
  }

  /// What stands in that column.
  ///
  /// @throws DataException when there is no such column; the message names the nearest
  public String field(String column) {
    return fields.get(header.index(column));
  }

  /// What stands in that column of a sentence: one value for each token. A row holds them as one
  /// text with line breaks between, which no value has.
  ///
  /// @throws DataException when there is no such column; the message names the nearest; or when
  ///   there stands an object, or a list that holds other things than texts
  public List<String> list(String column) {
    String field = field(column);
    if (kind(column) == Kind.NESTED) {
      throw new DataException(
          "%s: expected a list of texts without line breaks in \"%s\", got %s; write one, or name another column"
              .formatted(place(), column, Brief.of(field)));
    }
    return field.isEmpty() ? List.of() : List.of(field.split("\n", -1));
  }

  /// Whether a list stands in that column, in a file that tells lists from texts.
  ///
  /// @throws DataException when there is no such column; the message names the nearest
  public boolean isList(String column) {
    return kind(column) == Kind.LIST;
  }

  /// What stands in that column, as a file of JSON had it; a text otherwise.
  ///
  /// @throws DataException when there is no such column; the message names the nearest
  public Json json(String column) {
    String field = field(column);
    return switch (kind(column)) {
      case TEXT -> Json.of(field);
      case LIST -> Json.ofList(list(column));
      case PLAIN, NESTED -> field.isEmpty() ? Json.of(null) : parsed(field);
    };
  }

  private static Json parsed(String field) {
    try {
      return Json.parse(field);
    } catch (JsonException _) { // a number that no double holds
      return Json.of(field);
    }
  }

  private Kind kind(String column) {
    return kind(header.index(column));
  }

  private Kind kind(int column) {
    return kinds.isEmpty() ? Kind.TEXT : kinds.get(column);
  }

  /// Where a column stands, from 0.
  int index(String column) {
    return header.index(column);
  }

  /// A row of the same columns that begins so many lines further on.
  Row part(long lines, List<String> other) {
    return new Row(header, line + lines, other, kinds);
  }

  public boolean has(String column) {
    return header.indices().containsKey(column);
  }

  public List<String> columns() {
    return header.columns();
  }

  /// All fields, in the order of the columns.
  public List<String> fields() {
    return fields;
  }

  /// Where the row begins, as errors write it: `surnames.csv:7`.
  public String place() {
    return header.source() + ":" + line;
  }

  /// What the row is of, as errors write it: `surnames.csv`.
  public String source() {
    return header.source();
  }

  /// Where it begins, from 1.
  public long line() {
    return line;
  }

  @Override
  public String toString() {
    return place() + " " + fields;
  }

  /// The columns' names and where they came from.
  ///
  /// @param source what errors call it
  /// @param indices where each column stands
  public record Header(String source, List<String> columns, Map<String, Integer> indices) {
    public Header {
      columns = List.copyOf(columns);
      indices = Map.copyOf(indices);
    }

    /// @throws DataException when two columns have one name
    public static Header of(String source, List<String> columns) {
      Map<String, Integer> indices = HashMap.newHashMap(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        if (indices.put(columns.get(i), i) != null) {
          throw new DataException(
              ("%s: expected each column once, got \"%s\" twice; rename one, or read the file without"
                      + " a header")
                  .formatted(source, columns.get(i)));
        }
      }
      return new Header(source, columns, indices);
    }

    static Header numbered(String source, int count) {
      return of(source, IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    }

    int index(String column) {
      Integer index = indices.get(column);
      if (index == null) {
        throw new DataException(source + ": " + Nearest.unknown("column", column, columns));
      }
      return index;
    }
  }
}
