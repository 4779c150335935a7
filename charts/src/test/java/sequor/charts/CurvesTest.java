package sequor.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sequor.charts.Curves.Panel;

class CurvesTest {
  @Test
  void namesItsAxesLinesLevelsAndMarks() {
    var curves =
        Curves.of("surname-best", "epoch")
            .and(Panel.of("loss (nats)").and("train", List.of(2.0, 1.0)))
            .and(Panel.of("accuracy").and("valid", List.of(0.5, 0.8)).level("floor", 0.767))
            .mark(2, "kept");

    assertThat(curves.svg())
        .contains(">surname-best<", ">epoch<", ">loss (nats)<", ">accuracy<")
        .contains(">train<", ">valid<", ">floor<", ">kept<");
  }

  @Test
  void whatIsNoNumberLeavesAGap() {
    var panel = Panel.of("loss").and("train", List.of(1.0, 2.0, Double.NaN, 3.0, 4.0));
    String svg = Curves.of("gap", "epoch").and(panel).svg();

    assertThat(svg).doesNotContain("NaN");
    assertThat(colouredLines(svg)).isEqualTo(3); // two pieces, and the sample beside the name
  }

  @Test
  void onALogarithmicAxisZeroLeavesAGap() {
    var panel = Panel.of("norm").and("Elman", List.of(1.0, 0.1, 0.0, 1e-6, 1e-7));
    String svg = Curves.of("gap", "step").and(panel.onLogarithmicAxis()).svg();

    assertThat(colouredLines(svg)).isEqualTo(3);
    assertThat(svg).contains(">1e-7<");
  }

  @Test
  void namesOfLinesThatEndTogetherStandApart() {
    var panel = Panel.of("loss");
    for (int i = 0; i < 5; i++) {
      panel = panel.and("line " + i, List.of(1.0, 1.0));
    }
    String svg = Curves.of("same", "epoch").and(panel).and(Panel.of("more")).svg();

    double[] heights =
        Pattern.compile("<text x=\"[0-9.]+\" y=\"([0-9.]+)\"[^>]*>line \\d<")
            .matcher(svg)
            .results()
            .mapToDouble(found -> Double.parseDouble(found.group(1)))
            .sorted()
            .toArray();
    assertThat(heights).hasSize(5);
    for (int i = 1; i < heights.length; i++) {
      assertThat(heights[i] - heights[i - 1]).isGreaterThanOrEqualTo(15.9);
    }
  }

  @Test
  void aLongRunStaysASmallFile() {
    var steps = IntStream.range(0, 100_000).mapToObj(i -> Math.sin(i / 1e4)).toList();
    String svg = Curves.of("long", "step").and(Panel.of("loss").and("train", steps)).svg();
    assertThat(svg.length()).isLessThan(30_000);
  }

  @Property(tries = 200)
  void anyValuesCanBeDrawn(
      @ForAll @Size(max = 8) List<Double> train,
      @ForAll @Size(max = 3) List<Double> valid,
      @ForAll boolean logarithmic,
      @ForAll String name)
      throws Exception {
    var panel = Panel.of("loss").and("train", train).and(name, valid).level("floor", 1);
    var curves = Curves.of(name, "epoch").and(logarithmic ? panel.onLogarithmicAxis() : panel);

    String svg = curves.svg();

    PictureTest.parse(svg);
    assertThat(svg).doesNotContain("NaN", "Infinity");
  }

  @Test
  void isDrawnBeforeThereIsAnything() {
    assertThat(Curves.of("empty", "epoch").svg()).contains(">empty<");
    assertThat(Curves.of("none", "epoch").and(Panel.of("loss").and("a", List.of())).svg())
        .contains(">loss<");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Panel.of("loss").and("train", List.of(1.0), List.of()))
        .withMessage(
            "curves: line \"train\": expected as many y as x, got 1 x and 0 y; give one y for each x");
  }

  private static long colouredLines(String svg) {
    String drawn = "<polyline [^>]*stroke=\"" + Ink.series(0);
    return Pattern.compile(drawn).matcher(svg).results().count();
  }
}
