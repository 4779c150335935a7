package sequor.cli;

import java.util.List;

/// Texts of any script, one below the other.
final class Columns {
  /// Longer texts push their line to the right rather than all others.
  private static final int WIDEST = 32;

  private Columns() {}

  /// How many places of a terminal the widest text takes, at most 32.
  static int width(Iterable<String> texts) {
    int widest = 0;
    for (String text : texts) {
      widest = Math.max(widest, Math.min(width(text), WIDEST));
    }
    return widest;
  }

  /// Rows of cells below each other, each on a line of its own; numbers stand on the right.
  static String aligned(List<List<String>> rows) {
    var text = new StringBuilder();
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      var cells = rows.stream().filter(row -> row.size() > column).map(row -> row.get(column));
      widths[c] = width(cells.toList());
      numbers[c] =
          rows.stream()
              .skip(rows.size() > 1 ? 1 : 0)
              .filter(row -> row.size() > column)
              .allMatch(row -> row.get(column).matches("[-+\\d.,e–]+"));
    }
    for (var row : rows) {
      var line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String cell = padded(row.get(c), widths[c]);
        line.append(c == 0 ? "" : "  ").append(numbers[c] ? onTheRight(cell) : cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String onTheRight(String padded) {
    String text = padded.stripTrailing();
    return " ".repeat(padded.length() - text.length()) + text;
  }

  /// The text on one line, filled up with spaces.
  static String padded(String text, int width) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line + " ".repeat(Math.max(0, width - width(line)));
  }

  static int width(String text) {
    return text.codePoints().map(Columns::places).sum();
  }

  private static int places(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /// Hangul, ideographs, kana, full-width forms and emoji take two places.
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
