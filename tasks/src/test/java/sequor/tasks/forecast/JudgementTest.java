package sequor.tasks.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.data.Data;
import sequor.data.DataSettings;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.tasks.TaskException;

class JudgementTest {
  private static final double CLOSE = 1e-9;

  @TempDir Path folder;

  private static Series series(float... values) {
    return new Series("a", 0, values, values, new float[0][]);
  }

  private static Scaled scaled(int learned, float... values) {
    return Scaled.of(series(values), Scale.of(ForecastModel.Scaling.STANDARD, values, learned), 0);
  }

  /// zhouhaoyi/Informer2020 #41: the mean and deviation are those of the training part.
  @Test
  void theScaleIsThatOfTheTrainingPart() throws IOException {
    var file = Files.writeString(folder.resolve("b16.csv"), "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
    var section =
        DataSettings.section()
            .and(SeriesSettings.class)
            .complete(Json.object().with("header", false), "data.", Places.NOWHERE);
    var table = new SeriesReader(section).read(Data.open(section, file).iterable());
    float[] values = table.series().getFirst().values();

    var scale = Scale.of(ForecastModel.Scaling.STANDARD, values, 6);
    assertThat(scale.mean()).isEqualTo(3.5);
    assertThat(scale.deviation()).isEqualTo(1.7078, within(5e-5));
    assertThat(scale.value(scale.scaled(10))).isEqualTo(10, within(1e-5));
    assertThat(Scale.of(scale.json())).isEqualTo(scale);
    assertThat(table.timeline().name(10)).isEqualTo("11");
  }

  @Test
  void logarithmsAreOfNumbersThatAreNotBelowZero() {
    var scale = Scale.of(ForecastModel.Scaling.LOG, new float[] {0, 9, 99}, 3);
    assertThat(scale.mean()).isEqualTo(Math.log(10), within(CLOSE));
    assertThat(scale.value(scale.scaled(50))).isEqualTo(50, within(1e-4));
    assertThat(scale.scaled(-3)).isEqualTo(scale.scaled(0)); // met after training
    assertThat(Scale.of(ForecastModel.Scaling.STANDARD, new float[] {4, 4}, 2).deviation())
        .isEqualTo(1);
    assertThatThrownBy(() -> Scale.of(ForecastModel.Scaling.LOG, new float[] {1, -1}, 2))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected numbers that are not below 0 for log, got -1.0");
  }

  /// By hand: the naive error of 1, 3, 2, 6 with a season of 1 is (2 + 1 + 4) / 3.
  @Test
  void errorsAreThoseOfTheTextbooks() {
    var judgement = new Judgement(List.of(scaled(4, 1, 3, 2, 6, 8, 0, 10)), 4, 1, 3, 0.9);
    judgement.add(0, 4, new double[] {6, 1, 12});
    var metrics = judgement.metrics();

    assertThat(metrics.get("mae")).isEqualTo(5.0 / 3, within(CLOSE));
    assertThat(metrics.get("rmse")).isEqualTo(Math.sqrt(9.0 / 3), within(CLOSE));
    assertThat(metrics.get("mase")).isEqualTo(5.0 / 7, within(CLOSE));
    assertThat(metrics.get("smape"))
        .isEqualTo(200.0 / 3 * (2.0 / 14 + 1 + 2.0 / 22), within(CLOSE));
    assertThat(metrics.get("mape")) // without the number that is 0
        .isEqualTo(100.0 / 2 * (2.0 / 8 + 2.0 / 10), within(CLOSE));
    assertThat(judgement.notices())
        .containsExactly("1 of the numbers that are judged are 0, which mape leaves out");
    assertThat(metrics.get("scaled_mse")).isEqualTo(3 / 3.5, within(1e-6)); // variance 3.5
    assertThat(judgement.bySteps().rows()).hasSize(3);
  }

  @Test
  void withNothingButZerosThereIsNoShareOfThem() {
    var judgement = new Judgement(List.of(scaled(2, 0, 0, 0, 0)), 2, 1, 2, 0.9);
    judgement.add(0, 2, new double[] {1, 0});

    assertThat(judgement.metrics()).doesNotContainKeys("mape", "mase");
    assertThat(judgement.metrics().values()).allMatch(Double::isFinite);
  }

  @Test
  void whatIsMissingIsNotJudged() {
    var judgement = new Judgement(List.of(scaled(2, 1, 2, Float.NaN, 4)), 2, 1, 2, 0.9);
    judgement.add(0, 2, new double[] {100, 5});

    assertThat(judgement.metrics().get("mae")).isEqualTo(1, within(CLOSE));
  }

  @Test
  void intervalsAreJudged() {
    var judgement = new Judgement(List.of(scaled(2, 1, 2, 3, 4)), 2, 1, 2, 0.8);
    judgement.add(
        0, 2, new Judgement.Said(new double[] {3, 3}, new double[] {2, 1}, new double[] {5, 3.5}));
    var metrics = judgement.metricsWithIntervals();

    assertThat(metrics.get("coverage")).isEqualTo(0.5);
    double first = 0.1 * (3 - 2) + 0 + 0.1 * (5 - 3);
    double second = 0.1 * (4 - 1) + 0.5 * (4 - 3) + 0.9 * (4 - 3.5);
    assertThat(metrics.get("quantile_loss")).isEqualTo((first + second) / 6, within(CLOSE));
  }

  @Test
  void simpleMethodsSayWhatTheyAreCalled() {
    var waves = scaled(8, 1, 2, 3, 4, 2, 3, 4, 5);

    assertThat(new SimpleMethod.Last().said(0, waves, 8, 2)).containsExactly(5, 5);
    assertThat(new SimpleMethod.Seasonal(4).said(0, waves, 8, 5)).containsExactly(2, 3, 4, 5, 2);
    assertThat(new SimpleMethod.Drift().said(0, waves, 8, 2))
        .containsExactly(5 + 4.0 / 7, 5 + 8.0 / 7);
  }

  @Test
  void smoothingGoesOnWithTrendAndSeason() {
    float[] values = new float[80];
    float[] shares = new float[80];
    for (int t = 0; t < 80; t++) {
      values[t] = 10 + t + (t % 4 == 0 ? 6 : -2);
      shares[t] = (10 + t) * (t % 4 == 0 ? 1.6f : 0.8f);
    }
    var smoothed = HoltWinters.fitted(values, 60, 4);
    double[] said = smoothed.said(70, 8);
    var quotients = HoltWinters.fitted(shares, 60, 4).said(70, 8);
    for (int h = 0; h < 8; h++) {
      assertThat(said[h]).isEqualTo(values[70 + h], within(0.2));
      assertThat(quotients[h]).isEqualTo(shares[70 + h], within(2.0));
    }
    assertThat(smoothed.said(61, 1)).isEqualTo(HoltWinters.fitted(values, 60, 4).said(61, 1));
  }
}
