package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final double CLOSE = 1e-12;

  /// Bin 15 has 0.95 (right), 1.0 (wrong); bin 9 has 0.6 (right), 0.58 (wrong), 0.55 (wrong): `2/5
  /// · |1/2 − 1.95/2| + 3/5 · |1/3 − 1.73/3|`.
  @Test
  void theErrorIsThatDoneByHand() {
    var calibration = new Calibration();
    calibration.add(0.95, true);
    calibration.add(1, false);
    calibration.add(0.6, true); // 9/15: the border belongs to the bin below
    calibration.add(0.58, false);
    calibration.add(0.55, false);

    assertThat(calibration.error())
        .isEqualTo(2 / 5.0 * (1.95 / 2 - 0.5) + 3 / 5.0 * (1.73 / 3 - 1 / 3.0), within(CLOSE));
    var bins = calibration.bins();
    assertThat(bins).hasSize(15);
    assertThat(bins.get(8).count()).isEqualTo(3);
    assertThat(bins.get(8).accuracy()).isEqualTo(1 / 3.0, within(CLOSE));
    assertThat(bins.get(8).confidence()).isEqualTo(1.73 / 3, within(CLOSE));
    assertThat(bins.get(14).count()).isEqualTo(2);
    assertThat(bins.get(0).count()).isZero();
    assertThat(bins.get(0).accuracy()).isZero();
  }

  @Test
  void whoIsRightAsOftenAsHeSaysHasNoError() {
    var calibration = new Calibration();
    for (int i = 0; i < 100; i++) {
      calibration.add(0.75, i % 4 != 0);
    }
    assertThat(calibration.error()).isEqualTo(0, within(CLOSE));
    assertThat(new Calibration().error()).isZero();
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> new Calibration().add(1.5, true))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("confidence 1.5");
    assertThatThrownBy(() -> new Calibration().add(Double.NaN, true))
        .isInstanceOf(TrainException.class);
  }
}
