package sequor.charts;

/// What a [Picture] is drawn on: four shapes.
///
/// Points are counted from the top left corner, x to the right and y down.
public interface Canvas {
  /// Fills a rectangle whose top left corner is at (x, y).
  void rectangle(double x, double y, double width, double height, Ink ink);

  /// Joins the points (x\[i\], y\[i\]) by straight lines.
  void line(double[] x, double[] y, Stroke stroke);

  /// Fills a circle around (x, y).
  void dot(double x, double y, double radius, Ink ink);

  /// Writes one line; (x, y) lies on its base line, at the place that the style's anchor says.
  void text(String text, double x, double y, Style style);

  /// Draws one straight line.
  default void line(double x1, double y1, double x2, double y2, Stroke stroke) {
    line(new double[] {x1, x2}, new double[] {y1, y2}, stroke);
  }

  /// How a line looks.
  ///
  /// @param width in points
  /// @param dash the length of its dashes in points, 0 for a line without gaps
  record Stroke(Ink ink, double width, double dash) {
    public static Stroke of(Ink ink, double width) {
      return new Stroke(ink, width, 0);
    }
  }

  /// Which part of a text stands at its point.
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /// How a text looks.
  ///
  /// @param size the height of the font in points
  /// @param turn degrees, clockwise around the text's point
  record Style(double size, Ink ink, Anchor anchor, boolean bold, double turn) {
    /// Upright dark text that starts at its point.
    public static Style of(double size) {
      return new Style(size, Ink.TEXT, Anchor.START, false, 0);
    }

    public Style in(Ink ink) {
      return new Style(size, ink, anchor, bold, turn);
    }

    public Style at(Anchor anchor) {
      return new Style(size, ink, anchor, bold, turn);
    }

    public Style strong() {
      return new Style(size, ink, anchor, true, turn);
    }

    public Style turned(double degrees) {
      return new Style(size, ink, anchor, bold, degrees);
    }
  }
}
