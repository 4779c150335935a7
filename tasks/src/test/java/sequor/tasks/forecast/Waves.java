package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.Task;
import sequor.tasks.TrainingSettings;
import sequor.train.Trainer;

/// Made-up series whose truth is known, and forecasters so small that they learn within seconds.
final class Waves {
  static final int STEPS = 240;
  static final double NOISE = 0.5;

  private Waves() {}

  /// Two waves of twelve steps with a trend and noise, a column each; hourly.
  static List<Row> rows() {
    var random = new SplittableRandom(5);
    var header = Row.Header.of("waves.csv", List.of("time", "small", "large"));
    var rows = new ArrayList<Row>();
    for (int t = 0; t < STEPS; t++) {
      double small = wave(t) + NOISE * gaussian(random);
      double large = 50 * wave(t + 5) + 50 * NOISE * gaussian(random);
      rows.add(new Row(header, t + 2, List.of(time(t), number(small), number(large))));
    }
    return rows;
  }

  static double wave(int t) {
    return 10 + 0.02 * t + 4 * Math.sin(2 * Math.PI * t / 12);
  }

  private static double gaussian(SplittableRandom random) {
    double sum = -6; // of twelve even ones
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  static String time(int t) {
    return "2026-01-%02d %02d:00".formatted(1 + t / 24, t % 24);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /// As the settings of a recipe: in the order of the file.
  static DataSet<Row> data(List<Row> rows) {
    int size = rows.size();
    return DataSet.of(
        rows.subList(0, size * 8 / 10),
        rows.subList(size * 8 / 10, size * 9 / 10),
        rows.subList(size * 9 / 10, size));
  }

  static Settings settings(Map<String, Object> keys) {
    var written =
        Json.object()
            .with(
                "data",
                Json.object().with("time", "time").with("fractions", List.of(0.6, 0.2, 0.2)))
            .with(
                "model", Json.object().with("season", 12).with("horizon", 6).with("look_back", 24))
            .with("training", Json.object().with("epochs", 2).with("learning_rate", 0.01));
    for (var key : keys.entrySet()) {
      String[] path = key.getKey().split("\\.", 2);
      written = written.with(path[0], written.object(path[0]).with(path[1], key.getValue()));
    }
    return new ForecastTask().schema().complete(written, Places.of("--set"));
  }

  /// A job that has learned.
  static ForecastJob learned(List<Row> rows, Map<String, Object> keys) {
    var settings = settings(keys);
    Task task = new ForecastTask();
    var job = (ForecastJob) task.prepare(settings, data(rows), new Seed(1));
    Trainer.Result result =
        job.learner(settings).run(settings.section("training").as(TrainingSettings.class).epochs());
    if (result.epochs().isEmpty()) {
      throw new AssertionError("nothing was learned");
    }
    job.finish();
    return job;
  }
}
