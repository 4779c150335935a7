package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.JsonObject;
import sequor.store.RunDirectory;
import sequor.store.StoreException;

/// A run that was trained, or begun, before.
///
/// @param finished whether it has a model
/// @param metrics on the test split; none while it is not finished, or where its report is damaged
public record PastRun(Path path, String recipe, boolean finished, Map<String, Double> metrics) {

  /// The runs in a folder, by name.
  public static List<PastRun> in(Path folder) throws IOException {
    var runs = new ArrayList<PastRun>();
    if (Files.isDirectory(folder)) {
      try (var folders = Files.list(folder)) {
        for (var path : folders.sorted().toList()) {
          var run = new RunDirectory(path);
          if (Files.isRegularFile(run.recipe())) {
            runs.add(of(run));
          }
        }
      }
    }
    return runs;
  }

  private static PastRun of(RunDirectory run) {
    String name = run.path().getFileName().toString();
    if (!run.model().config().exists()) {
      return new PastRun(run.path(), name, false, Map.of());
    }
    try {
      var report = run.model().report().read();
      var metrics = new LinkedHashMap<String, Double>();
      var test = report.object("test");
      test.names().forEach(metric -> metrics.put(metric, test.number(metric)));
      return new PastRun(run.path(), report.text("recipe"), true, metrics);
    } catch (StoreException | JsonException e) {
      return new PastRun(run.path(), name, true, Map.of()); // damaged; the others are not
    }
  }

  public JsonObject json() {
    var json =
        Json.object()
            .with("run", path.toString())
            .with("recipe", recipe)
            .with("finished", finished);
    for (var metric : metrics.entrySet()) {
      json = json.with("test." + metric.getKey(), metric.getValue());
    }
    return json;
  }
}
