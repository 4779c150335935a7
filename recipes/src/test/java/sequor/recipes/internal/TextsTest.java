package sequor.recipes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void isNearWhatAFontTakes() {
    var context = new FontRenderContext(null, true, true);
    var font = new Font(Font.SANS_SERIF, Font.PLAIN, 100);
    for (String text : new String[] {"Portuguese", "Vietnamese", "accuracy, valid", "WAVE 0123"}) {
      double real = font.getStringBounds(text, context).getWidth();
      assertThat(Texts.width(text, 100)).isBetween(0.85 * real, 1.3 * real);
    }
  }

  @Test
  void ideographsTakeASquare() {
    assertThat(Texts.width("한국中文", 10)).isEqualTo(40);
  }

  @Test
  void cutsWhatDoesNotFit() {
    assertThat(Texts.fit("short", 10, 100)).isEqualTo("short");
    assertThat(Texts.fit("a label that goes on", 10, 60)).startsWith("a lab").endsWith("…");
  }

  @Property(tries = 300)
  void whatIsCutFits(@ForAll String text, @ForAll @DoubleRange(min = 20, max = 200) double most) {
    assertThat(Texts.width(Texts.fit(text, 12, most), 12)).isLessThanOrEqualTo(most);
  }
}
