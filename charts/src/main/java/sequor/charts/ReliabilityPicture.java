package sequor.charts;

import java.util.List;
import java.util.Locale;
import sequor.charts.Canvas.Anchor;
import sequor.charts.Canvas.Stroke;
import sequor.charts.Canvas.Style;

/// How often a model is right, by how sure it was: a reliability diagram. On the dashed line it
/// would be right as often as it says.
///
/// A bar is as high as the share of its predictions that are right; a dot stands at their mean
/// confidence, and below each bar how many they are.
///
/// @param bins from confidence 0 to 1, in order
/// @param error the expected calibration error
public record ReliabilityPicture(String title, List<Bin> bins, double error) implements Picture {
  private static final double SIDE = 420;
  private static final double LEFT = 70;
  private static final double TOP = 76;
  private static final double FOOT = 76;
  private static final double RIGHT = 30;
  private static final int TICKS = 5;

  /// The predictions whose confidence lies between two shares.
  ///
  /// @param accuracy the share of them that are right
  /// @param confidence the mean of theirs
  public record Bin(double low, double high, long count, double accuracy, double confidence) {}

  public ReliabilityPicture {
    bins = List.copyOf(bins);
    if (bins.isEmpty()) {
      throw new IllegalArgumentException(
          "reliability picture: expected bins, got none; give one or more");
    }
  }

  @Override
  public int width() {
    return (int) (LEFT + SIDE + RIGHT);
  }

  @Override
  public int height() {
    return (int) (TOP + SIDE + FOOT);
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.text(TextWidth.fit(title, 17, width() - 40), 20, 29, Style.of(17).strong());
    var error = String.format(Locale.ROOT, "expected calibration error %.4f", this.error);
    canvas.text(error, 20, 52, Style.of(13).in(Ink.FAINT));
    axes(canvas);
    bins.forEach(bin -> bar(canvas, bin));
    canvas.line(x(0), y(0), x(1), y(1), new Stroke(Ink.TEXT, 1.5, 6));
    bins.stream()
        .filter(bin -> bin.count > 0)
        .forEach(bin -> canvas.dot(x(bin.confidence), y(bin.accuracy), 4, Ink.series(1)));
    Style heading = Style.of(13).strong().at(Anchor.MIDDLE);
    canvas.text("how sure it was", x(0.5), height() - 12, heading);
    canvas.text("share that is right", 24, y(0.5), heading.turned(-90));
  }

  private void axes(Canvas canvas) {
    for (int tick = 0; tick <= TICKS; tick++) {
      double share = (double) tick / TICKS;
      canvas.line(x(0), y(share), x(1), y(share), Stroke.of(Ink.GRID, 1));
      canvas.line(x(share), y(0), x(share), y(1), Stroke.of(Ink.GRID, 1));
      String name = String.format(Locale.ROOT, "%.1f", share);
      canvas.text(name, x(0) - 8, y(share) + 4, Style.of(12).at(Anchor.END));
      canvas.text(name, x(share), y(0) + 36, Style.of(12).at(Anchor.MIDDLE));
    }
  }

  private static void bar(Canvas canvas, Bin bin) {
    if (bin.count == 0) {
      return; // nothing is known of it
    }
    double left = x(bin.low) + 1;
    canvas.rectangle(
        left, y(bin.accuracy), x(bin.high) - 1 - left, y(0) - y(bin.accuracy), Ink.shade(0.35));
    double middle = (x(bin.low) + x(bin.high)) / 2;
    canvas.text(count(bin.count), middle, y(0) + 16, Style.of(9).in(Ink.FAINT).at(Anchor.MIDDLE));
  }

  private static String count(long count) {
    return count < 10_000 ? Long.toString(count) : count / 1000 + "k";
  }

  private static double x(double share) {
    return LEFT + share * SIDE;
  }

  private static double y(double share) {
    return TOP + (1 - share) * SIDE;
  }
}
