package sequor.tasks.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.data.DataException;
import sequor.data.Row;
import sequor.data.Source;
import sequor.models.RecurrentEncoder;
import sequor.settings.SettingsException;
import sequor.tasks.ReportSection;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;

class ForecasterTest {
  @TempDir Path folder;

  private static double[] history(int steps) {
    double[] values = new double[steps];
    for (int t = 0; t < steps; t++) {
      values[t] = Waves.wave(t);
    }
    return values;
  }

  @Test
  void waveIsGoneOnWithSavedAndLoaded() {
    var job = Waves.learned(Waves.rows(), Map.of());
    var floor = job.floor();
    var test = job.test();

    assertThat(floor.metrics()).containsKeys("mae", "rmse", "mase", "smape", "scaled_mse");
    assertThat(test.metrics().get("mase")).isLessThan(floor.metrics().get("mase"));
    assertThat(test.metrics().get("mase")).isLessThan(0.85);
    assertThat(test.metrics().get("coverage")).isBetween(0.8, 1.0);
    var floors = test.sections(ReportSection.Table.class).getFirst();
    assertThat(floors.rows().stream().map(row -> (String) row.getFirst()))
        .containsExactly(
            "last value",
            "seasonal naive, 12 steps",
            "drift",
            "exponential smoothing (Holt-Winters)",
            "strong: ridge NLinear, 24 steps read");

    var forecaster = job.predictor();
    forecaster.save(folder);
    var history =
        History.of("hour", LocalDateTime.of(2026, 3, 1, 0, 0), history(60)).named("small");
    var next = forecaster.forecast(history, 6);
    assertThat(Forecaster.load(folder).forecast(history, 6)).isEqualTo(next);
    assertThat(next.times().getFirst()).isEqualTo("2026-03-03 12:00:00");
    for (int h = 0; h < 6; h++) {
      assertThat(next.values().get(h)).isEqualTo(Waves.wave(60 + h), within(0.8));
      assertThat(next.low().get(h)).isLessThan(next.values().get(h));
      assertThat(next.high().get(h)).isGreaterThan(next.values().get(h));
    }
    assertThat(Forecaster.load(folder).evaluate(Waves.data(Waves.rows())).metrics())
        .isEqualTo(test.metrics());
  }

  @Test
  void aSeriesThatIsNewIsGoneOnWithInItsOwnUnit() {
    var forecaster = Waves.learned(Waves.rows(), Map.of()).predictor();
    Toy.assertSameUnderATape(() -> forecaster.forecast(History.of(history(60)), 8).values());
    double[] thousands = new double[60];
    for (int t = 0; t < 60; t++) {
      thousands[t] = 1000 * Waves.wave(t);
    }

    var next = forecaster.forecast(History.of(thousands), 12); // twice as far as it learned to say
    assertThat(next.steps()).isEqualTo(12);
    assertThat(next.times()).startsWith("61", "62");
    for (int h = 0; h < 12; h++) {
      assertThat(next.values().get(h)).isEqualTo(1000 * Waves.wave(60 + h), within(1500.0));
    }
  }

  @Test
  void whatStoodLongBeforeIsReadByLags() {
    var random = new SplittableRandom(4);
    double[] course = random.doubles(40, -1, 1).toArray(); // comes again, and again
    var header = Row.Header.of("course.csv", List.of("time", "a"));
    var rows = new ArrayList<Row>();
    for (int t = 0; t < 600; t++) {
      rows.add(new Row(header, t + 2, List.of("" + t, Waves.number(course[t % 40]))));
    }
    var blindly = // of a course it sees a tenth
        Map.<String, Object>of(
            "model.look_back", 4, "model.horizon", 3, "model.season", 1, "training.epochs", 40);
    var keys = new HashMap<>(blindly);
    keys.put("model.lags", List.of(40));

    double blind = mae(Waves.learned(rows, blindly));
    var job = Waves.learned(rows, keys);
    assertThat(job.test().metrics().get("mae")).isLessThan(0.3 * blind);
    job.predictor().save(folder);
    var history = History.of(Arrays.copyOf(doubled(course), 60));
    var next = Forecaster.load(folder).forecast(history, 3);
    assertThat(next).isEqualTo(job.predictor().forecast(history, 3));
    assertThat(next.values().getFirst()).isEqualTo(course[20], within(0.3));
    assertThat(job.predictor().forecast(History.of(1, 2, 3, 4), 3).values()) // nobody knows
        .allSatisfy(value -> assertThat(value).isFinite());
    keys.put("model.lags", List.of(2));
    assertThatThrownBy(() -> Waves.learned(rows, keys))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected 3 steps or more, because so many are said at once, got 2");
  }

  private static double mae(ForecastJob job) {
    return job.test().metrics().getOrDefault("mae", Double.NaN);
  }

  private static double[] doubled(double[] values) {
    double[] twice = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, twice, values.length, values.length);
    return twice;
  }

  @Test
  void mapsAreSolvedAgainOnTheWayThroughTheTestPart() {
    var header = Row.Header.of("turn.csv", List.of("time", "a"));
    var random = new SplittableRandom(6);
    var rows = new ArrayList<Row>();
    double before = 0;
    for (int t = 0; t < 600; t++) { // a number follows from the one before, later in another way
      before = (t < 490 ? 0.9 : -0.9) * before + random.nextDouble(-1, 1);
      rows.add(new Row(header, t + 2, List.of("" + t, Waves.number(before))));
    }
    var keys =
        new HashMap<String, Object>(
            Map.of(
                "model.look_back", 2,
                "model.horizon", 1,
                "model.season", 1,
                "data.borders", List.of(200, 300, 600)));
    double once = mae(Waves.learned(rows, keys));
    keys.put("training.refit_every", 10);
    var job = Waves.learned(rows, keys);
    var test = job.test();
    var table =
        test.sections(ReportSection.Table.class).stream()
            .filter(each -> each.title().equals("refitted"))
            .findFirst()
            .orElseThrow();

    assertThat(test.metrics().get("mae")).isEqualTo(once); // of what is saved
    assertThat(table.rows().get(0)).startsWith("solved once, as saved", once);
    assertThat((double) table.rows().get(1).get(1)).isLessThan(0.97 * once);
    keys.put("training.refit_every", 1000); // only before the test part
    var late = Waves.learned(rows, keys).test();
    assertThat(late.metrics().get("mae")).isEqualTo(once);
    keys.put("model.calendar", true);
    keys.put("model.encoder", "recurrent");
    assertThatThrownBy(() -> Waves.learned(rows, keys))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("refit_every: expected 0 where a network learns step by step");
  }

  @ParameterizedTest
  @ValueSource(strings = {"recurrent", "convolution", "transformer"})
  void encodersLearnWhatNoLineSays(String encoder) {
    var switched = new ArrayList<Row>(); // up or down by what stood four steps before, squared
    var header = Row.Header.of("switch.csv", List.of("time", "a"));
    var random = new SplittableRandom(3);
    double[] values = new double[1200];
    for (int t = 0; t < values.length; t++) {
      values[t] = t < 4 ? random.nextDouble(-1, 1) : t % 2 == 0 ? random.nextDouble(-1, 1) : 0;
      if (t % 2 == 1 && t > 4) {
        values[t] = Math.abs(values[t - 1]);
      }
      switched.add(new Row(header, t + 2, List.of("" + t, Waves.number(values[t]))));
    }
    var keys =
        Map.<String, Object>of(
            "model.encoder", encoder,
            "model.look_back", 4,
            "model.horizon", 1,
            "model.season", 1,
            "model.dropout", 0,
            "training.epochs", 20,
            "training.patience", 20,
            "training.batch_size", 16,
            "training.learning_rate", 0.005);
    var job = Waves.learned(switched, keys);
    job.floor();
    var test = job.test();
    var strong =
        test.sections(ReportSection.Table.class).getFirst().rows().getLast(); // a linear map
    assertThat(test.metrics().get("mae")).isLessThan(0.9 * (double) strong.get(1));
  }

  @Test
  void threeNumbersOfEachStepAreInOrderAndHoldTheirShare() {
    var job =
        Waves.learned(
            Waves.rows(),
            Map.of(
                "model.encoder",
                "recurrent",
                "model.hidden_size",
                8,
                "model.loss",
                "quantile",
                "model.coverage",
                0.8,
                "training.epochs",
                6));
    var next = job.predictor().forecast(History.of(history(60)), 6);

    for (int h = 0; h < 6; h++) {
      assertThat(next.low().get(h)).isLessThanOrEqualTo(next.values().get(h));
      assertThat(next.high().get(h)).isGreaterThanOrEqualTo(next.values().get(h));
    }
    job.floor();
    assertThat(job.test().metrics().get("coverage")).isBetween(0.65, 0.97);
    assertThatThrownBy(() -> Waves.learned(Waves.rows(), Map.of("model.loss", "quantile")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("model.loss: expected an encoder");
  }

  /// A number is 10 higher where a column that is known before says so.
  @Test
  void whatIsKnownBeforeIsRead() {
    var random = new SplittableRandom(8);
    var header = Row.Header.of("promo.csv", List.of("time", "sold", "promo"));
    var rows = new ArrayList<Row>();
    for (int t = 0; t < 300; t++) {
      int promo = random.nextInt(4) == 0 ? 1 : 0;
      rows.add(
          new Row(
              header,
              t + 2,
              List.of(
                  LocalDate.of(2026, 1, 1).plusDays(t).toString(),
                  Waves.number(5 + 10 * promo + random.nextDouble()),
                  "" + promo)));
    }
    var keys =
        Map.<String, Object>of(
            "data.value",
            "sold",
            "data.known",
            List.of("promo"),
            "model.season",
            7,
            "training.epochs",
            30,
            "training.patience",
            30,
            "training.learning_rate",
            0.01);
    var job = Waves.learned(rows, keys);
    var floor = job.floor();
    assertThat(2 * job.test().metrics().getOrDefault("mae", Double.NaN))
        .isLessThan(floor.metrics().get("mae"));

    double[] sold = new double[30];
    Arrays.fill(sold, 5.5);
    double[] promo = new double[36];
    promo[32] = 1;
    var told = job.predictor().forecast(History.of(sold).named("sold").with("promo", promo), 6);
    assertThat(told.values().get(2) - told.values().get(1)).isGreaterThan(5);
    assertThatThrownBy(() -> job.predictor().forecast(History.of(sold), 6))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected 30 numbers or more of promo");
  }

  /// An offer sells 10 more in the north, and 10 fewer in the south.
  private static List<Row> regions(int shops, int days) {
    var random = new SplittableRandom(8);
    var header = Row.Header.of("shops.csv", List.of("time", "shop", "sold", "promo", "region"));
    var rows = new ArrayList<Row>();
    for (int shop = 0; shop < shops; shop++) {
      boolean north = shop % 2 == 0;
      for (int t = 0; t < days; t++) {
        int promo = random.nextInt(4) == 0 ? 1 : 0;
        double sold = 50 + (north ? 10 : -10) * promo + random.nextDouble();
        var cells =
            List.of(
                LocalDate.of(2026, 1, 1).plusDays(t).toString(),
                "shop " + shop,
                Waves.number(sold),
                "" + promo,
                north ? "north" : "south");
        rows.add(new Row(header, rows.size() + 2, cells));
      }
    }
    return rows;
  }

  @Test
  void whatIsSaidOfASeriesAsAWholeIsRead() {
    var keys =
        new HashMap<String, Object>(
            Map.of(
                "data.series",
                "shop",
                "data.value",
                "sold",
                "data.known",
                List.of("promo"),
                "model.season",
                7,
                "training.epochs",
                15,
                "training.patience",
                15,
                "training.learning_rate",
                0.01));
    var without = Waves.learned(regions(8, 150), keys).test().metrics();
    keys.put("data.static_columns", List.of("region"));
    var job = Waves.learned(regions(8, 150), keys);

    assertThat(3 * job.test().metrics().getOrDefault("mae", Double.NaN))
        .isLessThan(without.get("mae"));
    job.predictor().save(folder);
    double[] sold = new double[30];
    Arrays.fill(sold, 50.5);
    double[] promo = new double[36];
    promo[32] = 1;
    var history = History.of(sold).named("a new shop").with("promo", promo);
    var forecaster = Forecaster.load(folder);
    var north = forecaster.forecast(history.withStatic("region", "north"), 6).values();
    var south = forecaster.forecast(history.withStatic("region", "south"), 6).values();
    assertThat(north.get(2) - north.get(1)).isGreaterThan(0);
    assertThat(south.get(2) - south.get(1)).isLessThan(0);
    assertThatThrownBy(() -> forecaster.forecast(history, 6))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected what region is, which the model reads, got nothing");
  }

  @Test
  void whatIsSaidOfASeriesIsTheSameInAllItsRows() {
    var rows = regions(2, 3);
    var moved = rows.getLast();
    var cells = new ArrayList<>(moved.fields());
    cells.set(4, "west");
    rows.set(rows.size() - 1, new Row(Row.Header.of("shops.csv", moved.columns()), 7, cells));

    assertThatThrownBy(
            () ->
                Waves.learned(
                    rows,
                    Map.of(
                        "data.series", "shop",
                        "data.value", "sold",
                        "data.static_columns", List.of("region"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("shops.csv:7: expected one region in all rows of shop 1, 'south'")
        .hasMessageContaining("got 'west'");
  }

  @Test
  void fewerStepsAtOnceAreGoneOnWith() {
    var job = Waves.learned(Waves.rows(), Map.of("model.direct", 2));
    var next = job.predictor().forecast(History.of(history(60)), 6);

    for (int h = 0; h < 6; h++) {
      assertThat(next.values().get(h)).isEqualTo(Waves.wave(60 + h), within(1.0));
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    var keys = Map.<String, Object>of("model.encoder", "recurrent", "model.hidden_size", 5);
    assertThat(bits(Waves.learned(Waves.rows(), keys)))
        .isEqualTo(bits(Waves.learned(Waves.rows(), keys)));
    assertThat(bits(Waves.learned(Waves.rows(), Map.of("model.own", true))))
        .isEqualTo(bits(Waves.learned(Waves.rows(), Map.of("model.own", true))));
  }

  private static List<List<Float>> bits(ForecastJob job) {
    return job.module().parameters().values().stream()
        .map(
            tensor -> {
              var list = new ArrayList<Float>();
              for (float value : tensor.toArray()) {
                list.add(value);
              }
              return List.copyOf(list);
            })
        .toList();
  }

  /// What comes later changes neither what was learned nor what was said before.
  @ParameterizedTest
  @ValueSource(strings = {"ridge", "nlinear"})
  void nothingIsKnownOfTheFuture(String linear) {
    var rows = Waves.rows();
    int test = Waves.STEPS * 8 / 10;
    var changed = new ArrayList<Row>();
    for (int t = 0; t < rows.size(); t++) {
      var row = rows.get(t);
      changed.add(
          t < test
              ? row
              : new Row(
                  Row.Header.of("waves.csv", row.columns()),
                  row.line(),
                  List.of(row.field("time"), "1000", "-7")));
    }
    var keys = Map.<String, Object>of("model.linear", linear, "model.own", true);
    var one = Waves.learned(rows, keys);
    var other = Waves.learned(changed, keys);

    assertThat(bits(other)).isEqualTo(bits(one));
    var history = Source.of(rows.subList(0, test));
    assertThat(other.predictor().next(history, OptionalInt.of(6)))
        .isEqualTo(one.predictor().next(history, OptionalInt.of(6)));
    assertThat(other.evaluate()).isEqualTo(one.evaluate());
    // of the first window to test only what came differs
    var before =
        one.predictor().review(table(rows)).judged(first(test), test).evaluation().predictions();
    var after =
        other
            .predictor()
            .review(table(changed))
            .judged(first(test), test)
            .evaluation()
            .predictions();
    for (int i = 0; i < before.rows().size(); i++) {
      assertThat(after.rows().get(i).subList(3, 6)).isEqualTo(before.rows().get(i).subList(3, 6));
      assertThat(after.rows().get(i).get(2)).isNotEqualTo(before.rows().get(i).get(2));
    }
  }

  private static SeriesTable table(List<Row> rows) {
    return new SeriesReader(Waves.settings(Map.of()).section("data")).read(rows);
  }

  private static Windows first(int step) {
    return Windows.of(table(Waves.rows()), step, step + 6, 24, 6);
  }

  @Test
  void whatIsNotToBeExpectedIsFound() {
    var rows = new ArrayList<>(Waves.rows());
    var strange = rows.get(200);
    rows.set(
        200,
        new Row(
            Row.Header.of("waves.csv", strange.columns()),
            202,
            List.of(strange.field("time"), "40", strange.field("large"))));
    var forecaster = Waves.learned(Waves.rows(), Map.of("model.coverage", 0.99)).predictor();

    var found = forecaster.unusual(Source.of(rows));
    assertThat(found.columns())
        .containsExactly("series", "time", "actual", "predicted", "low", "high");
    assertThat(found.rows().stream().map(row -> row.subList(0, 3)))
        .contains(List.of("small", Waves.time(200), "40.0"));
    assertThat(found.rows()).hasSizeLessThan(Waves.STEPS / 8);
  }

  @Test
  void whatIsTooShortIsRefused() {
    var forecaster = Waves.learned(Waves.rows(), Map.of()).predictor();

    assertThatThrownBy(() -> forecaster.forecast(History.of(1, 2, 3), 6))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "forecast: expected a history of 24 numbers or more, which are read, got 3; give more");
    assertThatThrownBy(() -> Waves.learned(Waves.rows(), Map.of("model.horizon", 100)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("model.horizon: expected windows of 24 steps read and 100 said");
    assertThatThrownBy(
            () -> Waves.learned(Waves.rows(), Map.of("data.borders", List.of(9, 5, 300))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.borders: expected three rising steps of 240 that there are");
    assertThatThrownBy(() -> forecaster.input("1 2 x"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("got 'x'");
  }

  @Test
  void aProgramTrainsWithoutFiles() {
    var one = History.of("hour", LocalDateTime.of(2026, 1, 1, 0, 0), history(200)).named("one");
    var later = History.of("hour", LocalDateTime.of(2026, 1, 2, 0, 0), history(150)).named("later");
    var forecasting = Forecasting.of(6).with("season", 12).with("look_back", 24);

    var said = forecasting.train(List.of(one, later)).forecast(one, 6);
    for (int h = 0; h < 6; h++) {
      assertThat(said.values().get(h)).isEqualTo(Waves.wave(200 + h), within(0.2));
    }
    var learned =
        forecasting
            .with(RecurrentEncoder.gru(4))
            .training(forecasting.training().withEpochs(1))
            .train(List.of(one));
    assertThat(learned.forecast(one, 6).values()).allMatch(Double::isFinite);
    assertThatThrownBy(() -> forecasting.train(List.of(one, History.daily(LocalDate.EPOCH, 1, 2))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("horizon");
    assertThatThrownBy(() -> forecasting.train(List.of()))
        .isInstanceOf(TaskException.class)
        .hasMessage("forecast: expected histories, got none; give some");
  }
}
