package sequor.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.speed.Workload.Cell;
import sequor.speed.Workload.Sizes;

class TrainingStepTest {
  private static final Sizes SIZES = new Sizes(6, 5, 16, 24, 7, 30);

  @ParameterizedTest
  @EnumSource
  void everyModelLearnsItsBatch(Cell cell) {
    var workload = Workload.of(cell, SIZES);
    Stream.of(
            workload,
            workload.atEveryStep(),
            workload.bothWays(),
            workload.bothWays().atEveryStep(),
            workload.withOwnLoop(),
            workload.withOwnLoop().atEveryStep())
        .forEach(TrainingStepTest::assertLearns);
  }

  private static void assertLearns(Workload workload) {
    var step = new TrainingStep(workload, 1);
    float before = step.run();
    assertThat(before).as("%s", workload).isCloseTo((float) Math.log(7), within(0.4f));
    for (int i = 1; i <= 30; i++) {
      float loss = step.run();
      assertThat(loss).as("%s after %d steps", workload, i).isLessThan(before);
      before = loss;
    }
  }

  @ParameterizedTest
  @EnumSource
  void paddingChangesNoLoss(Cell cell) {
    var padded = Workload.of(cell, new Sizes(1, 9, 4, 8, 3, 30)).bothWays();
    var exact = Workload.of(cell, new Sizes(1, 5, 4, 8, 3, 30)).bothWays();

    float loss = new TrainingStep(padded, new int[] {5}, 1).run();

    assertThat(loss).isEqualTo(new TrainingStep(exact, 1).run());
    assertThat(loss).isNotEqualTo(new TrainingStep(padded, 1).run());
  }

  @ParameterizedTest
  @EnumSource
  void onesOwnLoopComputesWhatTheLayerDoes(Cell cell) {
    var workload = Workload.of(cell, SIZES);

    assertThat(new TrainingStep(workload.withOwnLoop(), 1).run())
        .isCloseTo(new TrainingStep(workload, 1).run(), within(1e-5f));
    assertThat(new TrainingStep(workload.atEveryStep().withOwnLoop(), 1).run())
        .isCloseTo(new TrainingStep(workload.atEveryStep(), 1).run(), within(1e-5f));
  }

  @Test
  void theSameSeedGivesTheSameLoss() {
    var workload = Workload.of(Cell.LSTM, SIZES);

    assertThat(new TrainingStep(workload, 1).run()).isEqualTo(new TrainingStep(workload, 1).run());
    assertThat(new TrainingStep(workload, 1).run())
        .isNotEqualTo(new TrainingStep(workload, 2).run());
  }

  @Test
  void whoDrawsTheSameNumbersHasTheSameLoss() {
    var workload = Workload.of(Cell.GRU, SIZES).atEveryStep();
    int[] full = TrainingStep.full(workload);

    float loss = new TrainingStep(workload, full, new Draw(workload)).run();

    assertThat(loss).isEqualTo(new TrainingStep(workload, full, new Draw(workload)).run());
    assertThat(loss).isNotEqualTo(new TrainingStep(workload, 1).run());
  }

  @Test
  void numbersAreDrawnInTheOrderOfTheModelsParts() {
    var workload = Workload.of(Cell.RNN, new Sizes(2, 3, 4, 5, 6, 7)).bothWays();
    var model = new SequenceModel(workload, new Random(9));
    var filled = new Draw(workload);
    filled.fill(model.parameters());

    var draw = new Draw(workload);
    assertThat(model.parameters().keySet())
        .containsExactly(
            "embedding.weight",
            "layer.weight_ih_l0",
            "layer.weight_hh_l0",
            "layer.bias_ih_l0",
            "layer.bias_hh_l0",
            "layer.weight_ih_l0_reverse",
            "layer.weight_hh_l0_reverse",
            "layer.bias_ih_l0_reverse",
            "layer.bias_hh_l0_reverse",
            "head.weight",
            "head.bias");
    assertThat(model.parameters().values())
        .allSatisfy(
            parameter ->
                assertThat(parameter.toArray()).isEqualTo(draw.weights(parameter.shape().size())));
    assertThat(filled.ids()).isEqualTo(draw.ids()).hasSize(2 * 3);
    assertThat(filled.targets()).isEqualTo(draw.targets()).hasSize(2);
  }
}
