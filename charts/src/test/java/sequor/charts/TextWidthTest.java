package sequor.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TextsTest {
  /// The widths of Helvetica, in thousandths of its size.
  @Test
  void isALittleMoreThanACommonFontTakes() {
    Map<String, Integer> helvetica =
        Map.of("Portuguese", 5114, "Vietnamese", 5280, "accuracy, valid", 6613, "WAVE 0123", 5447);
    helvetica.forEach(
        (text, width) ->
            assertThat(TextWidth.width(text, 1000)).isBetween(1.0 * width, 1.3 * width));
  }

  @Test
  void ideographsTakeASquare() {
    assertThat(TextWidth.width("한국中文", 10)).isEqualTo(40);
  }

  @Test
  void cutsWhatDoesNotFit() {
    assertThat(TextWidth.fit("short", 10, 100)).isEqualTo("short");
    assertThat(TextWidth.fit("a label that goes on", 10, 60)).startsWith("a lab").endsWith("…");
  }

  @Test
  void aTextOfAnyLengthIsCutAtOnce() {
    assertThat(TextWidth.fit("x".repeat(10_000_000), 12, 100)).hasSizeLessThan(20);
  }

  @Property(tries = 300)
  void whatIsCutFits(@ForAll String text, @ForAll @DoubleRange(min = 20, max = 200) double most) {
    double rounding = 1e-9;

    assertThat(TextWidth.width(TextWidth.fit(text, 12, most), 12))
        .isLessThanOrEqualTo(most + rounding);
  }
}
