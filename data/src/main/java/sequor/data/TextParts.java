package sequor.data;

import java.util.ArrayList;
import java.util.List;

/// Cuts texts that stand one behind the other into parts to learn from, validate and test, by how
/// many characters they have.
///
/// A part ends with a line; where no line ends soon, as in a text without lines, between two words.
final class TextParts {
  private static final int SOON = 10_000; // characters

  private TextParts() {}

  /// @param rows each with a column `text`
  static DataSet<Row> of(List<Row> rows, Fractions fractions) {
    long all = rows.stream().mapToLong(row -> row.field("text").length()).sum();
    long valid = Math.round(fractions.train() * all);
    long test = Math.round((fractions.train() + fractions.valid()) * all);
    var parts = List.of(new ArrayList<Row>(), new ArrayList<Row>(), new ArrayList<Row>());
    long before = 0;
    for (var row : rows) {
      int length = row.field("text").length();
      int first = cut(row.field("text"), valid - before);
      int second = Math.max(first, cut(row.field("text"), test - before));
      add(row, 0, first, parts.get(0));
      add(row, first, second, parts.get(1));
      add(row, second, length, parts.get(2));
      before += length;
    }
    return DataSet.of(parts.get(0), parts.get(1), parts.get(2));
  }

  /// Where a text is cut that should be at some place, which may lie outside.
  private static int cut(String text, long wanted) {
    if (wanted <= 0 || wanted >= text.length()) {
      return wanted <= 0 ? 0 : text.length();
    }
    int place = (int) wanted;
    int end = Math.min(text.length(), place + SOON);
    int line = text.indexOf('\n', place - 1, end);
    if (line >= 0) {
      return line + 1;
    }
    for (int i = place; i < end; i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return Character.isLowSurrogate(text.charAt(place)) ? place + 1 : place;
  }

  private static void add(Row row, int from, int to, List<Row> part) {
    if (from == to) {
      return;
    }
    String text = row.field("text");
    if (to - from == text.length()) {
      part.add(row);
      return;
    }
    long lines = text.substring(0, from).chars().filter(c -> c == '\n').count();
    part.add(row.part(lines, List.of(text.substring(from, to))));
  }
}
