package sequor.recipes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.train.ConfusionMatrix;
import sequor.train.Mode;
import sequor.train.TrainingListener;

/// What a training came to, on the whole test split, beside its floor.
///
/// @param run the run directory
/// @param recipe the recipe's name
/// @param data where the examples came from
/// @param sizes how many examples train, valid and test have
/// @param parameters how many numbers were learned
/// @param test metrics by name
/// @param confusion of a classifier
/// @param floor what a simple method gets
/// @param history every epoch
/// @param bestEpoch the one whose parameters were kept, from 1
/// @param seconds from the start of the command's work to its end
public record Report(
    String run,
    String recipe,
    long seed,
    Origin data,
    List<Integer> sizes,
    long parameters,
    Map<String, Double> test,
    Optional<ConfusionMatrix> confusion,
    Floor floor,
    List<TrainingListener.Epoch> history,
    int bestEpoch,
    double seconds) {

  /// @param name of the data set, or the file's
  /// @param source who made it, or where it is described; the name again for a user's own
  /// @param licence the terms it comes on; empty for a file of the user's own
  /// @param sha256 of the data file; empty for embedded data
  /// @param split in a reader's words
  public record Origin(String name, String source, String licence, String sha256, String split) {}

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
                    .with("train", sizes.get(0))
                    .with("valid", sizes.get(1))
                    .with("test", sizes.get(2)))
            .with("parameters", parameters)
            .with("test", Json.ofMap(test))
            .with(
                "floor",
                Json.object()
                    .with("method", floor.method())
                    .with("metrics", Json.ofMap(floor.metrics())))
            .with("epochs", history.size())
            .with("best_epoch", bestEpoch)
            .with("seconds", rounded(seconds));
    return confusion.isEmpty() ? report : report.with("labels", rows(confusion.get()));
  }

  /// What a metric of an epoch is called beside those of other splits: `train.loss`,
  /// `valid.accuracy`.
  public static String dotted(String metric) {
    return metric.equals("train_loss") ? "train.loss" : "valid." + metric;
  }

  /// The last line of `sequor train --json`: everything flat, with dotted names.
  public JsonObject summary() {
    var summary = Json.object().with("run", run);
    for (var metric : test.entrySet()) {
      summary = summary.with("test." + metric.getKey(), metric.getValue());
    }
    for (var metric : floor.metrics().entrySet()) {
      summary = summary.with("floor." + metric.getKey(), metric.getValue());
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
    var first = floor.metrics().entrySet().iterator().next();
    double model = test.getOrDefault(first.getKey(), Double.NaN);
    return Learning.mode(first.getKey()) == Mode.MAX
        ? model < first.getValue()
        : model > first.getValue();
  }

  private static Json rows(ConfusionMatrix confusion) {
    return Json.ofList(
        confusion.rows().stream()
            .map(
                row ->
                    Json.object()
                        .with("label", row.label())
                        .with("precision", row.precision())
                        .with("recall", row.recall())
                        .with("f1", row.f1())
                        .with("count", row.support()))
            .toList());
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }
}
