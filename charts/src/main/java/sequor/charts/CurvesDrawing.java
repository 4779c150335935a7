package sequor.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import sequor.charts.Canvas.Anchor;
import sequor.charts.Canvas.Stroke;
import sequor.charts.Canvas.Style;

/// Draws [Curves]: title, panels with their axes, lines and the lines' names.
final class CurvesDrawing {
  private static final double LEFT = 62;
  private static final double TOP = 44; // below the title
  private static final double BOTTOM = 52; // for the horizontal axis
  private static final double HEAD = 22; // above each panel, for its title
  private static final double GAP = 16; // between panels
  private static final double SAMPLE = 22; // a piece of line before its name
  private static final double NAME_HEIGHT = 16;
  private static final double MOST_FOR_NAMES = 170;
  private static final int MOST_DOTS = 40; // more would hide the line
  private static final int MOST_POINTS = 1200; // more cannot be seen on 800 points

  private static final Style TITLE = Style.of(17).strong();
  private static final Style HEADING = Style.of(13).strong();
  private static final Style LABEL = Style.of(12);
  private static final double[] DASHES = {0, 7, 3}; // of a panel's first, second, third line

  private final Curves curves;
  private final Canvas canvas;
  private final double right;
  private final Axis across;

  CurvesDrawing(Curves curves, Canvas canvas) {
    this.curves = curves;
    this.canvas = canvas;
    this.right = curves.width() - 24 - widthOfNames();
    this.across = across();
  }

  void draw() {
    canvas.text(TextWidth.fit(curves.title(), TITLE.size(), curves.width() - 40), 20, 29, TITLE);
    int count = Math.max(1, curves.panels().size());
    double share = (curves.height() - TOP - BOTTOM - GAP * (count - 1)) / count;
    for (int i = 0; i < curves.panels().size(); i++) {
      double top = TOP + i * (share + GAP) + HEAD;
      panel(curves.panels().get(i), top, top + share - HEAD, i == 0);
    }
    horizontalAxis(curves.height() - BOTTOM);
  }

  private void panel(Curves.Panel panel, double top, double bottom, boolean first) {
    canvas.text(panel.title(), LEFT, top - 9, HEADING);
    Axis up = up(panel, (int) Math.clamp((bottom - top) / 34, 2, 8));
    for (double tick : up.ticks()) {
      double y = bottom - up.place(tick) * (bottom - top);
      canvas.line(LEFT, y, right, y, Stroke.of(Ink.GRID, 1));
      canvas.text(up.name(tick), LEFT - 8, y + 4, LABEL.in(Ink.FAINT).at(Anchor.END));
    }
    marks(panel, top, bottom, first);
    var names = new ArrayList<Name>();
    for (Curves.Level level : panel.levels()) {
      if (panel.shows(level.value())) {
        double y = bottom - up.place(level.value()) * (bottom - top);
        var stroke = new Stroke(Ink.FAINT, 1.5, 2);
        canvas.line(LEFT, y, right, y, stroke);
        names.add(new Name(level.name(), y, stroke));
      }
    }
    for (int i = 0; i < panel.lines().size(); i++) {
      var stroke = new Stroke(Ink.series(i), 2, DASHES[i % DASHES.length]);
      Curves.Line line = panel.lines().get(i);
      double end = line(panel, line, stroke, up, top, bottom);
      if (!Double.isNaN(end)) {
        names.add(new Name(line.name(), end, stroke));
      }
    }
    names(names, top, bottom);
  }

  /// Draws the pieces between gaps; returns the height of the last point, NaN where there is none.
  private double line(
      Curves.Panel panel, Curves.Line line, Stroke stroke, Axis up, double top, double bottom) {
    double end = Double.NaN;
    var x = DoubleStream.builder();
    var y = DoubleStream.builder();
    boolean dots = line.y().size() <= MOST_DOTS;
    int stride = Math.ceilDiv(Math.max(1, line.y().size()), MOST_POINTS);
    for (int i = 0; i < line.y().size(); i += stride) {
      if (!panel.shows(line.y().get(i)) || !Curves.isDrawable(line.x().get(i))) {
        canvas.line(x.build().toArray(), y.build().toArray(), stroke);
        x = DoubleStream.builder();
        y = DoubleStream.builder();
        continue;
      }
      double at = across(line.x().get(i));
      end = bottom - up.place(line.y().get(i)) * (bottom - top);
      x.add(at);
      y.add(end);
      if (dots) {
        canvas.dot(at, end, 2.6, stroke.ink());
      }
    }
    canvas.line(x.build().toArray(), y.build().toArray(), stroke);
    return end;
  }

  /// What a line is called, and where it ends.
  private record Name(String name, double y, Stroke stroke) {}

  /// Writes the names beside the ends of their lines, moved apart where lines end close together.
  private void names(List<Name> names, double top, double bottom) {
    var sorted = names.stream().sorted(Comparator.comparingDouble(Name::y)).toList();
    double[] places = sorted.stream().mapToDouble(Name::y).toArray();
    double highest = top;
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.max(places[i], highest);
      highest = places[i] + NAME_HEIGHT;
    }
    double lowest = bottom;
    for (int i = places.length - 1; i >= 0; i--) { // the last may have left the panel below
      places[i] = Math.min(places[i], lowest);
      lowest = places[i] - NAME_HEIGHT;
    }
    for (int i = 0; i < places.length; i++) {
      Name name = sorted.get(i);
      double x = right + 8;
      canvas.line(x, places[i], x + SAMPLE, places[i], name.stroke());
      String fitting = TextWidth.fit(name.name(), LABEL.size(), MOST_FOR_NAMES);
      canvas.text(fitting, x + SAMPLE + 6, places[i] + 4, LABEL);
    }
  }

  private void marks(Curves.Panel panel, double top, double bottom, boolean named) {
    for (Curves.Mark mark : curves.marks()) {
      double x = across(mark.x());
      canvas.line(x, top, x, bottom, new Stroke(Ink.FAINT, 1, 4));
      if (named) {
        double half = TextWidth.width(mark.name(), LABEL.size()) / 2;
        double free = LEFT + TextWidth.width(panel.title(), HEADING.size()) + 16 + half;
        double place = Math.max(free, Math.min(x, right - half));
        canvas.text(mark.name(), place, top - 9, LABEL.in(Ink.FAINT).at(Anchor.MIDDLE));
      }
    }
  }

  private void horizontalAxis(double y) {
    canvas.line(LEFT, y, right, y, Stroke.of(Ink.FAINT, 1));
    for (double tick : across.ticks()) {
      double x = across(tick);
      canvas.line(x, y, x, y + 5, Stroke.of(Ink.FAINT, 1));
      canvas.text(across.name(tick), x, y + 19, LABEL.in(Ink.FAINT).at(Anchor.MIDDLE));
    }
    canvas.text(curves.xTitle(), (LEFT + right) / 2, y + 39, HEADING.at(Anchor.MIDDLE));
  }

  private double across(double x) {
    return LEFT + across.place(x) * (right - LEFT);
  }

  private Axis across() {
    double[] all =
        curves.panels().stream()
            .flatMap(panel -> panel.lines().stream())
            .flatMap(line -> line.x().stream())
            .mapToDouble(x -> x)
            .filter(Curves::isDrawable)
            .toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    boolean whole = DoubleStream.of(all).allMatch(x -> x == Math.rint(x));
    return whole ? Axis.counting(low, high, 10) : Axis.covering(low, high, 8);
  }

  private static Axis up(Curves.Panel panel, int ticks) {
    double[] all =
        DoubleStream.concat(
                panel.lines().stream().flatMap(line -> line.y().stream()).mapToDouble(y -> y),
                panel.levels().stream().mapToDouble(Curves.Level::value))
            .filter(panel::shows)
            .toArray();
    double low = DoubleStream.of(all).min().orElse(panel.logarithmic() ? 0.1 : 0);
    double high = DoubleStream.of(all).max().orElse(1);
    return panel.logarithmic() ? Axis.powers(low, high, ticks) : Axis.covering(low, high, ticks);
  }

  private double widthOfNames() {
    var names = DoubleStream.builder();
    for (Curves.Panel panel : curves.panels()) {
      panel.lines().forEach(line -> names.add(TextWidth.width(line.name(), LABEL.size())));
      panel.levels().forEach(level -> names.add(TextWidth.width(level.name(), LABEL.size())));
    }
    return SAMPLE + 8 + Math.min(MOST_FOR_NAMES, names.build().max().orElse(0));
  }
}
