package sequor.tasks.embed;

import java.util.LinkedHashMap;
import java.util.Map;
import sequor.data.DataSettings;
import sequor.json.JsonObject;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.ModelConfig;
import sequor.text.TokenSettings;

/// What word vectors are: all that stands in their `config.json`.
///
/// @param data the section `data`
/// @param tokens the section `tokens`
/// @param phrases which words become one
public record EmbedConfig(
    JsonObject data, JsonObject tokens, PhraseSettings phrases, EmbedModel model) {
  /// The column that is read: a key of the section `data`.
  public record Columns(@Setting(value = "text", about = "the column that is read") String text) {}

  /// Text is streamed, and nearly all of it is learned from.
  static Section dataSection() {
    return DataSettings.section()
        .and(Columns.class)
        .withDefault("format", "corpus")
        .withDefault("stream", "true")
        .withDefault("fractions", "[0.98, 0.01, 0.01]");
  }

  /// Words in small letters, all that are not rare.
  static Section tokensSection() {
    return TokenSettings.section()
        .withDefault("tokenizer", "words")
        .withDefault("lower_case", "true")
        .withDefault("min_frequency", "5")
        .withDefault("max_size", "1000000");
  }

  static EmbedConfig of(Settings settings) {
    return new EmbedConfig(
        settings.section("data").values(),
        settings.section("tokens").values(),
        settings.section("phrases").as(PhraseSettings.class),
        settings.section("model").as(EmbedModel.class));
  }

  /// How often a word occurs that gets a vector.
  int leastCount() {
    return tokens.wholeNumber("min_frequency", 1, Integer.MAX_VALUE);
  }

  String textColumn() {
    return data.text("text");
  }

  JsonObject json() {
    Map<String, JsonObject> sections = new LinkedHashMap<>();
    sections.put("data", data);
    sections.put("tokens", tokens);
    sections.put("phrases", Settings.json(phrases));
    sections.put("model", Settings.json(model));
    return ModelConfig.of(EmbedTask.NAME, sections);
  }
}
