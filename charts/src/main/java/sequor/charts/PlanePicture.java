package sequor.charts;

import java.util.List;

/// Named points on a plane, such as words where their vectors lie.
///
/// Both axes have the same scale, so that near is near in any direction.
///
/// @param about what stands below the title
public record PlanePicture(String title, String about, List<Point> points) implements Picture {
  private static final double SIDE = 720;
  private static final double MARGIN = 60;
  private static final double TOP = 70;

  /// A point and its name.
  public record Point(String name, double x, double y) {}

  public PlanePicture {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "plane picture: expected points, got none; give one or more");
    }
  }

  @Override
  public int width() {
    return (int) (SIDE + 2 * MARGIN);
  }

  @Override
  public int height() {
    return (int) (TOP + SIDE + MARGIN);
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(TextWidth.fit(title, 17, width() - 40), 20, 29, Canvas.Style.of(17).strong());
    canvas.text(about, 20, 52, Canvas.Style.of(13).in(Ink.FAINT));
    double left = points.stream().mapToDouble(Point::x).min().orElse(0);
    double right = points.stream().mapToDouble(Point::x).max().orElse(0);
    double low = points.stream().mapToDouble(Point::y).min().orElse(0);
    double high = points.stream().mapToDouble(Point::y).max().orElse(0);
    double extent = Math.max(Math.max(right - left, high - low), 1e-12);
    double scale = SIDE / extent;
    double x0 = MARGIN + (SIDE - (right - left) * scale) / 2;
    double y0 = TOP + (SIDE - (high - low) * scale) / 2;
    for (var point : points) {
      double x = x0 + (point.x - left) * scale;
      double y = y0 + (high - point.y) * scale;
      canvas.dot(x, y, 3, Ink.series(0));
      canvas.text(point.name, x + 6, y + 4, Canvas.Style.of(12));
    }
  }
}
