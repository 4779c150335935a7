package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.List;
import sequor.Seed;
import sequor.json.Json;
import sequor.models.EncoderConfig;
import sequor.models.NoEncoder;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.Learning;
import sequor.tasks.TaskException;
import sequor.tasks.TrainingSettings;

/// Trains forecasters in a program, with neither files nor recipes.
///
/// ```java
/// var forecaster = Forecasting.of(14).train(List.of(history));
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class Forecasting {
  private final ForecastModel model;
  private final EncoderConfig encoder;
  private final TrainingSettings training;

  private Forecasting(ForecastModel model, EncoderConfig encoder, TrainingSettings training) {
    this.model = model;
    this.encoder = encoder;
    this.training = training;
  }

  /// Forecasters that say so many steps, by a linear map that is solved.
  public static Forecasting of(int horizon) {
    var model = Settings.defaults(ForecastModel.class).with("horizon", horizon);
    return new Forecasting(
        model, new NoEncoder.Config(), TrainingSettings.standard().with("watch", "scaled_mae"));
  }

  /// With an encoder that learns what the linear map leaves.
  public Forecasting with(EncoderConfig encoder) {
    return new Forecasting(model, encoder, training);
  }

  /// With another value of one key, written as in a recipe: `with("scale", "log")`.
  ///
  /// @throws sequor.settings.SettingsException if there is no such key, or it may not be that
  public Forecasting with(String key, Object value) {
    return new Forecasting(model.with(key, value), encoder, training);
  }

  /// How an encoder learns: `forecasting.training(forecasting.training().withEpochs(5))`.
  public Forecasting training(TrainingSettings training) {
    return new Forecasting(model, encoder, training);
  }

  public TrainingSettings training() {
    return training;
  }

  /// Learns from the first eight tenths of all times, and sees on the next one which penalties and
  /// intervals are right.
  ///
  /// @param histories of the same times, such as days; each may begin and end when it will
  /// @throws TaskException if there is none, or their times do not fit together
  /// @throws sequor.settings.SettingsException if they are too short
  public Forecaster train(List<History> histories) {
    var table = table(histories);
    var nothing = new Settings(Json.object(), "", Places.NOWHERE);
    var said = Json.object().with("static_columns", table.statics());
    var data = ForecastConfig.dataSection().complete(said, "data.", Places.NOWHERE);
    var config = new ForecastConfig(data, model, encoder).resolved(table.timeline());
    var job = new ForecastJob(config, nothing, training, 0, table, new Seed(training.seed()));
    var learner = job.learns() ? new Learning(training, nothing).trainer(job) : job.solver();
    learner.run(training.epochs());
    job.finish();
    return job.predictor();
  }

  private static SeriesTable table(List<History> histories) {
    if (histories.isEmpty()) {
      throw new TaskException("forecast: expected histories, got none; give some");
    }
    var timeline = histories.getFirst().timeline();
    int first = 0;
    for (var each : histories) {
      first = Math.min(first, step(timeline, each));
    }
    var from = timeline.from(first);
    var series = new ArrayList<Series>();
    for (var each : histories) {
      series.add(each.series(step(from, each)));
    }
    return new SeriesTable(from, series, List.of(), statics(histories), List.of());
  }

  /// The columns of all of them.
  private static List<String> statics(List<History> histories) {
    var names = histories.getFirst().statics();
    for (var each : histories) {
      if (!each.statics().equals(names)) {
        throw new TaskException(
            "forecast: expected the same said of each series, %s, got %s of another; say it (withStatic)"
                .formatted(names, each.statics()));
      }
    }
    return names;
  }

  private static int step(Timeline timeline, History history) {
    return timeline
        .step(history.timeline().time(0))
        .orElseThrow(
            () ->
                new TaskException(
                    "forecast: expected histories of the same times, got %s and %s; make them alike"
                        .formatted(timeline, history.timeline())));
  }
}
