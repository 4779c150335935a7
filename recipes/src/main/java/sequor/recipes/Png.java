package sequor.recipes;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import sequor.charts.Ink;
import sequor.charts.Picture;

/// A picture as PNG, drawn by the JDK's AWT, which needs fonts of the machine.
///
/// @param bytes the file
/// @param notices what somebody should know of it
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Png(byte[] bytes, List<String> notices) {
  private static final int SCALE = 2; // pixels of a point
  private static final long MOST_PIXELS = 64L << 20; // 256 MB of memory

  /// Draws a picture.
  ///
  /// @param file what it is for
  /// @throws RecipeException if this machine cannot draw it
  static Png of(Picture picture, Path file) {
    long pixels = (long) SCALE * SCALE * picture.width() * picture.height();
    if (pixels > MOST_PIXELS) {
      throw new RecipeException(
          "%s: expected a picture of at most %,d pixels, got %,d; write .svg instead, or a shorter text"
              .formatted(file, MOST_PIXELS, pixels));
    }
    try {
      return drawn(picture);
    } catch (VirtualMachineError e) {
      if (e instanceof InternalError) { // of a machine without fontconfig
        throw cannot(file, e);
      }
      throw e;
    } catch (IOException | RuntimeException | Error e) { // AWT says so in many ways
      throw cannot(file, e);
    }
  }

  private static RecipeException cannot(Path file, Throwable cause) {
    return new RecipeException(
        "%s: expected a machine with fonts to draw a PNG, got %s; write .svg instead, or install"
                .formatted(file, cause)
            + " fontconfig and a font (such as fonts-dejavu-core)",
        cause);
  }

  private static Png drawn(Picture picture) throws IOException {
    var image =
        new BufferedImage(
            SCALE * picture.width(), SCALE * picture.height(), BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    var canvas = new PngCanvas(graphics);
    try {
      prepare(graphics);
      canvas.rectangle(0, 0, picture.width(), picture.height(), Ink.PAPER);
      picture.draw(canvas);
    } finally {
      graphics.dispose();
    }
    var out = new ByteArrayOutputStream();
    ImageIO.setUseCache(false); // it is written to memory
    if (!ImageIO.write(image, "png", out)) {
      throw new IOException("a Java that writes no PNG");
    }
    return new Png(
        out.toByteArray(),
        canvas.lacksLetters()
            ? List.of("the fonts of this machine lack some of the letters; an .svg shows them")
            : List.of());
  }

  private static void prepare(Graphics2D graphics) {
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }
}
