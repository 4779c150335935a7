package sequor.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sequor.charts.HeatMapPicture.Cell;
import sequor.charts.HeatMapPicture.Labels;
import sequor.charts.HeatMapPicture.Legend;
import sequor.charts.HeatMapPicture.Panel;

class HeatMapPictureTest {
  private static final Legend SHARE = new Legend("share of the attention", "0.00", "1.00", false);
  private static final Legend SIGNED = new Legend("nats", "−2.00", "2.00", true);

  private static Panel panel(int rows, int columns, double share) {
    var row = Collections.nCopies(columns, new Cell(share, "0.25"));
    return new Panel(
        "panel",
        new Labels("target", IntStream.range(0, rows).mapToObj(i -> "r" + i).toList()),
        new Labels("source", IntStream.range(0, columns).mapToObj(i -> "c" + i).toList()),
        Collections.nCopies(rows, row));
  }

  private static HeatMapPicture picture(Legend legend, Panel... panels) {
    return new HeatMapPicture("where it looked", "ein Hund → a dog", legend, List.of(panels));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void aCellHasItsShadeAndItsNumber() {
    String svg = picture(SHARE, panel(2, 3, 0.25)).svg();
    assertThat(count(svg, "fill=\"" + Ink.shade(0.25) + "\"/>")).isGreaterThanOrEqualTo(6);
    assertThat(count(svg, ">0.25<")).isEqualTo(6);
    assertThat(svg)
        .contains(">r0<", ">r1<", ">c0<", ">c2<", ">↓ target   → source<")
        .contains(">where it looked<", ">ein Hund → a dog<", ">share of the attention<")
        .contains(">0.00<", ">1.00<")
        .doesNotContain(">panel<"); // the picture's title says it
  }

  @Test
  void whatSpeaksAgainstHasAnotherColour() {
    assertThat(picture(SIGNED, panel(1, 2, -0.5)).svg())
        .contains(Ink.signedShade(-0.5).toString(), ">−2.00<", ">0<", ">2.00<");
    assertThat(Ink.signedShade(0)).isEqualTo(Ink.PAPER);
    assertThat(Ink.signedShade(0.7)).isEqualTo(Ink.shade(0.7));
    for (int percent = -100; percent <= 100; percent++) {
      var paper = Ink.signedShade(percent / 100.0);
      assertThat(PictureTest.contrast(paper, paper.on())).as("%d %%", percent).isGreaterThan(4.5);
    }
  }

  @Test
  void panelsStandBesideEachOtherAsFarAsThereIsRoom() {
    var one = picture(SHARE, panel(12, 12, 0.1));
    var two = picture(SHARE, panel(12, 12, 0.1), panel(12, 12, 0.1));
    var eight = picture(SHARE, Collections.nCopies(8, panel(12, 12, 0.1)).toArray(Panel[]::new));
    assertThat(two.height()).isLessThan(one.height() + 40);
    assertThat(eight.width()).isLessThanOrEqualTo(1140);
    assertThat(eight.height()).isGreaterThan(two.height());
    assertThat(count(eight.svg(), ">panel<")).isEqualTo(8);
  }

  @Test
  void aLongRowGoesOnBelow() {
    var longRow = picture(SIGNED, panel(1, 100, 0.1));
    assertThat(longRow.width()).isLessThan(1140);
    assertThat(count(longRow.svg(), ">r0<")).isEqualTo(4);
    assertThat(longRow.svg()).contains(">c0<", ">c99<");
  }

  @Test
  void manyCellsHaveColoursOnly() {
    var large = picture(SHARE, panel(90, 90, 0.25));
    assertThat(large.svg()).doesNotContain(">0.25<").contains(">c89<", ">r89<");
    assertThat(large.width()).isLessThan(1140);
  }

  @Property(tries = 100)
  void anyLabelsCanBeDrawn(@ForAll @Size(min = 1, max = 5) List<String> labels) throws Exception {
    var row = Collections.nCopies(labels.size(), new Cell(0.5, "0.50"));
    var panel =
        new Panel(
            labels.getFirst(),
            new Labels(labels.getFirst(), labels),
            new Labels(labels.getLast(), labels),
            Collections.nCopies(labels.size(), row));
    var picture = new HeatMapPicture("any", labels.getLast(), SHARE, List.of(panel, panel));
    PictureTest.parse(picture.svg());
    assertThat(picture.width()).isLessThan(1200);
  }

  @Test
  void saysWhatIsWrong() {
    var labels = new Labels("", List.of("a", "b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Panel("p", labels, labels, List.of(List.of(new Cell(0, "0")))))
        .withMessageContaining("expected a cell for each of 2 rows and 2 columns, got [1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Panel("p", new Labels("", List.of()), labels, List.of()))
        .withMessageContaining("0 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> picture(SHARE))
        .withMessageContaining("expected panels, got none");
  }
}
