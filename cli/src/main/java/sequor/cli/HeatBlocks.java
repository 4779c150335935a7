package sequor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sequor.tasks.HeatMap;

/// A heat map in a terminal: numbers on shades where there is room for them, else shades alone, and
/// digits where there are no colours. One row of many numbers is bars.
///
/// @param wide how many places a line has
/// @param inColor whether a person sees it
record HeatBlocks(int wide, boolean inColor) {
  private static final String RESET = "\u001b[0m";
  private static final int MOST_FOR_LABELS = 24;
  private static final int FEW_ROWS = 4; // such as gates, which are better read downwards
  private static final int BAR = 12; // to either side
  private static final int NUMBER = 7; // places of a cell with a number
  private static final int NARROW = 2; // of one without
  private static final int MOST_HEADER = 8; // lines of labels that are written downwards

  /// From nothing to the most, in the 256 colours of terminals: blues, and oranges below 0.
  private static final List<Integer> ABOVE = List.of(231, 195, 153, 117, 75, 33, 26, 19);

  private static final List<Integer> BELOW = List.of(231, 230, 223, 216, 209, 166, 130, 94);
  private static final int DARK = 4; // from here on letters are white

  String of(HeatMap map) {
    var text = new StringBuilder(map.title()).append('\n');
    if (map.rows().labels().size() == 1) {
      bars(text, map);
      return text.toString();
    }
    var shown = isFlat(map) ? turned(map) : map;
    axes(text, shown);
    int left = Columns.width(shown.rows().labels().stream().map(HeatBlocks::label).toList());
    int columns = shown.columns().labels().size();
    int room = Math.max(NUMBER, wide - left - 1);
    int narrow = map.scale().isSigned() && !inColor ? NARROW + 1 : NARROW; // for the sign
    int place = columns * NUMBER <= room ? NUMBER : narrow;
    int band = Math.max(1, room / place);
    for (int from = 0; from < columns; from += band) {
      int to = Math.min(columns, from + band);
      if (place == NUMBER) {
        header(text, shown, left);
      } else {
        slender(text, shown.columns().labels().subList(from, to), left, place);
      }
      for (int row = 0; row < shown.rows().labels().size(); row++) {
        row(text, shown, row, IntStream.range(from, to).toArray(), left, place);
      }
    }
    text.append(legend(shown, place)).append('\n');
    return text.toString();
  }

  private static boolean isFlat(HeatMap map) {
    int rows = map.rows().labels().size();
    return rows <= FEW_ROWS && map.columns().labels().size() > rows;
  }

  private static HeatMap turned(HeatMap map) {
    var values = new ArrayList<List<Float>>();
    for (int c = 0; c < map.columns().labels().size(); c++) {
      int column = c;
      values.add(map.values().stream().map(row -> row.get(column)).toList());
    }
    var down = map.columns();
    var right = map.rows();
    return new HeatMap(map.title(), down, right, values, map.scale());
  }

  private static void axes(StringBuilder text, HeatMap map) {
    String down = map.rows().name();
    String right = map.columns().name();
    String line =
        ((down.isEmpty() ? "" : "↓ " + down + "   ") + (right.isEmpty() ? "" : "→ " + right))
            .strip();
    if (!line.isEmpty()) {
      text.append(line).append('\n');
    }
  }

  // One row

  private void bars(StringBuilder text, HeatMap map) {
    var labels = map.columns().labels().stream().map(HeatBlocks::label).toList();
    int left = Columns.width(labels);
    boolean signed = map.scale().isSigned();
    for (int c = 0; c < labels.size(); c++) {
      double value = map.value(0, c);
      double share = map.scale().share(value);
      int length = (int) Math.round(Math.abs(share) * BAR);
      String bar = "█".repeat(length);
      String below = " ".repeat(BAR - (share < 0 ? length : 0)) + (share < 0 ? bar : "");
      text.append(
          "%s %s  %s%s%n"
                  .formatted(
                      Columns.padded(labels.get(c), left),
                      number(value, signed),
                      signed ? inked(below, BELOW.get(DARK)) + "│" : "",
                      share > 0 ? inked(bar, ABOVE.get(DARK)) : "")
                  .stripTrailing()
              + "\n");
    }
    text.append(map.scale().meaning()).append('\n');
  }

  private String inked(String bar, int color) {
    return inColor && !bar.isBlank() ? "\u001b[38;5;%dm%s%s".formatted(color, bar, RESET) : bar;
  }

  // Several rows

  private static void header(StringBuilder text, HeatMap map, int left) {
    var line = new StringBuilder(" ".repeat(left));
    for (var label : map.columns().labels()) {
      String cut = cut(label, NUMBER - 1);
      line.append(" ".repeat(NUMBER - Columns.width(cut))).append(cut);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  /// Labels written downwards, each as wide as a narrow cell.
  private static void slender(StringBuilder text, List<String> labels, int left, int place) {
    int high =
        Math.min(
            MOST_HEADER,
            labels.stream().mapToInt(l -> l.codePointCount(0, l.length())).max().orElse(0));
    for (int line = 0; line < high; line++) {
      var letters = new StringBuilder(" ".repeat(left + 1));
      for (var label : labels) {
        String letter = letter(label, line - high, high);
        letters.append(" ".repeat(place - Columns.width(letter))).append(letter);
      }
      text.append(letters.toString().stripTrailing()).append('\n');
    }
  }

  /// A letter of a label that ends on the last line; of one that is too long the first ones.
  private static String letter(String label, int fromEnd, int high) {
    var points = label.codePoints().limit(high).boxed().toList();
    int at = points.size() + fromEnd;
    return at < 0 ? "" : Character.toString(points.get(at));
  }

  private void row(StringBuilder text, HeatMap map, int row, int[] columns, int left, int place) {
    var line = new StringBuilder(Columns.padded(label(map.rows().labels().get(row)), left));
    line.append(place == NUMBER ? "" : " ");
    for (int column : columns) {
      double value = map.value(row, column);
      double share = map.scale().share(value);
      String cell =
          place == NUMBER
              ? " ".repeat(NUMBER - 6) + number(value, map.scale().isSigned())
              : inColor ? "  " : " ".repeat(place - NARROW) + digit(share);
      line.append(inColor ? shaded(cell, share) : cell);
    }
    text.append(inColor ? line : line.toString().stripTrailing()).append('\n');
  }

  private static String shaded(String cell, double share) {
    var colors = share < 0 ? BELOW : ABOVE;
    int depth =
        (int) Math.min(colors.size() - 1L, Math.round(Math.abs(share) * (colors.size() - 1)));
    return "\u001b[48;5;%d;38;5;%dm%s%s"
        .formatted(colors.get(depth), depth > DARK ? 231 : 16, cell, RESET);
  }

  /// A tenth that a number is of the most, with its sign; a point for nothing.
  private static String digit(double share) {
    long tenth = Math.min(9, Math.round(Math.abs(share) * 10));
    return tenth == 0 ? " ·" : (share < 0 ? "-" : " ") + tenth;
  }

  private String legend(HeatMap map, int place) {
    String meaning = map.scale().meaning();
    if (place == NUMBER) {
      return meaning;
    }
    String most = String.format(Locale.ROOT, "%.2f", map.scale().most());
    return inColor
        ? "%s; the deepest blue is %s%s"
            .formatted(meaning, most, map.scale().isSigned() ? ", orange is below 0" : "")
        : "%s; digits are tenths of %s".formatted(meaning, most);
  }

  /// Six places or more.
  private static String number(double value, boolean signed) {
    double size = Math.abs(value);
    String digits = size < 9.995 ? "2" : size < 99.95 ? "1" : "0";
    return String.format(Locale.ROOT, "%" + (signed ? "+" : "") + "6." + digits + "f", value);
  }

  private static String label(String text) {
    return cut(text, MOST_FOR_LABELS);
  }

  private static String cut(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    if (Columns.width(line) <= most) {
      return line;
    }
    int end = line.length();
    while (Columns.width(line.substring(0, end)) > most - 1) {
      end = line.offsetByCodePoints(end, -1);
    }
    return line.substring(0, end) + "…";
  }
}
