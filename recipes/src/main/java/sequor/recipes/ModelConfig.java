package sequor.recipes;

import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.store.ModelDirectory;

/// `config.json`: the sections of the recipe that say what a model is.
final class ModelConfig {
  private static final String FORMAT = "sequor-model";
  private static final int VERSION = 1;

  private ModelConfig() {}

  static JsonObject of(String task, Settings recipe) {
    return Json.object()
        .with("format", FORMAT)
        .with("version", VERSION)
        .with("task", task)
        .with("data", recipe.section("data").json())
        .with("tokens", recipe.section("tokens").json())
        .with("model", recipe.section("model").json());
  }

  /// @throws RecipeException if it is of another format or version
  static JsonObject read(ModelDirectory directory) {
    var config = directory.config().read();
    if (!config.text("format").equals(FORMAT)
        || config.wholeNumber("version", 0, 1 << 20) != VERSION) {
      throw new RecipeException(
          "%s: expected a %s of version %d, found %s of version %s; load it with the version of"
                  .formatted(
                      directory.path(),
                      FORMAT,
                      VERSION,
                      config.text("format"),
                      config.value("version"))
              + " Sequor that wrote it");
    }
    return config;
  }

  static Settings settings(ModelDirectory directory, JsonObject config) {
    return Settings.of(config, path -> directory.config().path().toString());
  }
}
