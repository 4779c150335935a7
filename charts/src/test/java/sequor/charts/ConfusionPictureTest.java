package sequor.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConfusionPictureTest {
  private static final long[][] COUNTS = {{30, 10, 0}, {0, 0, 0}, {1, 0, 999}};

  private static final Picture PICTURE =
      ConfusionPicture.of(
          "test split", List.of("Irish", "Greek", "Dutch"), (target, p) -> COUNTS[target][p]);

  @Test
  void writesSharesOfTheRowsInPercent() {
    assertThat(PICTURE.svg())
        .contains(">75<", ">25<", ">&lt;1<", ">100<")
        .contains("fill=\"" + Ink.shade(0.75) + "\"", "fill=\"" + Ink.shade(0.25) + "\"");
  }

  @Test
  void leavesOutWhatNeverHappenedButCountsEveryClass() {
    assertThat(PICTURE.svg())
        .contains(">40<", ">0<", ">1000<") // examples a row
        .doesNotContain("NaN");
  }

  @Test
  void namesTheClassesOnBothAxes() {
    for (String label : List.of("Irish", "Greek", "Dutch")) {
      assertThat(PICTURE.svg().split(">" + label + "<", -1)).hasSize(3);
    }
    assertThat(PICTURE.svg()).contains(">true class<", ">predicted class<", ">test split<");
  }

  @Test
  void manyClassesGetColoursOnly() {
    var labels = IntStream.range(0, 60).mapToObj(i -> "class " + i).toList();
    var picture = ConfusionPicture.of("many", labels, (target, p) -> target == p ? 37 : 2);

    assertThat(picture.svg()).contains(">class 59<", ">155<").doesNotContain(">24<", ">1<");
    assertThat(picture.width()).isLessThan(1000);
  }

  @Property(tries = 100)
  void anyLabelsCanBeDrawn(@ForAll @Size(min = 1, max = 5) List<String> labels) throws Exception {
    var picture = ConfusionPicture.of("any", labels, (target, p) -> target + p);
    PictureTest.parse(picture.svg());
    assertThat(picture.width()).isLessThan(1000);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfusionPicture.of("none", List.of(), (target, p) -> 0))
        .withMessage("confusion picture: expected labels, got none; give the name of each class");
  }
}
