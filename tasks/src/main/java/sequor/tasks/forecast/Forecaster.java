package sequor.tasks.forecast;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.data.Source;
import sequor.data.Split;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Continues;
import sequor.tasks.Evaluation;
import sequor.tasks.Models;
import sequor.tasks.Predictor;
import sequor.tasks.TaskException;

/// Says what comes next of a series, and between which numbers it will probably be.
///
/// ```java
/// var forecaster = Forecaster.load(Path.of("runs/sales"));
/// forecaster.forecast(History.daily(LocalDate.of(2026, 1, 1), sold), 14).values();
/// ```
///
/// Of a series that it has not learned from it takes the mean and deviation of the history. How far
/// intervals reach follows from how often those of the history were missed.
public final class Forecaster implements Predictor<History, Forecast>, Continues {
  private static final List<String> COLUMNS = List.of("series", "time", "predicted", "low", "high");

  private final ForecastConfig config;
  private final Features features;
  private final Map<String, Integer> places; // of the series that it learned from
  private final List<Scale> scales; // of these
  private final ForecastNetwork network;
  private final Sayer sayer;
  private volatile Margins margins;

  private Forecaster(
      ForecastConfig config,
      Features features,
      Map<String, Scale> known,
      Margins margins,
      Seed seed) {
    this.config = config;
    this.features = features;
    this.places = new LinkedHashMap<>();
    known.keySet().forEach(name -> places.put(name, places.size()));
    this.scales = List.copyOf(known.values());
    this.margins = margins;
    this.network =
        new ForecastNetwork(
            config.model(),
            config.encoder(),
            scales.size(),
            features.width(),
            seed.child("network").generator());
    this.sayer = new Sayer(config.model(), features, network);
  }

  /// A forecaster that has learned nothing yet.
  static Forecaster begun(ForecastConfig config, SeriesTable table, Borders borders, Seed seed) {
    var model = config.model();
    var scales = new LinkedHashMap<String, Scale>();
    for (var each : table.series()) {
      int learned = Math.clamp(borders.valid() - each.first(), 0, each.length());
      scales.put(each.name(), Scale.of(model.scale(), each.values(), learned));
    }
    var features = Features.of(model, table, borders);
    return new Forecaster(config, features, scales, Margins.none(model), seed);
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static Forecaster load(Path runOrModel) {
    return Models.load(runOrModel, Forecaster.class);
  }

  static Forecaster load(ModelDirectory directory, Settings settings) {
    var series = directory.series().read();
    var scales = new LinkedHashMap<String, Scale>();
    var known = series.object("scales");
    known.names().forEach(name -> scales.put(name, Scale.of(known.object(name))));
    var forecaster =
        new Forecaster(
            ForecastConfig.of(settings),
            Features.of(series.object("features")),
            scales,
            Margins.of(series.object("intervals")),
            new Seed(0));
    directory.loadWeights(forecaster.network.parameters());
    forecaster.network.trunk().ifPresent(Trunk::loaded);
    return forecaster;
  }

  /// What comes next of a series.
  ///
  /// @param steps one or more; those beyond what it learned to say follow from what it says
  /// @throws TaskException if the history is shorter than what it reads
  public Forecast forecast(History history, int steps) {
    if (steps < 1) {
      throw new TaskException(
          "forecast: expected a step or more, got %d; ask for some".formatted(steps));
    }
    var table = history.table(config.data().as(SeriesSettings.class).known(), statics());
    return forecasts(table, steps).getFirst();
  }

  private List<String> statics() {
    return config.data().as(SeriesSettings.class).staticColumns();
  }

  @Override
  public List<Forecast> predict(List<History> histories) {
    return histories.stream().map(each -> forecast(each, config.model().horizon())).toList();
  }

  /// What comes behind the end of each series.
  private List<Forecast> forecasts(SeriesTable table, int steps) {
    table.series().forEach(this::requireLong);
    var scaled = scaled(table);
    var asked =
        scaled.stream()
            .map(each -> new Sayer.Asked(each, table.timeline(), each.series().end()))
            .toList();
    requireKnown(table, steps);
    float[][] said = sayer.said(asked, steps);
    var following = review(table).followed(table.end());
    var forecasts = new ArrayList<Forecast>();
    for (int s = 0; s < said.length; s++) {
      forecasts.add(forecast(asked.get(s), said[s], steps, following));
    }
    return forecasts;
  }

  private Forecast forecast(Sayer.Asked asked, float[] said, int steps, Following following) {
    var series = asked.series();
    int q = config.model().outputs();
    double unit =
        margins
            .width()
            .of(series.window(asked.at(), config.model().lookBack()), config.model().season());
    var times = new ArrayList<String>();
    var values = new ArrayList<Double>();
    var low = new ArrayList<Double>();
    var high = new ArrayList<Double>();
    for (int h = 0; h < steps; h++) {
      int known = Math.min(h, config.model().horizon() - 1); // beyond, as far as at the last
      double margin = following.margin(known) * unit;
      double value = series.scale().value(said[h * q + q / 2]);
      times.add(asked.timeline().name(asked.at() + h));
      values.add(value);
      low.add(Math.min(value, series.scale().value(said[h * q] - margin)));
      high.add(Math.max(value, series.scale().value(said[h * q + q - 1] + margin)));
    }
    return new Forecast(
        series.series().name(), times, values, low, high, config.model().coverage());
  }

  private void requireLong(Series series) {
    int read = config.model().lookBack();
    if (series.length() < read) {
      throw new TaskException(
          "forecast: expected a history of %d numbers or more, which are read, got %d%s; give more"
              .formatted(
                  read, series.length(), series.name().isEmpty() ? "" : " of " + series.name()));
    }
  }

  private void requireKnown(SeriesTable table, int steps) {
    for (var series : table.series()) {
      for (int k = 0; k < table.known().size(); k++) {
        int there = series.known()[k].length - series.length();
        if (there < steps) {
          throw new TaskException(
              "forecast: expected %s of the %d steps to come, got %d%s; add rows without a number, or ask for"
                      .formatted(
                          table.known().get(k),
                          steps,
                          Math.max(0, there),
                          series.name().isEmpty() ? "" : " of " + series.name())
                  + " fewer (--horizon)");
        }
      }
    }
  }

  /// The series of a table as the network reads them.
  List<Scaled> scaled(SeriesTable table) {
    return table.series().stream().map(this::scaled).toList();
  }

  private Scaled scaled(Series series) {
    int place = places.getOrDefault(series.name(), scales.size() == 1 ? 0 : -1);
    boolean known = places.containsKey(series.name());
    var scale =
        known
            ? scales.get(place)
            : Scale.of(config.model().scale(), series.values(), series.length());
    return Scaled.of(series, scale, place);
  }

  WalkForward walk(SeriesTable table, List<Scaled> scaled) {
    return new WalkForward(sayer, config.model(), table.timeline(), scaled);
  }

  Sayer sayer() {
    return sayer;
  }

  ForecastNetwork forecastNetwork() {
    return network;
  }

  /// Takes how far intervals must reach from how wrong it was.
  void reach(Margins.Scores scores) {
    margins = Margins.of(scores, config.model().coverage(), config.model().horizon());
  }

  /// What is seen of it as it goes through a table.
  Review review(SeriesTable table) {
    var scaled = scaled(table);
    return new Review(config.model(), table, scaled, walk(table, scaled), margins);
  }

  @Override
  public Evaluation evaluate(DataSet<Row> rows) {
    var table = table(ForecastTask.all(rows));
    var borders = Borders.of(config.data(), table.end());
    var model = config.model();
    var windows =
        Windows.of(
            table,
            borders.from(Split.TEST),
            borders.to(Split.TEST),
            model.lookBack(),
            model.horizon());
    return review(table).judged(windows, borders.valid()).evaluation();
  }

  /// From the first step on before which there is enough to read.
  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var table = table(rows);
    var model = config.model();
    var windows = Windows.of(table, 0, table.end(), model.lookBack(), model.horizon());
    return review(table).judged(windows, table.end()).evaluation();
  }

  private SeriesTable table(Source<Row> rows) {
    return new SeriesReader(config.data()).read(rows.iterable());
  }

  @Override
  public Evaluation.Predictions next(Source<Row> rows, OptionalInt steps) {
    var forecasts = forecasts(table(rows), steps.orElse(config.model().horizon()));
    return new Evaluation.Predictions(
        COLUMNS, forecasts.stream().flatMap(each -> each.rows().stream()).toList());
  }

  @Override
  public Evaluation.Predictions unusual(Source<Row> rows) {
    var table = table(rows);
    table.series().forEach(this::requireLong);
    return review(table).unusual();
  }

  /// Numbers with space or commas between.
  @Override
  public History input(String text) {
    var parts = text.strip().split("[\\s,;]+", -1);
    double[] values = new double[parts.length];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = Double.parseDouble(parts[i]);
      } catch (NumberFormatException e) {
        throw new TaskException(
            "forecast: expected numbers with space between, the last one last, got '%s'; write some, or name a"
                    .formatted(parts[i])
                + " table (--file)",
            e);
      }
    }
    return History.of(values);
  }

  @Override
  public History input(Row row) {
    throw new TaskException(
        "%s: expected a history, got one row of it; give the table as a whole"
            .formatted(row.place()));
  }

  @Override
  public List<String> columns() {
    var settings = config.data().as(SeriesSettings.class);
    var columns = new ArrayList<>(List.of(settings.time(), settings.value(), settings.series()));
    columns.addAll(settings.known());
    columns.addAll(settings.staticColumns());
    columns.removeIf(String::isEmpty);
    return columns;
  }

  @Override
  public NnModule network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return config.json();
  }

  @Override
  public String pipeline() {
    return "time-series-forecasting";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters());
    var known = Json.object();
    for (var place : places.entrySet()) {
      known = known.with(place.getKey(), scales.get(place.getValue()).json());
    }
    directory
        .series()
        .write(
            Json.object()
                .with("scales", known)
                .with("features", features.json())
                .with("intervals", margins.json()));
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var forecaster = Forecaster.load(Path.of("%s"));
    IO.println(forecaster.forecast(History.of(112, 118, 132), %d).values()); // and more before\
    """
        .formatted(path, config.model().horizon());
  }
}
