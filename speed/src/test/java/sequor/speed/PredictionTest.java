package sequor.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.speed.Workload.Cell;
import sequor.speed.Workload.Sizes;

class PredictionTest {
  private static final int CLASSES = 7;

  @ParameterizedTest
  @EnumSource
  void everyRowIsAllProbabilities(Cell cell) {
    var workload = Workload.of(cell, new Sizes(3, 4, 5, 6, CLASSES, 30));

    assertRows(new Prediction(workload, 1), 3);
    assertRows(new Prediction(workload.bothWays(), 1), 3);
    assertRows(new Prediction(workload.atEveryStep(), 1), 3 * 4);
    assertRows(new Prediction(workload.withOwnLoop().atEveryStep(), 1), 3 * 4);
  }

  private static void assertRows(Prediction prediction, int rows) {
    float[] all = prediction.run();
    assertThat(all).hasSize(rows * CLASSES);
    for (int row = 0; row < rows; row++) {
      float sum = 0;
      for (int i = row * CLASSES; i < (row + 1) * CLASSES; i++) {
        assertThat(all[i]).isBetween(0f, 1f);
        sum += all[i];
      }
      assertThat(sum).isCloseTo(1, within(1e-5f));
    }
    assertThat(prediction.run()).isEqualTo(all);
  }
}
