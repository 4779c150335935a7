package sequor.recipes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import sequor.data.Origin;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.tasks.Training;
import sequor.train.Bootstrap.Interval;
import sequor.train.Calibration;
import sequor.train.Mode;
import sequor.train.TrainingListener;

/// What a training came to, on the whole test split, beside its floor.
///
/// @param run the run directory
/// @param recipe the recipe's name
/// @param data where the examples came from
/// @param sizes how many examples train, valid and test have
/// @param parameters how many numbers were learned
/// @param metrics what the numbers of `test` say
/// @param test how the model did
/// @param floor what a simple method gets
/// @param notices what a user should know about the data
/// @param history every epoch
/// @param bestEpoch the one whose parameters were kept, from 1
/// @param judging how long judging the test split took, in seconds
/// @param seconds from the start of the command's work to its end
public record Report(
    String run,
    String recipe,
    long seed,
    Origin data,
    Training.Sizes sizes,
    long parameters,
    List<Metric> metrics,
    Evaluation test,
    Floor floor,
    List<String> notices,
    List<TrainingListener.Epoch> history,
    int bestEpoch,
    double judging,
    double seconds) {
  private static final List<String> BIN = List.of("low", "high", "count", "accuracy", "confidence");

  /// `report.json`.
  public JsonObject json() {
    var report =
        Json.object()
            .with("recipe", recipe)
            .with("seed", seed)
            .with(
                "data",
                Json.object()
                    .with("name", data.name())
                    .with("licence", data.licence())
                    .with("sha256", data.sha256())
                    .with("split", data.split())
                    .with("train", sizes.train())
                    .with("valid", sizes.valid())
                    .with("test", sizes.test()))
            .with("parameters", parameters)
            .with("test", Json.ofMap(test.metrics()))
            .with("intervals", ranges(test.intervals().metrics()))
            .with("metrics", Json.ofList(metrics.stream().map(Report::json).toList()))
            .with(
                "floor",
                Json.object()
                    .with("method", floor.method())
                    .with("metrics", Json.ofMap(floor.metrics())))
            .with("over_floor", ranges(test.intervals().overFloor()))
            .with("notices", notices)
            .with("epochs", history.size())
            .with("best_epoch", bestEpoch)
            .with("examples_per_second", Math.round(sizes.test() / Math.max(judging, 1e-3)))
            .with("seconds", rounded(seconds));
    for (var table : tables(test).entrySet()) {
      report = report.with(table.getKey(), table.getValue());
    }
    return report;
  }

  /// Where 95 % lie: `{"accuracy": {"low": 0.77, "high": 0.81}}`.
  private static JsonObject ranges(Map<String, Interval> intervals) {
    var ranges = Json.object();
    for (var each : intervals.entrySet()) {
      var interval = each.getValue();
      ranges =
          ranges.with(
              each.getKey(),
              Json.object().with("low", interval.low()).with("high", interval.high()));
    }
    return ranges;
  }

  private static JsonObject json(Metric metric) {
    return Json.object()
        .with("name", metric.name())
        .with("better", metric.better() == Mode.MAX ? "high" : "low")
        .with("unit", metric.unit());
  }

  /// What [#json] says of a metric.
  static Metric metric(JsonObject json) {
    boolean high = json.text("better").equals("high");
    return new Metric(json.text("name"), high ? Mode.MAX : Mode.MIN, json.text("unit"));
  }

  /// The tables of an evaluation by their titles, each as a list of objects.
  public static SequencedMap<String, Json> tables(Evaluation evaluation) {
    var tables = new LinkedHashMap<String, Json>();
    for (var table : evaluation.sections(ReportSection.Table.class)) {
      tables.put(table.title(), rows(table.columns(), table.rows()));
    }
    for (var bins : evaluation.sections(ReportSection.Reliability.class)) {
      tables.put(bins.title(), rows(BIN, bins.bins().stream().map(Report::row).toList()));
    }
    return tables;
  }

  private static List<Object> row(Calibration.Bin bin) {
    return List.of(bin.low(), bin.high(), bin.count(), bin.accuracy(), bin.confidence());
  }

  private static Json rows(List<String> columns, List<List<Object>> rows) {
    return Json.ofList(
        rows.stream()
            .map(
                row -> {
                  var object = Json.object();
                  for (int i = 0; i < row.size(); i++) {
                    object = object.with(columns.get(i), row.get(i));
                  }
                  return object;
                })
            .toList());
  }

  /// What a metric of an epoch is called beside those of other splits: `train.loss`,
  /// `valid.accuracy`.
  public static String dotted(String metric) {
    return metric.equals("train_loss") ? "train.loss" : "valid." + metric;
  }

  /// The metrics of an evaluation with dotted names: `test.accuracy`, and where 95 % lie,
  /// `test.accuracy_low` and `test.accuracy_high`.
  public static JsonObject flat(Evaluation test) {
    var flat = Json.object();
    for (var metric : test.metrics().entrySet()) {
      String key = "test." + metric.getKey();
      flat = flat.with(key, metric.getValue());
      var interval = test.intervals().metrics().get(metric.getKey());
      if (interval != null) {
        flat = flat.with(key + "_low", interval.low()).with(key + "_high", interval.high());
      }
    }
    return flat;
  }

  /// How much a metric is above the floor's.
  public double overFloor(String metric) {
    return test.metrics().getOrDefault(metric, Double.NaN)
        - floor.metrics().getOrDefault(metric, Double.NaN);
  }

  /// The last line of `sequor train --json`: everything flat, with dotted names.
  public JsonObject summary() {
    var summary = Json.object().with("run", run);
    summary = summary.with(flat(test));
    for (var metric : floor.metrics().entrySet()) {
      summary = summary.with("floor." + metric.getKey(), metric.getValue());
    }
    for (var each : test.intervals().overFloor().entrySet()) {
      String key = "over_floor." + each.getKey();
      summary =
          summary
              .with(key, overFloor(each.getKey()))
              .with(key + "_low", each.getValue().low())
              .with(key + "_high", each.getValue().high());
    }
    return summary
        .with("floor.method", floor.method())
        .with("parameters", parameters)
        .with("epochs", history.size())
        .with("best_epoch", bestEpoch)
        .with("seconds", rounded(seconds));
  }

  /// Whether the model is worse than its floor, by the first metric that the floor has.
  public boolean isBelowFloor() {
    return compared().filter(this::isBelow).isPresent();
  }

  private Optional<Metric> compared() {
    return metrics.stream()
        .filter(metric -> floor.metrics().containsKey(metric.name()))
        .findFirst();
  }

  private boolean isBelow(Metric metric) {
    double model = test.metrics().getOrDefault(metric.name(), Double.NaN);
    return metric.isBetter(floor.metrics().getOrDefault(metric.name(), Double.NaN), model);
  }

  /// What to do about a model that is below its floor.
  public String advice() {
    return notices.stream().anyMatch(notice -> notice.endsWith("are cut"))
        ? "read more of its texts (tokens.max_length), or train it longer, or on more data"
        : "train it longer, or on more data";
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }
}
