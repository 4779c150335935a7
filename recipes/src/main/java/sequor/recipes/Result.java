package sequor.recipes;

import java.util.List;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.json.JsonObject;

/// What a recipe got when it was trained from its start to its end, in a file small enough to be
/// kept beside the code.
///
/// @param recipe as it is now
/// @param differences what the recipe that was trained had other values for; empty if nothing
/// @param report what its `report.json` says, but the tables
/// @param machine what it was computed with; empty where nobody wrote it down
public record Result(Recipe recipe, String differences, JsonObject report, JsonObject machine) {
  private static final List<String> OF_REPORT =
      List.of(
          "task",
          "seed",
          "data",
          "parameters",
          "test",
          "intervals",
          "metrics",
          "floor",
          "epochs",
          "best_epoch",
          "examples_per_second",
          "seconds");

  static Result of(Recipe recipe, JsonObject report, JsonFile machine) {
    var kept = Json.object();
    for (String name : OF_REPORT) {
      if (report.has(name)) {
        kept = kept.with(name, report.value(name));
      }
    }
    return new Result(recipe, "", kept, machine.exists() ? machine.read() : Json.object());
  }

  /// Reads a result of this recipe, or of what it was.
  static Result read(JsonFile file, Recipe recipe) {
    var json = file.read();
    String before = json.object("recipe").pretty(); // JSON is YAML too
    var trained = Recipe.parse(recipe.name(), before, file.path().toString(), List.of());
    return new Result(
        recipe, recipe.differences(trained), json.object("report"), json.object("machine"));
  }

  void write(JsonFile file) {
    var trained = Json.object().with("task", recipe.task().name());
    for (var section : recipe.settings().values().members().entrySet()) {
      trained = trained.with(section.getKey(), section.getValue());
    }
    file.write(
        Json.object().with("recipe", trained).with("report", report).with("machine", machine));
  }

  /// Whether the recipe that got it is the one of now.
  public boolean isOfThis() {
    return differences.isEmpty();
  }
}
