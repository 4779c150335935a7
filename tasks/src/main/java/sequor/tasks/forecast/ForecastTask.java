package sequor.tasks.forecast;

import java.util.List;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.data.Source;
import sequor.settings.Schema;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Job;
import sequor.tasks.Task;
import sequor.tasks.TrainingSettings;

/// `task: forecast`
public record ForecastTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "forecast";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "series of numbers go on";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", ForecastConfig.dataSection())
        .and("model", ForecastConfig.modelSection())
        .and("training", TrainingSettings.section("scaled_mae").and(WalkSettings.class));
  }

  @Override
  public List<String> columns(Settings data) {
    return List.of("time", "value", "series");
  }

  @Override
  public boolean readsEveryColumn(Settings data) {
    var settings = data.as(SeriesSettings.class);
    return settings.value().isEmpty()
        || !settings.known().isEmpty()
        || !settings.staticColumns().isEmpty();
  }

  /// Parts are cut by time, whatever the order of the rows.
  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    var data = settings.section("data");
    var split = data.as(DataSettings.class);
    if (!(split.split() + split.validFile() + split.testFile()).isEmpty()) {
      throw data.wrong(
          "split",
          "expected one file, which is cut by time, got a column or files that say the parts; put all into"
              + " one file, and say the steps where parts begin (data.borders)");
    }
    var table = new SeriesReader(data).read(all(rows).iterable());
    var config = ForecastConfig.of(settings).resolved(table.timeline());
    var section = settings.section("training");
    var training = section.as(TrainingSettings.class);
    int refitEvery = section.as(WalkSettings.class).refitEvery();
    var job = new ForecastJob(config, settings.section("model"), training, refitEvery, table, seed);
    if (refitEvery > 0 && !job.solves()) {
      throw section.wrong(
          "refit_every",
          "expected 0 where a network learns step by step, which would take a training each time, got %d;"
              + " take model.linear=ridge, no encoder, and no columns known before",
          refitEvery);
    }
    return job;
  }

  static Source<Row> all(DataSet<Row> rows) {
    return rows.train().and(rows.valid()).and(rows.test());
  }

  @Override
  public Forecaster load(ModelDirectory directory, Settings settings) {
    return Forecaster.load(directory, settings);
  }
}
