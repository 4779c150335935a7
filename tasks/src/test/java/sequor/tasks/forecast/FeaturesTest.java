package sequor.tasks.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.tensor.Tensor;

class FeaturesTest {
  private static final float CLOSE = 1e-5f;
  private static final ForecastModel.Scaling NONE = ForecastModel.Scaling.NONE;

  @Test
  void aDayIsAPlaceInTheYearTheWeekAndTheDay() {
    var table = new SeriesReader(Waves.settings(Map.of()).section("data")).read(Waves.rows());
    var model = Waves.settings(Map.of("model.calendar", true)).section("model");
    var features = Features.of(model.as(ForecastModel.class), table, new Borders(100, 120, 140));
    float[] row = new float[7];
    var series = Scaled.of(table.series().getFirst(), Scale.of(NONE, new float[0], 0), 0);
    features.write(row, 1, table.timeline(), series, 1, 4 * 24 + 6);

    assertThat(features.width()).isEqualTo(6);
    assertThat(row[0]).isZero();
    double year = 2 * Math.PI * 4.25 / 365;
    assertThat(row[1]).isEqualTo((float) Math.sin(year), within(CLOSE));
    assertThat(row[2]).isEqualTo((float) Math.cos(year), within(CLOSE));
    double week = 2 * Math.PI * 0.25 / 7; // a Monday at six
    assertThat(row[3]).isEqualTo((float) Math.sin(week), within(CLOSE));
    assertThat(row[5]).isEqualTo(1, within(CLOSE));
    assertThat(row[6]).isEqualTo(0, within(CLOSE));
    assertThat(Features.of(features.json())).isEqualTo(features);
  }

  @Test
  void aColumnHasMeanZeroAndDeviationOneInTheTrainingPart() {
    float[] values = {1, 1, 1, 1};
    float[][] known = {{2, 4, 2, 4, 100}};
    var series = new Series("a", 0, values, values, known);
    var table =
        new SeriesTable(Timeline.counted(), List.of(series), List.of("b"), List.of(), List.of());
    var model = Waves.settings(Map.of()).section("model").as(ForecastModel.class);
    var features = Features.of(model, table, new Borders(4, 5, 6));
    float[] row = new float[1];

    var scaled = Scaled.of(series, Scale.of(NONE, values, 0), 0);
    features.write(row, 0, table.timeline(), scaled, 1, 1);
    assertThat(row[0]).isEqualTo(1, within(CLOSE));
    features.write(row, 0, table.timeline(), scaled, 1, 2);
    assertThat(row[0]).isEqualTo(-1, within(CLOSE));
  }

  @Test
  void whatIsSaidOfASeriesIsNumbersOrAPlaceForEachName() {
    float[] values = {1, 1};
    var north = new Series("a", 0, values, values, new float[0][], List.of("north", "10"));
    var south = new Series("b", 0, values, values, new float[0][], List.of("south", "30"));
    var statics = Statics.of(List.of(north, south), List.of("region", "size"));
    float[] row = new float[4];
    statics.write(row, 1, south);

    assertThat(statics.width()).isEqualTo(3);
    assertThat(row).containsExactly(0, 0, 1, 1);
    statics.write(row, 1, new Series("c", 0, values, values, new float[0][], List.of("?", "?")));
    assertThat(row).containsExactly(0, 0, 0, 0);
    assertThat(Statics.of(statics.json())).isEqualTo(statics);
  }

  @Test
  void linearMapsBeginAsTheMeanOfWhatIsRead() {
    var x = Tensor.of(new float[] {1, 2, 3, 6}, 1, 4);
    var nlinear = LearnedLinear.of(ForecastModel.Linear.NLINEAR, 4, 2).orElseThrow();
    var dlinear = LearnedLinear.of(ForecastModel.Linear.DLINEAR, 4, 2).orElseThrow();

    assertThat(nlinear.forward(x).toArray()).containsExactly(new float[] {3, 3}, within(CLOSE));
    assertThat(dlinear.forward(x).toArray()).containsExactly(new float[] {3, 3}, within(CLOSE));
    var flat = Tensor.full(5, 1, 4); // is its own trend
    assertThat(dlinear.forward(flat).toArray()).containsExactly(new float[] {5, 5}, within(CLOSE));
    assertThat(LearnedLinear.of(ForecastModel.Linear.RIDGE, 4, 2)).isEmpty();
  }

  /// Whatever is made small, step by step, a wave is gone on with.
  @ParameterizedTest
  @CsvSource({"nlinear, mse, false", "dlinear, mae, false", "nlinear, huber, true"})
  void everyLossIsLearnedFrom(String linear, String loss, boolean calendar) {
    var job =
        Waves.learned(
            Waves.rows(),
            Map.of(
                "model.linear", linear,
                "model.loss", loss,
                "model.calendar", calendar,
                "training.epochs", 20,
                "training.patience", 20));
    job.floor();

    assertThat(job.test().metrics().get("mase")).isLessThan(1);
  }
}
