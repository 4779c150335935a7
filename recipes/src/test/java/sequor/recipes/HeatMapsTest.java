package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.charts.Canvas;
import sequor.charts.Ink;
import sequor.charts.Picture;
import sequor.tasks.HeatMap;
import sequor.tasks.HeatMap.Axis;
import sequor.tasks.HeatMap.Scale;

class HeatMapsTest {
  private static final HeatMap SIGNED =
      new HeatMap(
          "what speaks for 'good'",
          new Axis("", List.of("good")),
          new Axis("token", List.of("a", "dull", "film")),
          List.of(List.of(0.5f, -2f, 0.001f)),
          new Scale("nats", -2, 2));

  @TempDir Path folder;

  private static HeatMaps maps(HeatMap... maps) {
    return new HeatMaps("title", "a dull film → good", List.of(maps));
  }

  @Test
  void anSvgHasTheNumbersAndTheirShades() throws IOException {
    var file = folder.resolve("seen.svg");
    assertThat(maps(SIGNED).write(file)).isEmpty();
    assertThat(Files.readString(file))
        .contains(">0.50<", ">−2.00<", ">0.00<", ">nats<", ">dull<")
        .contains(Ink.signedShade(0.25).toString(), Ink.signedShade(-1).toString());
  }

  @Test
  void aPngIsTheSamePictureInPixels() throws IOException {
    var file = folder.resolve("seen.PNG");
    assertThat(maps(SIGNED).write(file)).isEmpty();
    var image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isGreaterThan(800);
    assertThat(pixels(image, Ink.signedShade(-1))).isGreaterThan(2000); // the cell of "dull"
    assertThat(pixels(image, Ink.signedShade(0.25))).isGreaterThan(2000);
    assertThat(pixels(image, Ink.TEXT)).isGreaterThan(500); // letters
    assertThat(new Ink(image.getRGB(0, 0) & 0xFFFFFF)).isEqualTo(Ink.PAPER);
  }

  private static int pixels(BufferedImage image, Ink ink) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == ink.rgb() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void allFourShapesStandWhereTheyBelong() throws IOException {
    var red = new Ink(0xFF0000);
    var blue = new Ink(0x0000FF);
    var png =
        Png.of(
            new Drawn(
                60,
                40,
                canvas -> {
                  canvas.rectangle(10, 10, 10, 10, red);
                  canvas.line(0, 35, 60, 35, Canvas.Stroke.of(blue, 2));
                  canvas.line(0, 5, 60, 5, new Canvas.Stroke(blue, 2, 5));
                  canvas.dot(40, 20, 5, red);
                  canvas.text("H", 30, 30, Canvas.Style.of(14).at(Canvas.Anchor.MIDDLE).turned(90));
                  canvas.text("", 0, 0, Canvas.Style.of(14));
                }),
            folder);
    var image = ImageIO.read(new java.io.ByteArrayInputStream(png.bytes()));
    assertThat(image.getWidth()).isEqualTo(120);
    assertThat(rgb(image, 15, 15)).isEqualTo(red);
    assertThat(rgb(image, 9, 15)).isEqualTo(Ink.PAPER);
    assertThat(rgb(image, 40, 20)).isEqualTo(red);
    assertThat(rgb(image, 46, 20)).isEqualTo(Ink.PAPER);
    assertThat(rgb(image, 30, 35)).isEqualTo(blue);
    assertThat(rgb(image, 2, 5)).isEqualTo(blue);
    assertThat(rgb(image, 7, 5)).isEqualTo(Ink.PAPER); // between two dashes
    assertThat(pixels(image, Ink.TEXT)).isGreaterThan(5);
  }

  private static Ink rgb(BufferedImage image, int x, int y) {
    return new Ink(image.getRGB(2 * x, 2 * y) & 0xFFFFFF);
  }

  private record Drawn(int width, int height, java.util.function.Consumer<Canvas> drawing)
      implements Picture {
    @Override
    public String title() {
      return "drawn";
    }

    @Override
    public void draw(Canvas canvas) {
      drawing.accept(canvas);
    }
  }

  @Test
  void mapsOfOneViewHaveOneScale() {
    var wider =
        new HeatMap(
            "wider",
            SIGNED.rows(),
            SIGNED.columns(),
            List.of(List.of(4f, -1f, 0f)),
            new Scale("nats", -4, 4));
    var file = folder.resolve("both.svg");
    maps(SIGNED, wider).write(file);
    assertThat(file).content().contains(">−4.00<", Ink.signedShade(-0.5).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"seen.jpg", "seen", "png"})
  void anotherKindOfFileIsRefused(String name) {
    assertThatThrownBy(() -> maps(SIGNED).write(folder.resolve(name)))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("expected a picture, .svg or .png");
  }

  @Test
  void aPngThatNoMemoryHoldsIsRefused() {
    int many = 3000;
    var labels = Collections.nCopies(many, "t");
    var large =
        new HeatMap(
            "large",
            new Axis("", labels),
            new Axis("", labels),
            Collections.nCopies(many, Collections.nCopies(many, 0f)),
            new Scale("share", 0, 1));
    assertThatThrownBy(() -> maps(large).write(folder.resolve("large.png")))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("write .svg instead, or a shorter text");
  }

  @Test
  void lettersThatNoFontHasAreNamed() {
    var odd =
        new HeatMap(
            "odd",
            SIGNED.rows(),
            new Axis("", List.of("\uE123", "b", "c")), // of private use
            SIGNED.values(),
            SIGNED.scale());
    assertThat(maps(odd).write(folder.resolve("odd.png")))
        .singleElement()
        .asString()
        .contains("lack some of the letters");
  }

  @Test
  void whateverAwtThrowsIsAnErrorWithAWayOut() {
    for (var thrown :
        List.of(
            new Error("Probable fatal error: No physical fonts found."),
            new InternalError("java.lang.reflect.InvocationTargetException"),
            new UnsatisfiedLinkError("libfreetype.so.6"),
            new NoClassDefFoundError("java/awt/Font"),
            new NullPointerException("Fontconfig head is null"))) {
      var picture = new Drawn(10, 10, _ -> sneak(thrown));
      assertThatThrownBy(() -> Png.of(picture, Path.of("a.png")))
          .isInstanceOf(RecipeException.class)
          .hasMessageStartingWith("a.png: expected a machine with fonts to draw a PNG, got ")
          .hasMessageContaining("write .svg instead, or install fontconfig and a font")
          .hasCause(thrown);
    }
    var full = new Drawn(10, 10, _ -> sneak(new OutOfMemoryError("heap")));
    assertThatThrownBy(() -> Png.of(full, Path.of("a.png"))).isInstanceOf(OutOfMemoryError.class);
  }

  private static void sneak(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }
}
