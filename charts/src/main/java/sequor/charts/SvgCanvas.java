package sequor.charts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Draws as SVG. Text stays text: it can be searched and copied, and no font is needed to write it.
final class SvgCanvas implements Canvas {
  private static final String FONTS = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";

  private final StringBuilder out = new StringBuilder();

  private SvgCanvas() {}

  static String draw(Picture picture) {
    var canvas = new SvgCanvas();
    canvas.add(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" \
        viewBox="0 0 %1$d %2$d" role="img" font-family="%3$s">
        <title>%4$s</title>
        """,
        picture.width(), picture.height(), FONTS, escape(picture.title()));
    canvas.rectangle(0, 0, picture.width(), picture.height(), Ink.PAPER);
    picture.draw(canvas);
    return canvas.out.append("</svg>\n").toString();
  }

  @Override
  public void rectangle(double x, double y, double width, double height, Ink ink) {
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>%n",
        number(x), number(y), number(width), number(height), ink);
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    var points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
    }
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s"
            + " stroke-linejoin=\"round\"/>%n",
        points,
        stroke.ink(),
        number(stroke.width()),
        stroke.dash() == 0 ? "" : " stroke-dasharray=\"" + number(stroke.dash()) + "\"");
  }

  @Override
  public void dot(double x, double y, double radius, Ink ink) {
    add(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>%n",
        number(x), number(y), number(radius), ink);
  }

  @Override
  public void text(String text, double x, double y, Style style) {
    String turn =
        style.turn() == 0
            ? ""
            : " transform=\"rotate(%s %s %s)\""
                .formatted(number(style.turn()), number(x), number(y));
    add(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\"%s%s%s>%s</text>%n",
        number(x),
        number(y),
        number(style.size()),
        style.ink(),
        style.anchor() == Anchor.START ? "" : " text-anchor=\"" + name(style.anchor()) + "\"",
        style.bold() ? " font-weight=\"600\"" : "",
        turn,
        escape(text));
  }

  private void add(String format, Object... values) {
    out.append(format.replace("%n", "\n").formatted(values));
  }

  private static String name(Anchor anchor) {
    return anchor.name().toLowerCase(Locale.ROOT);
  }

  /// At most two decimals: a hundredth of a point is finer than any screen.
  private static String number(double value) {
    var rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.toPlainString();
  }

  /// Labels come from data files: what XML does not allow becomes a replacement mark.
  private static String escape(String text) {
    var safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                default -> safe.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return safe.toString();
  }

  private static boolean isXml(int c) {
    return (c >= ' ' && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) || c >= 0x10000;
  }
}
