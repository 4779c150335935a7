package sequor.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReliabilityPictureTest {
  private static final List<ReliabilityPicture.Bin> BINS =
      List.of(
          new ReliabilityPicture.Bin(0, 0.5, 0, 0, 0),
          new ReliabilityPicture.Bin(0.5, 1, 12_345, 0.75, 0.9));

  @Test
  void barsAreAsHighAsTheShareThatIsRight() {
    var svg = new ReliabilityPicture("moods & more, test split", BINS, 0.15).svg();

    assertThat(svg)
        .contains("moods &amp; more, test split", "expected calibration error 0.1500", "12k")
        .contains("how sure it was", "share that is right")
        .contains("width=\"208\" height=\"315\"") // half of 420 but for the gaps, 0.75 of 420
        .contains("cx=\"448\" cy=\"181\""); // 70 + 0.9 · 420, 76 + 0.25 · 420
  }

  @Test
  void withoutBinsThereIsNothingToDraw() {
    assertThatThrownBy(() -> new ReliabilityPicture("none", List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected bins, got none");
  }
}
