package sequor.charts;

import java.util.ArrayList;
import java.util.List;

/// Numbers in rows and columns as shades: where a translator looked, what a gate let through.
///
/// ```java
/// var panel = new HeatMapPicture.Panel("head 1", target, source, cells);
/// String svg = new HeatMapPicture("where it looked", "ein Hund", legend, List.of(panel)).svg();
/// ```
///
/// Several panels of one scale stand beside each other and below. A panel of few rows and many
/// columns goes on below, as a line of text does.
///
/// @param about what stands below the title
public record HeatMapPicture(String title, String about, Legend legend, List<Panel> panels)
    implements Picture {
  private static final double MARGIN = 20;
  private static final double TOP = 74;
  private static final double WIDE = 1100; // where panels go on below
  private static final double BETWEEN = 30;
  private static final double FOOT = 64;
  private static final double BAR = 200; // of the legend
  private static final int LEAST_WIDE = 420;
  private static final int MOST = 1 << 15; // points of a side

  /// What shades mean.
  ///
  /// @param meaning in words
  /// @param least the number of the shade at one end, as it is written
  /// @param most at the other
  /// @param signed whether there is nothing in the middle, at 0
  public record Legend(String meaning, String least, String most, boolean signed) {}

  /// One heat map.
  ///
  /// @param title what stands above it
  /// @param rows their labels
  /// @param columns their labels
  /// @param cells row by row
  public record Panel(String title, Labels rows, Labels columns, List<List<Cell>> cells) {
    public Panel {
      cells = cells.stream().map(List::copyOf).toList();
      int wide = columns.all.size();
      if (wide == 0
          || rows.all.isEmpty()
          || cells.size() != rows.all.size()
          || cells.stream().anyMatch(row -> row.size() != wide)) {
        throw new IllegalArgumentException(
            "heat map: expected a cell for each of %d rows and %d columns, got %s; give one or more"
                    .formatted(
                        rows.all.size(), wide, cells.stream().map(List::size).distinct().toList())
                + " of both");
      }
    }
  }

  /// What rows or columns are called.
  ///
  /// @param name together; may be empty
  public record Labels(String name, List<String> all) {
    public Labels {
      all = List.copyOf(all);
    }
  }

  /// A number.
  ///
  /// @param share how deep its shade is, from −1 or 0 to 1
  /// @param number as it is written, where there is room
  public record Cell(double share, String number) {}

  /// A panel where it stands.
  private record Placed(HeatMapDrawing drawing, double x, double y) {}

  public HeatMapPicture {
    panels = List.copyOf(panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("heat map: expected panels, got none; give one or more");
    }
  }

  private List<Placed> placed() {
    var placed = new ArrayList<Placed>();
    double x = MARGIN;
    double y = TOP;
    double high = 0;
    for (var panel : panels) {
      var drawing = new HeatMapDrawing(panel, legend.signed, panels.size() > 1);
      if (x > MARGIN && x + drawing.width() > WIDE) {
        x = MARGIN;
        y += high + BETWEEN;
        high = 0;
      }
      placed.add(new Placed(drawing, x, y));
      x += drawing.width() + BETWEEN;
      high = Math.max(high, drawing.height());
    }
    return placed;
  }

  @Override
  public int width() {
    double right =
        placed().stream().mapToDouble(each -> each.x + each.drawing.width()).max().orElse(0);
    double words =
        Math.max(
            Math.max(TextWidth.width(title, 17), TextWidth.width(about, 13)),
            TextWidth.width(legend.meaning, 12) + BAR + 20);
    double needed = Math.max(right, Math.min(words + MARGIN, WIDE)) + MARGIN;
    return (int) Math.min(MOST, Math.ceil(Math.max(LEAST_WIDE, needed)));
  }

  @Override
  public int height() {
    double bottom =
        placed().stream().mapToDouble(each -> each.y + each.drawing.height()).max().orElse(0);
    return (int) Math.min(MOST, Math.ceil(bottom + FOOT));
  }

  @Override
  public void draw(Canvas canvas) {
    double room = width() - 2 * MARGIN;
    canvas.text(TextWidth.fit(title, 17, room), MARGIN, 29, Canvas.Style.of(17).strong());
    var faint = Canvas.Style.of(13).in(Ink.FAINT);
    canvas.text(TextWidth.fit(about, 13, room), MARGIN, 52, faint);
    placed().forEach(each -> each.drawing.draw(canvas, each.x, each.y));
    legend(canvas, height() - FOOT + 24);
  }

  private void legend(Canvas canvas, double y) {
    int steps = 40;
    for (int i = 0; i < steps; i++) {
      double share = (i + 0.5) / steps;
      canvas.rectangle(
          MARGIN + i * BAR / steps,
          y,
          BAR / steps + 0.5, // so that no paper shows between
          10,
          HeatMapDrawing.ink(legend.signed ? 2 * share - 1 : share, legend.signed));
    }
    var numbers = Canvas.Style.of(11).in(Ink.FAINT);
    canvas.text(legend.least, MARGIN, y + 24, numbers);
    canvas.text(legend.most, MARGIN + BAR, y + 24, numbers.at(Canvas.Anchor.END));
    if (legend.signed) {
      canvas.text("0", MARGIN + BAR / 2, y + 24, numbers.at(Canvas.Anchor.MIDDLE));
    }
    double room = width() - 2 * MARGIN - BAR - 12;
    var meaning = TextWidth.fit(legend.meaning, 12, room);
    canvas.text(meaning, MARGIN + BAR + 12, y + 9, Canvas.Style.of(12));
  }
}
