package sequor.charts;

import sequor.charts.Canvas.Anchor;
import sequor.charts.Canvas.Stroke;
import sequor.charts.Canvas.Style;
import sequor.charts.HeatMapPicture.Panel;

/// How a panel of a [HeatMapPicture] is laid out: labels of its rows to the left, those of its
/// columns slanting above it.
final class HeatMapDrawing {
  private static final double MOST_FOR_LABELS = 130;
  private static final double LEAST_FOR_NUMBERS = 26; // a smaller cell has no room for "−0.12"
  private static final double LEAST_CELL = 10;
  private static final double MOST_CELL = 34;
  private static final double WIDE = 900; // of all columns
  private static final double MOST_CELL_OF_MANY = 20; // of panels side by side
  private static final double WIDE_OF_MANY = 420;
  private static final int FEW_ROWS = 8; // which go on below
  private static final double TITLE = 22;
  private static final double SLANT = -45;

  private final Panel panel;
  private final boolean signed;
  private final boolean titled;
  private final double cell;
  private final int columnsABand;
  private final Style labels;
  private final double rowLabels; // points
  private final double columnLabels; // along the slant

  /// @param titled whether it is one of several, and its title is shown
  HeatMapDrawing(Panel panel, boolean signed, boolean titled) {
    this.panel = panel;
    this.signed = signed;
    this.titled = titled;
    int columns = panel.columns().all().size();
    int rows = panel.rows().all().size();
    boolean goesOn = rows <= FEW_ROWS && columns * MOST_CELL > WIDE;
    boolean many = titled && rows > FEW_ROWS;
    double most = many ? MOST_CELL_OF_MANY : MOST_CELL;
    double room = (many ? WIDE_OF_MANY : WIDE) / Math.max(columns, rows);
    this.cell = goesOn ? MOST_CELL : Math.clamp(room, LEAST_CELL, most);
    this.columnsABand = goesOn ? (int) (WIDE / cell) : columns;
    this.labels = Style.of(Math.min(12, cell * 0.9));
    this.rowLabels = widest(panel.rows());
    this.columnLabels = widest(panel.columns());
  }

  private double widest(HeatMapPicture.Labels some) {
    double widest =
        some.all().stream()
            .mapToDouble(label -> TextWidth.width(label, labels.size()))
            .max()
            .orElse(0);
    return Math.min(MOST_FOR_LABELS, widest);
  }

  static Ink ink(double share, boolean signed) {
    return signed ? Ink.signedShade(share) : Ink.shade(share);
  }

  double width() {
    return left() + columnsABand * cell + columnLabels * Math.cos(Math.toRadians(-SLANT));
  }

  double height() {
    return head() + bands() * bandHeight();
  }

  private int bands() {
    return Math.ceilDiv(panel.columns().all().size(), columnsABand);
  }

  private double head() {
    return (titled ? TITLE : 0) + (axes().isEmpty() ? 0 : 18);
  }

  /// What rows and columns are.
  private String axes() {
    String down = panel.rows().name();
    String right = panel.columns().name();
    return (down.isEmpty() ? "" : "↓ " + down + "   ") + (right.isEmpty() ? "" : "→ " + right);
  }

  private double bandHeight() {
    return above() + panel.rows().all().size() * cell + 12;
  }

  /// The room for the labels of columns.
  private double above() {
    return 14 + columnLabels * Math.sin(Math.toRadians(-SLANT));
  }

  private double left() {
    return rowLabels + (rowLabels == 0 ? 0 : 8);
  }

  void draw(Canvas canvas, double x, double y) {
    double line = y;
    if (titled) {
      canvas.text(TextWidth.fit(panel.title(), 13, width()), x, line + 12, Style.of(13).strong());
      line += TITLE;
    }
    if (!axes().isEmpty()) {
      canvas.text(axes(), x, line + 10, Style.of(11).in(Ink.FAINT));
    }
    for (int band = 0; band < bands(); band++) {
      int from = band * columnsABand;
      int to = Math.min(from + columnsABand, panel.columns().all().size());
      band(canvas, x + left(), y + head() + band * bandHeight() + above(), from, to);
    }
  }

  /// The columns from one to another.
  private void band(Canvas canvas, double x, double y, int from, int to) {
    int rows = panel.rows().all().size();
    for (int row = 0; row < rows; row++) {
      String label = TextWidth.fit(panel.rows().all().get(row), labels.size(), MOST_FOR_LABELS);
      canvas.text(label, x - 8, middle(y + row * cell, labels), labels.at(Anchor.END));
      for (int column = from; column < to; column++) {
        cell(
            canvas, x + (column - from) * cell, y + row * cell, panel.cells().get(row).get(column));
      }
    }
    for (int column = from; column < to; column++) {
      String label =
          TextWidth.fit(panel.columns().all().get(column), labels.size(), MOST_FOR_LABELS);
      double middle = x + (column - from + 0.5) * cell + labels.size() * 0.1;
      canvas.text(label, middle, y - 6, labels.turned(SLANT));
    }
    double right = x + (to - from) * cell;
    for (int row = 0; row <= rows; row++) {
      canvas.line(x, y + row * cell, right, y + row * cell, Stroke.of(Ink.GRID, 1));
    }
    for (int column = 0; column <= to - from; column++) {
      double at = x + column * cell;
      canvas.line(at, y, at, y + rows * cell, Stroke.of(Ink.GRID, 1));
    }
  }

  private void cell(Canvas canvas, double x, double y, HeatMapPicture.Cell shown) {
    var ink = ink(shown.share(), signed);
    canvas.rectangle(x, y, cell, cell, ink);
    if (cell >= LEAST_FOR_NUMBERS) {
      double size = shown.number().length() > 4 ? 0.27 : 0.31;
      var style = Style.of(cell * size).at(Anchor.MIDDLE).in(ink.on());
      canvas.text(shown.number(), x + cell / 2, middle(y, style), style);
    }
  }

  /// The base line of a text in the middle of the cell that begins at `y`.
  private double middle(double y, Style style) {
    return y + cell / 2 + style.size() * 0.36;
  }
}
