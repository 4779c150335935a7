package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.AWTError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import sequor.recipes.Canvas.Anchor;
import sequor.recipes.Canvas.Stroke;
import sequor.recipes.Canvas.Style;

class PictureTest {
  private static final Ink RED = new Ink(0xFF0000);

  private record Drawn(String title, Consumer<Canvas> drawing) implements Picture {
    @Override
    public int width() {
      return 40;
    }

    @Override
    public int height() {
      return 20;
    }

    @Override
    public void draw(Canvas canvas) {
      drawing.accept(canvas);
    }
  }

  @Test
  void svgHoldsWhatWasDrawn() {
    var picture =
        new Drawn(
            "all",
            canvas -> {
              canvas.rectangle(1, 2, 3.456, 4, RED);
              canvas.line(0, 0, 10, 10, new Stroke(Ink.TEXT, 1.5, 4));
              canvas.dot(5, 5, 2, Ink.GRID);
              canvas.text("a & b", 7, 8, Style.of(12).at(Anchor.END).strong().turned(-90));
            });

    assertThat(picture.svg())
        .isEqualTo(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20" \
            role="img" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif">
            <title>all</title>
            <rect x="0" y="0" width="40" height="20" fill="#ffffff"/>
            <rect x="1" y="2" width="3.46" height="4" fill="#ff0000"/>
            <polyline points="0,0 10,10" fill="none" stroke="#222222" stroke-width="1.5" \
            stroke-dasharray="4" stroke-linejoin="round"/>
            <circle cx="5" cy="5" r="2" fill="#e2e2e2"/>
            <text x="7" y="8" font-size="12" fill="#222222" text-anchor="end" font-weight="600" \
            transform="rotate(-90 7 8)">a &amp; b</text>
            </svg>
            """);
  }

  @Property(tries = 300)
  void svgIsWellFormedWhateverIsWritten(@ForAll String text) throws Exception {
    var picture = new Drawn(text, canvas -> canvas.text(text, 0, 0, Style.of(12)));
    assertThat(parse(picture.svg()).getElementsByTagName("text").getLength()).isEqualTo(1);
  }

  @Test
  void pngShowsTheSameAtTwiceTheSize() throws IOException {
    var picture = new Drawn("red", canvas -> canvas.rectangle(10, 5, 10, 10, RED));

    var image = ImageIO.read(new ByteArrayInputStream(picture.png()));

    assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(80, 40);
    assertThat(image.getRGB(19, 20)).isEqualTo(0xFFFFFFFF);
    assertThat(image.getRGB(20, 20)).isEqualTo(0xFFFF0000);
    assertThat(image.getRGB(39, 29)).isEqualTo(0xFFFF0000);
    assertThat(image.getRGB(40, 30)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void savesBoth(@TempDir Path folder) throws IOException {
    var picture = new Drawn("red", canvas -> canvas.rectangle(10, 5, 10, 10, RED));

    assertThat(picture.save(folder.resolve("run"), "red")).isEmpty();

    assertThat(folder.resolve("run/red.svg")).hasContent(picture.svg());
    assertThat(Files.readAllBytes(folder.resolve("run/red.png"))).isEqualTo(picture.png());
  }

  /// What AWT was seen to throw where fontconfig, the fonts or the screen were missing.
  static Stream<Throwable> failures() {
    return Stream.of(
        new RuntimeException("Fontconfig head is null, check your fonts or fonts configuration"),
        new Error("Probable fatal error: No physical fonts found."),
        new AWTError("Can't connect to X11 window server using ':99'"),
        new InternalError(new NullPointerException()),
        new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file"),
        new NoClassDefFoundError("Could not initialize class sun.awt.X11FontManager"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void withoutFontsTheSvgIsWrittenAndTheReasonTold(Throwable failure, @TempDir Path folder) {
    var picture = new Drawn("no fonts", canvas -> failOnBitmap(canvas, failure));

    String reason = picture.save(folder, "curves").orElseThrow();

    assertThat(reason)
        .startsWith("curves.png: no PNG can be drawn on this machine (java.")
        .satisfiesAnyOf(
            r -> assertThat(r).contains(String.valueOf(failure.getMessage())),
            r -> assertThat(r).contains("NullPointerException"))
        .contains("install a font")
        .doesNotContain("\n");
    assertThat(folder.resolve("curves.svg")).exists();
    assertThat(folder.resolve("curves.png")).doesNotExist();
  }

  @Test
  void wantOfMemoryIsNotWantOfFonts() {
    var failure = new OutOfMemoryError();
    var picture = new Drawn("large", canvas -> failOnBitmap(canvas, failure));
    assertThatThrownBy(picture::png).isSameAs(failure);
  }

  @Test
  void inkOnInkCanBeRead() {
    for (int percent = 0; percent <= 100; percent++) {
      Ink paper = Ink.shade(percent / 100.0);
      assertThat(contrast(paper, paper.on())).as("%d %%", percent).isGreaterThan(4.5);
    }
  }

  /// WCAG 2.1, contrast ratio.
  private static double contrast(Ink a, Ink b) {
    double light = Math.max(luminance(a), luminance(b));
    double dark = Math.min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
  }

  private static double luminance(Ink ink) {
    return 0.2126 * linear(ink.red()) + 0.7152 * linear(ink.green()) + 0.0722 * linear(ink.blue());
  }

  private static double linear(int value) {
    double v = value / 255.0;
    return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static void failOnBitmap(Canvas canvas, Throwable failure) {
    if (canvas instanceof BitmapCanvas) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  static Document parse(String svg) throws Exception {
    var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bytes);
  }
}
