package sequor.tasks.language;

import java.util.LinkedHashMap;
import java.util.List;
import sequor.data.DataSettings;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.LanguageModel;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.ModelConfig;
import sequor.tasks.VectorSettings;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// What a language model is: all that stands in its `config.json`.
///
/// @param data the section `data`, with the columns that are read
/// @param course whether texts are read one by one
/// @param tokens how texts become ids, but for what cuts them
/// @param written all that was written of that, so that it is kept too
/// @param vectors what the tokens' vectors began as
/// @param more what stands beside the network
public record LanguageConfig(
    JsonObject data,
    Course course,
    TokenSettings tokens,
    JsonObject written,
    LanguageModel.Config model,
    VectorSettings vectors,
    More more) {

  /// The columns that are read: keys of the section `data`.
  public record Columns(
      @Setting(value = "text", about = "the column that is read") String text,
      @Setting(value = "", about = "the column that texts are conditioned on; empty for none")
          String label) {}

  /// How texts are read.
  public enum Reading {
    /// Each for itself, from its beginning to its end.
    TEXTS,
    /// One behind the other as one long text, of which pieces are learned in a random order.
    CHUNKS,
    /// One behind the other as one long text, at several places side by side; what was read before
    /// is carried on, and no gradient goes back there (truncated backpropagation through time).
    CARRIED
  }

  /// More keys of the section `data`.
  ///
  /// @param steps how many tokens are read in one piece
  public record Course(
      @Setting(
              value = "texts",
              about =
                  "texts: each for itself; or as one long text in chunks, in any order, or carried"
                      + " on from chunk to chunk")
          Reading reading,
      @Setting(value = "40", min = 1, max = 1 << 20, about = "tokens of a chunk, and one to say")
          int steps) {
    /// Whether texts stand one behind the other.
    boolean isLong() {
      return reading != Reading.TEXTS;
    }
  }

  /// Keys of the section `model`.
  ///
  /// @param ngramShare λ, how much of what comes next n-grams say
  public record More(
      @Setting(
              value = "1",
              min = 1,
              max = 100,
              about = "models that learn side by side and speak together")
          int members,
      @Setting(
              value = "0.0",
              min = 0,
              max = 0.99,
              about = "weight of an n-gram model that speaks along; 0 for none")
          double ngramShare,
      @Setting(value = "6", min = 1, max = 12, about = "of that model") int ngramOrder) {}

  /// What counts how much in training: the section `loss`.
  public record LossSettings(
      @Setting(value = "0.0", min = 0, max = 1, about = "share of each target given to all tokens")
          float labelSmoothing) {}

  /// The section `floor`.
  public record FloorSettings(
      @Setting(value = "5", min = 1, max = 12, about = "of the Kneser-Ney n-gram model")
          int order) {}

  static Section dataSection() {
    return DataSettings.section().and(Columns.class).and(Course.class);
  }

  static Section modelSection() {
    return Section.of(LanguageModel.Config.class).and(VectorSettings.class).and(More.class);
  }

  static LanguageConfig of(Settings settings) {
    var model = settings.section("model");
    return new LanguageConfig(
        settings.section("data").values(),
        settings.section("data").as(Course.class),
        settings.section("tokens").as(TokenSettings.class),
        settings.section("tokens").values(),
        model.as(LanguageModel.Config.class),
        model.as(VectorSettings.class),
        model.as(More.class));
  }

  /// This with token vectors of that size.
  LanguageConfig withEmbeddingSize(int size) {
    return new LanguageConfig(
        data, course, tokens, written, model.withEmbeddingSize(size), vectors, more);
  }

  /// How such a model reads texts.
  NextTokens texts(Tokenizer tokenizer) {
    return new NextTokens(tokenizer, tokens, course.isLong());
  }

  String textColumn() {
    return data.text("text");
  }

  String labelColumn() {
    return data.text("label");
  }

  boolean isConditioned() {
    return !labelColumn().isEmpty();
  }

  /// The columns that are read of a row with a right answer.
  List<String> columns() {
    return isConditioned() ? List.of(textColumn(), labelColumn()) : List.of(textColumn());
  }

  /// As `config.json` has it.
  JsonObject json(Tokenizer tokenizer) {
    var sections = new LinkedHashMap<String, JsonObject>();
    sections.put("data", data);
    sections.put(
        "tokens",
        Json.object()
            .with("tokenizer", tokenizer.segmenter().kind())
            .with(written)
            .with(Settings.json(tokens)));
    sections.put(
        "model", Settings.json(model).with(Settings.json(vectors)).with(Settings.json(more)));
    return ModelConfig.of(LanguageTask.NAME, sections);
  }
}
