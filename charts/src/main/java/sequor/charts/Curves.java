package sequor.charts;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How values went over the epochs of a training, or over anything else that is counted.
///
/// ```java
/// var curves = Curves.of("surname-best", "epoch")
///     .and(Curves.Panel.of("loss (nats)").and("train", trainLoss).and("valid", validLoss))
///     .and(Curves.Panel.of("accuracy").and("valid", accuracy).level("floor", 0.767))
///     .mark(12, "kept");
/// curves.save(folder, "curves");
/// ```
///
/// The panels stand one above the other and share the horizontal axis. Lines are named at their
/// right ends and differ in colour and dashes. A value that is no number leaves a gap.
///
/// @param xTitle what the horizontal axis counts, with its unit
/// @param marks places on the horizontal axis that are named
public record Curves(String title, String xTitle, List<Panel> panels, List<Mark> marks)
    implements Picture {
  private static final double MOST = 1e100;

  public Curves {
    requireNonNull(title);
    requireNonNull(xTitle);
    panels = List.copyOf(panels);
    marks = List.copyOf(marks);
  }

  /// No panels yet.
  public static Curves of(String title, String xTitle) {
    return new Curves(title, xTitle, List.of(), List.of());
  }

  /// Adds a panel below the others.
  public Curves and(Panel panel) {
    return new Curves(title, xTitle, with(panels, panel), marks);
  }

  /// Names a place on the horizontal axis, such as the epoch whose weights were kept.
  public Curves mark(double x, String name) {
    return new Curves(title, xTitle, panels, with(marks, new Mark(x, name)));
  }

  @Override
  public int width() {
    return 800;
  }

  @Override
  public int height() {
    return 500;
  }

  @Override
  public void draw(Canvas canvas) {
    new CurvesDrawing(this, canvas).draw();
  }

  /// A named place on the horizontal axis.
  public record Mark(double x, String name) {}

  /// Lines that share a vertical axis.
  ///
  /// @param title what the vertical axis measures, with its unit
  /// @param logarithmic whether equal steps are equal ratios; values of 0 or less then leave a gap
  /// @param levels horizontal lines, such as the floor
  public record Panel(String title, boolean logarithmic, List<Line> lines, List<Level> levels) {
    public Panel {
      requireNonNull(title);
      lines = List.copyOf(lines);
      levels = List.copyOf(levels);
    }

    /// No lines yet.
    public static Panel of(String title) {
      return new Panel(title, false, List.of(), List.of());
    }

    /// Adds a line through values at 1, 2, 3, …
    public Panel and(String name, List<Double> values) {
      return and(
          name, IntStream.rangeClosed(1, values.size()).asDoubleStream().boxed().toList(), values);
    }

    /// Adds a line through the points (x, y).
    public Panel and(String name, List<Double> x, List<Double> y) {
      return new Panel(title, logarithmic, with(lines, new Line(name, x, y)), levels);
    }

    /// Adds a horizontal line.
    public Panel level(String name, double value) {
      return new Panel(title, logarithmic, lines, with(levels, new Level(name, value)));
    }

    /// The same with equal ratios as equal steps.
    public Panel onLogarithmicAxis() {
      return new Panel(title, true, lines, levels);
    }

    boolean shows(double value) {
      return isDrawable(value) && (!logarithmic || value >= 1 / MOST);
    }
  }

  /// A line through the points (x, y).
  public record Line(String name, List<Double> x, List<Double> y) {
    public Line {
      requireNonNull(name);
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(
            "curves: line \"%s\": expected as many y as x, got %d x and %d y; give one y for each x"
                .formatted(name, x.size(), y.size()));
      }
    }
  }

  /// A horizontal line.
  public record Level(String name, double value) {}

  /// Whether it is a number, and not one so large that a sum of two is none.
  static boolean isDrawable(double value) {
    return Math.abs(value) <= MOST; // false for NaN
  }

  private static <T> List<T> with(List<T> list, T one) {
    var longer = new ArrayList<>(list);
    longer.add(one);
    return longer;
  }
}
