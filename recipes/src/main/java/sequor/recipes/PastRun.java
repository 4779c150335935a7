package sequor.recipes;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sequor.SequorException;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.JsonObject;
import sequor.store.RunDirectory;
import sequor.store.StoreException;
import sequor.tasks.Metric;

/// A run that was trained, or begun, before.
///
/// @param finished whether it has a model
/// @param metrics on the test split; none while it is not finished, or where its report is damaged
/// @param kinds what these numbers say
/// @param settings every value of its recipe by its dotted key, and `task` and `recipe`; none where
///   the recipe is one that this release does not understand
public record PastRun(
    Path path,
    String recipe,
    boolean finished,
    Map<String, Double> metrics,
    List<Metric> kinds,
    Map<String, Json> settings) {
  /// Those of the reports that do not say it.
  private static final Set<String> LOW = Set.of("loss", "nats_per_char", "perplexity");

  static PastRun of(RunDirectory run) {
    String name = run.path().getFileName().toString();
    if (!run.model().config().exists()) {
      return new PastRun(run.path(), name, false, Map.of(), List.of(), settings(run, name));
    }
    try {
      var report = run.model().report().read();
      var metrics = new LinkedHashMap<String, Double>();
      var test = report.object("test");
      test.names().forEach(metric -> metrics.put(metric, test.number(metric)));
      String recipe = report.text("recipe");
      return new PastRun(
          run.path(), recipe, true, metrics, kinds(report, metrics), settings(run, recipe));
    } catch (StoreException | JsonException e) {
      return new PastRun( // damaged; the others are not
          run.path(), name, true, Map.of(), List.of(), settings(run, name));
    }
  }

  private static List<Metric> kinds(JsonObject report, Map<String, Double> metrics) {
    return report.has("metrics")
        ? report.array("metrics").objects().stream().map(Report::metric).toList()
        : metrics.keySet().stream()
            .map(name -> LOW.contains(name) ? Metric.low(name, "") : Metric.high(name))
            .toList();
  }

  private static Map<String, Json> settings(RunDirectory run, String name) {
    try {
      var recipe = Recipe.load(run.recipe().toString(), List.of());
      var settings = recipe.flat();
      settings.put("task", Json.of(recipe.task().name()));
      settings.put("recipe", Json.of(name));
      return settings;
    } catch (SequorException e) {
      return Map.of(); // of an older release, or damaged
    }
  }

  /// With its settings below `settings`.
  ///
  /// @param keys which of them
  public JsonObject json(List<String> keys) {
    var json =
        Json.object()
            .with("run", path.toString())
            .with("recipe", recipe)
            .with("finished", finished);
    for (var metric : metrics.entrySet()) {
      json = json.with("test." + metric.getKey(), metric.getValue());
    }
    var shown = Json.object();
    for (var key : keys) {
      shown = settings.containsKey(key) ? shown.with(key, settings.get(key)) : shown;
    }
    return keys.isEmpty() ? json : json.with("settings", shown);
  }
}
