package sequor.tasks.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarginsTest {
  private static final Margins.Way CAUTIOUS = new Margins.Way(Margins.Width.SERIES, true);
  private static final Margins.Way BOLD = new Margins.Way(Margins.Width.SERIES, false);

  /// Scores of one series at 1, 2, … whose widths are its own.
  private static Margins.Scores scores(double[] windowWidths, float[]... scores) {
    int[] times = new int[scores.length];
    Arrays.setAll(times, i -> i + 1);
    double[] ones = new double[scores.length];
    Arrays.fill(ones, 1);
    return new Margins.Scores(
        times, scores, Map.of(Margins.Width.SERIES, ones, Margins.Width.WINDOW, windowWidths));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void aMarginIsTheQuantileOfWhatNPerHScoresAreWorth() {
    float[][] rows = new float[99][2];
    for (int i = 0; i < 99; i++) {
      rows[i] = new float[] {(i * 37 % 99) + 1, (i * 37 % 99) + 1}; // 1 to 99 in some order
    }
    var scores = scores(ones(99), rows);
    var margins = Margins.fitted(scores, CAUTIOUS, 0.9, 2, 99);

    assertThat(margins.margins()[0]).isEqualTo(90); // (99 + 1) · 0.9
    assertThat(margins.margins()[1]).isEqualTo(91); // ⌈99 · 0.9 · (49.5 + 1) / 49.5⌉ = ⌈90.9⌉
    assertThat(margins.spreads()[0]).isEqualTo(50);
    assertThat(Margins.fitted(scores, BOLD, 0.9, 2, 99).margins()).containsExactly(90, 90);
    assertThat(Margins.of(margins.json()).margins()).containsExactly(margins.margins());
  }

  @Test
  void cautionIsTakenWhereItHoldsTheShare() {
    for (float later : new float[] {1.2f, 0.8f}) { // a little wilder than before, or calmer
      float[][] rows = new float[400][8];
      for (int i = 0; i < 400; i++) {
        Arrays.fill(rows[i], (i < 200 ? 1 : later) * (i * 37 % 200 + 1));
      }
      var scores = scores(ones(400), rows);
      var way = later > 1 ? CAUTIOUS : BOLD;
      assertThat(Margins.of(scores, 0.9, 8).margins())
          .containsExactly(Margins.fitted(scores, way, 0.9, 8, 400).margins());
    }
  }

  @Test
  void theWidthThatHoldsItsShareIsTaken() {
    var random = new Random(4);
    float[][] rows = new float[600][1];
    double[] widths = new double[600];
    for (int i = 0; i < 600; i++) {
      widths[i] = i < 300 ? 1 : 5; // the second half is five times as wild
      rows[i][0] = (float) Math.abs(widths[i] * random.nextGaussian());
    }
    assertThat(Margins.of(scores(widths, rows), 0.9, 1).width()).isEqualTo(Margins.Width.WINDOW);
    for (int i = 0; i < 600; i++) {
      widths[i] = i < 300 ? 3 : 1; // of no meaning
      rows[i][0] = (float) Math.abs(random.nextGaussian());
    }
    assertThat(Margins.of(scores(widths, rows), 0.9, 1).width()).isEqualTo(Margins.Width.SERIES);
  }

  /// The share that is held comes near to what it should be, also when everything gets wilder.
  @Test
  void marginsFollowWhatComes() {
    var margins =
        new Margins(Margins.Width.SERIES, 0.9, new double[] {1, 1}, new double[] {0.5, 0.5});
    var following = new Following(margins);
    var random = new Random(9);
    int inside = 0;
    for (int time = 0; time < 4000; time++) {
      following.at(time);
      for (int h = 0; h < 2; h++) {
        boolean outside = Math.abs(3 * random.nextGaussian()) > following.margin(h);
        following.came(h, outside);
        inside += outside || time < 1000 ? 0 : 1;
      }
    }
    assertThat(inside / 6000.0).isEqualTo(0.9, within(0.03));
    assertThat(following.margin(0)).isEqualTo(3 * 1.645, within(1.0));
  }

  @Test
  void whatNobodyKnowsYetIsNotLearnedFrom() {
    var margins =
        new Margins(Margins.Width.SERIES, 0.9, new double[] {1, 1, 1}, new double[] {1, 1, 1});
    var following = new Following(margins);
    following.at(7);
    for (int h = 0; h < 3; h++) {
      following.came(h, true); // said at 7, of 7, 8 and 9
    }
    double more = 1 + 0.1 * 0.9;
    following.at(8);
    assertThat(new double[] {following.margin(0), following.margin(1), following.margin(2)})
        .containsExactly(more, 1, 1);
    following.at(9);
    assertThat(following.margin(1)).isEqualTo(more);
    assertThat(following.margin(2)).isEqualTo(1);
    following.at(10);
    assertThat(following.margin(2)).isEqualTo(more);
  }
}
