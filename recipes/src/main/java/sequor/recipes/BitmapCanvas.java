package sequor.recipes;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// Draws on a bitmap, by the JDK's own AWT. No screen is needed, but fonts are.
final class BitmapCanvas implements Canvas {
  private static final int SCALE = 2; // pixels a point, for today's screens

  private final Graphics2D graphics;

  private BitmapCanvas(Graphics2D graphics) {
    this.graphics = graphics;
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /// The picture as a PNG file.
  ///
  /// @throws UnsupportedOperationException when this machine cannot draw, with the reason
  static byte[] png(Picture picture) {
    try {
      var image =
          new BufferedImage(
              SCALE * picture.width(), SCALE * picture.height(), BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      try {
        var canvas = new BitmapCanvas(graphics);
        canvas.rectangle(0, 0, picture.width(), picture.height(), Ink.PAPER);
        picture.draw(canvas);
      } finally {
        graphics.dispose();
      }
      return encode(image);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Without fonts or with half a JDK, AWT throws anything from InvocationTargetException to a
      // bare Error, and something else at the second try. No run may end for want of a picture.
      throw new UnsupportedOperationException(
          "no PNG can be drawn on this machine (%s) — install a font (packages fontconfig and"
                  .formatted(cause(e))
              + " fonts-dejavu-core) and run java with -Djava.awt.headless=true; SVG needs neither",
          e);
    }
  }

  @Override
  public void rectangle(double x, double y, double width, double height, Ink ink) {
    graphics.setColor(color(ink));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void line(double[] x, double[] y, Stroke stroke) {
    if (x.length == 0) {
      return;
    }
    var path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    graphics.setColor(color(stroke.ink()));
    graphics.setStroke(stroke(stroke));
    graphics.draw(path);
  }

  @Override
  public void dot(double x, double y, double radius, Ink ink) {
    graphics.setColor(color(ink));
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(String text, double x, double y, Style style) {
    int weight = style.bold() ? Font.BOLD : Font.PLAIN;
    graphics.setFont(new Font(Font.SANS_SERIF, weight, 1).deriveFont((float) style.size()));
    graphics.setColor(color(style.ink()));
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double back =
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    var upright = graphics.getTransform();
    graphics.translate(x, y);
    graphics.rotate(Math.toRadians(style.turn()));
    graphics.drawString(text, (float) -back, 0);
    graphics.setTransform(upright);
  }

  private static BasicStroke stroke(Stroke stroke) {
    float width = (float) stroke.width();
    if (stroke.dash() == 0) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] dashes = {(float) stroke.dash()};
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  private static Color color(Ink ink) {
    return new Color(ink.rgb());
  }

  private static byte[] encode(BufferedImage image) {
    try (var out = new ByteArrayOutputStream()) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this JDK has no PNG writer");
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first line of the innermost message: AWT wraps what happened several times.
  private static String cause(Throwable e) {
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner.toString().lines().findFirst().orElse("no reason given");
  }
}
