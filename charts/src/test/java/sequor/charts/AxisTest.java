package sequor.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void beginsAndEndsAtRoundValues() {
    assertThat(names(Axis.covering(0.37, 2.61, 4))).containsExactly("0", "1", "2", "3");
    assertThat(names(Axis.covering(0.41, 0.78, 4)))
        .containsExactly("0.4", "0.5", "0.6", "0.7", "0.8");
    assertThat(names(Axis.covering(-0.15, 0.12, 4)))
        .containsExactly("-0.2", "-0.1", "0.0", "0.1", "0.2");
    assertThat(names(Axis.covering(1200, 9800, 5)))
        .containsExactly("0", "2000", "4000", "6000", "8000", "10000");
  }

  @Test
  void largeAndSmallValuesAreWrittenShort() {
    assertThat(names(Axis.covering(0, 4.1e20, 3))).containsExactly("0", "2e20", "4e20", "6e20");
    assertThat(names(Axis.covering(2e-5, 3.4e-5, 3)))
        .containsExactly("2.0e-5", "2.5e-5", "3.0e-5", "3.5e-5");
  }

  @Test
  void oneValueHasRoomAroundIt() {
    for (double value : new double[] {0, 1.23, -5, 1e-12, 1e100}) {
      var axis = Axis.covering(value, value, 4);
      assertThat(axis.high()).isGreaterThan(axis.low());
      assertThat(axis.place(value)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void countsInWholeNumbers() {
    assertThat(names(Axis.counting(1, 3, 10))).containsExactly("1", "2", "3");
    assertThat(names(Axis.counting(1, 24, 10))).containsExactly("5", "10", "15", "20");
    assertThat(names(Axis.counting(1, 1, 10))).containsExactly("1");
  }

  @Test
  void countsPowersOfTen() {
    var axis = Axis.powers(3e-3, 40, 6);
    assertThat(names(axis)).containsExactly("0.001", "0.01", "0.1", "1", "10", "100");
    assertThat(axis.place(0.1)).isEqualTo(0.4, within(1e-12));
    assertThat(names(Axis.powers(1e-8, 1e4, 6)))
        .containsExactly("1e-8", "1e-6", "1e-4", "0.01", "1", "100", "1e4");
  }

  @Property(tries = 500)
  void coversEveryValue(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double a,
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double b,
      @ForAll @IntRange(min = 2, max = 8) int ticks) {
    double low = Math.min(a, b);
    double high = Math.max(a, b);
    var axis = Axis.covering(low, high, ticks);

    assertThat(axis.place(low)).isBetween(-1e-6, 1 + 1e-6);
    assertThat(axis.place(high)).isBetween(-1e-6, 1 + 1e-6);
    assertThat(axis.ticks()).hasSizeBetween(2, ticks + 2);
    assertThat(names(axis)).doesNotHaveDuplicates();
  }

  private static List<String> names(Axis axis) {
    return axis.ticks().stream().map(axis::name).toList();
  }
}
