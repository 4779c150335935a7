package sequor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A sentence of a file with a token a line, as it stands there.
///
/// ```java
/// sentence.row().list("form");                           // [vamos, nos, !]
/// sentence.with("upos", List.of("VERB", "PRON", "PUNCT"));  // its lines, comments and all
/// ```
public final class Sentence {
  private final Row row;
  private final List<String> lines;
  private final List<Integer> tokens;
  private final boolean tabs;

  /// @param lines as the file has them, without what ends them; blank lines behind it included
  /// @param tokens which of them hold a token
  /// @param tabs whether tabs stand between columns, else spaces
  Sentence(Row row, List<String> lines, List<Integer> tokens, boolean tabs) {
    this.row = row;
    this.lines = List.copyOf(lines);
    this.tokens = List.copyOf(tokens);
    this.tabs = tabs;
  }

  /// Its tokens column by column; none of a piece of the file that holds no token.
  public Row row() {
    return row;
  }

  /// How many tokens it has.
  public int size() {
    return tokens.size();
  }

  /// The lines with other values in one column, which is put behind the others where the file lacks
  /// it; all else stays as it is.
  ///
  /// @throws DataException if there is not one value a token, or one cannot stand in a column
  public List<String> with(String column, List<String> values) {
    if (values.size() != tokens.size()) {
      throw new DataException(
          "%s: expected %d values, one a token, got %d; give each one"
              .formatted(row.place(), tokens.size(), values.size()));
    }
    var written = new ArrayList<>(lines);
    for (int i = 0; i < values.size(); i++) {
      int line = tokens.get(i);
      written.set(line, with(lines.get(line), column, checked(values.get(i))));
    }
    return written;
  }

  private String checked(String value) {
    if (value.isEmpty() || value.matches("(?s).*[\t\n\r].*") || (!tabs && value.contains(" "))) {
      throw new DataException(
          "%s: expected a value that can stand between %s, got '%s'; take another name for it"
              .formatted(row.place(), tabs ? "tabs" : "spaces", value));
    }
    return value;
  }

  private String with(String line, String column, String value) {
    var fields = TokenLines.fields(line, tabs);
    if (!row.has(column)) {
      return line + (tabs || fields.size() == 1 ? '\t' : ' ') + value;
    }
    int index = row.index(column);
    int start = fields.get(index).start();
    return line.substring(0, start) + value + line.substring(fields.get(index).end());
  }

  /// A part of a line.
  ///
  /// @param start where it begins
  /// @param end where it ends
  record Field(String text, int start, int end) {}

  /// The lines as they were read.
  public List<String> lines() {
    return lines;
  }

  /// One value a token of each column, joined as a row holds them.
  static List<String> joined(List<List<String>> tokens, int columns) {
    return IntStream.range(0, columns)
        .mapToObj(c -> String.join("\n", tokens.stream().map(token -> token.get(c)).toList()))
        .toList();
  }
}
