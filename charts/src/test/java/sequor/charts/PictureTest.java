package sequor.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import sequor.charts.Canvas.Anchor;
import sequor.charts.Canvas.Stroke;
import sequor.charts.Canvas.Style;

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
  void inkOnInkCanBeRead() {
    for (int percent = 0; percent <= 100; percent++) {
      Ink paper = Ink.shade(percent / 100.0);
      assertThat(contrast(paper, paper.on())).as("%d %%", percent).isGreaterThan(4.5);
    }
  }

  /// WCAG 2.1, contrast ratio.
  static double contrast(Ink a, Ink b) {
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

  static Document parse(String svg) throws Exception {
    var bytes = new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8));
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bytes);
  }
}
