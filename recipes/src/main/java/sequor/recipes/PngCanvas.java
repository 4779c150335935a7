package sequor.recipes;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import sequor.charts.Canvas;
import sequor.charts.Ink;

/// Draws pixels.
final class PngCanvas implements Canvas {
  private static final float MITER = 10;

  private final Graphics2D graphics;
  private boolean lacksLetters;

  PngCanvas(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /// Whether a text had letters that no font has.
  boolean lacksLetters() {
    return lacksLetters;
  }

  @Override
  public void rectangle(double x, double y, double width, double height, Ink ink) {
    graphics.setColor(color(ink));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    var path = new Path2D.Double();
    for (int i = 0; i < x.length; i++) {
      if (i == 0) {
        path.moveTo(x[i], y[i]);
      } else {
        path.lineTo(x[i], y[i]);
      }
    }
    float[] dash = {(float) stroke.dash()};
    graphics.setStroke(
        stroke.dash() == 0
            ? new BasicStroke((float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
            : new BasicStroke(
                (float) stroke.width(),
                BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_ROUND,
                MITER,
                dash,
                0));
    graphics.setColor(color(stroke.ink()));
    graphics.draw(path);
  }

  @Override
  public void dot(double x, double y, double radius, Ink ink) {
    graphics.setColor(color(ink));
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(String text, double x, double y, Style style) {
    if (text.isEmpty()) {
      return;
    }
    var font =
        new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) style.size());
    lacksLetters |= font.canDisplayUpTo(text) >= 0;
    double width = font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
    double before =
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    var untouched = graphics.getTransform();
    graphics.transform(AffineTransform.getRotateInstance(Math.toRadians(style.turn()), x, y));
    graphics.setFont(font);
    graphics.setColor(color(style.ink()));
    graphics.drawString(text, (float) (x - before), (float) y);
    graphics.setTransform(untouched);
  }

  private static Color color(Ink ink) {
    return new Color(ink.rgb());
  }
}
