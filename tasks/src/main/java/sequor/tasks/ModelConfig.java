package sequor.tasks;

import java.util.Map;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.EncoderConfig;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// `config.json`: which task a model is for, and the settings that say what it is.
///
/// Format 1 is that of the releases before there were rooms for data and tasks. What it lacks is as
/// it was then; a newer format than this one is refused.
public final class ModelConfig {
  /// The format that is written.
  public static final int FORMAT = 2;

  private static final String NAME = "sequor-model";

  private ModelConfig() {}

  /// @param sections of settings, by name
  public static JsonObject of(String task, Map<String, JsonObject> sections) {
    return Json.object()
        .with("format", NAME)
        .with("version", FORMAT)
        .with("task", task)
        .with(Json.ofMap(sections));
  }

  /// The kind of an encoder and its settings, as they stand in the section `model`.
  ///
  /// @throws TaskException if they are no record
  public static JsonObject encoder(EncoderConfig encoder) {
    return chosen("encoder", encoder.kind(), encoder);
  }

  /// What was chosen by its name, and its settings.
  ///
  /// @param key which says the name
  /// @throws TaskException if the settings are no record
  public static JsonObject chosen(String key, String name, Object settings) {
    if (settings instanceof Record values) {
      return Json.object().with(key, name).with(Settings.json(values));
    }
    throw new TaskException(
        "%s %s: expected settings that are a record, got a %s; make it one to save the model"
            .formatted(key, name, settings.getClass().getName()));
  }

  /// What cuts texts, as it stands in the section `tokens`.
  ///
  /// @param written what a recipe said of it, so that it is kept too
  /// @param more what else the section holds
  public static JsonObject tokens(
      Tokenizer tokenizer, JsonObject written, TokenSettings settings, Record more) {
    return Json.object()
        .with("tokenizer", tokenizer.segmenter().kind())
        .with(written)
        .with(Settings.json(settings))
        .with(Settings.json(more));
  }

  /// @throws TaskException if it is no model, or one of a newer format
  static JsonObject read(ModelDirectory directory) {
    var config = directory.config().read();
    if (!config.text("format").equals(NAME)) {
      throw new TaskException(
          "%s: expected the format %s, got \"%s\"; look whether it is the right folder"
              .formatted(directory.config().path(), NAME, config.text("format")));
    }
    int version = version(config);
    if (version > FORMAT) {
      throw new TaskException(
          "%s: expected a format up to %d, got %d, which a newer Sequor wrote; update Sequor"
              .formatted(directory.config().path(), FORMAT, version));
    }
    return config;
  }

  /// The format that a model was written in.
  public static int version(JsonObject config) {
    return config.wholeNumber("version", 1, Integer.MAX_VALUE);
  }

  /// The settings of a model, those that it lacks as they were when it was made.
  ///
  /// @throws sequor.settings.SettingsException if it has one that is no setting of the task
  static Settings settings(Task task, JsonObject config, ModelDirectory directory) {
    var sections = config;
    for (var entry : config.members().entrySet()) {
      boolean section = entry.getValue() instanceof JsonObject; // all else is the task's own
      sections = section ? sections : sections.without(entry.getKey());
    }
    return task.schema().restore(sections, Places.of(directory.config().path()));
  }
}
