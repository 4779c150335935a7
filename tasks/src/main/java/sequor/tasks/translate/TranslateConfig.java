package sequor.tasks.translate;

import java.util.LinkedHashMap;
import java.util.List;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.data.SequenceSettings;
import sequor.json.JsonObject;
import sequor.models.BeamSearch;
import sequor.models.EncoderDecoderConfig;
import sequor.models.EncoderDecoderKind;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.FrameSettings;
import sequor.tasks.ModelConfig;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.train.BleuTokenizer;

/// What a translator is: all that stands in its `config.json`.
///
/// @param data the section `data`, with the columns that are read
/// @param tokens how texts become ids, but for what cuts them
/// @param written all that was written of that, so that it is kept too
/// @param vocabularies whether the languages share one
/// @param network what reads and says
/// @param search how the best translation is looked for
/// @param scoring how translations are scored
record TranslateConfig(
    JsonObject data,
    TokenSettings tokens,
    JsonObject written,
    Vocabularies vocabularies,
    EncoderDecoderConfig network,
    Order order,
    BeamSearch.Config search,
    Scoring scoring) {
  /// What is read and said: keys of the section `data`.
  public record Columns(
      @Setting(value = "source", about = "the column that is read") String source,
      @Setting(value = "target", about = "the column that is to be said") String target) {
    static Columns standard() {
      return Settings.defaults(Columns.class);
    }
  }

  /// A key of the section `tokens`.
  public record Vocabularies(
      @Setting(value = "true", about = "one vocabulary for both languages, else one each")
          boolean joint) {}

  /// A key of the section `model`.
  public record Order(
      @Setting(value = "false", about = "whether the source is read from its end")
          boolean reverse) {}

  /// The section `score`.
  ///
  /// @param tokenizer by sacreBLEU's name: 13a, intl, char or none
  /// @param lowerCase whether letters become small before texts are compared, as they do anyway
  ///   where `tokens.lower_case` has made them so
  public record Scoring(
      @Setting(value = "13a", about = "what BLEU counts: 13a, intl, char or none") String tokenizer,
      @Setting(value = "false", about = "whether capital letters count for nothing")
          boolean lowerCase) {
    public Scoring {
      BleuTokenizer.of(tokenizer);
    }

    static Scoring standard() {
      return Settings.defaults(Scoring.class);
    }
  }

  static Section dataSection() {
    return DataSettings.section()
        .and(Columns.class)
        .and(SequenceSettings.class)
        .and(FrameSettings.class);
  }

  static Section tokensSection() {
    return TokenSettings.section()
        .withDefault("tokenizer", "bpe")
        .withDefault("max_length", "100")
        .and(Vocabularies.class);
  }

  static Section modelSection() {
    return Section.none()
        .choosing("architecture", "recurrent", "what reads and says", EncoderDecoderKind.all())
        .and(Order.class);
  }

  /// What the sections say.
  static TranslateConfig of(Settings settings) {
    var tokens = settings.section("tokens");
    var model = settings.section("model");
    return new TranslateConfig(
        settings.section("data").values(),
        tokens.as(TokenSettings.class),
        tokens.values(),
        tokens.as(Vocabularies.class),
        EncoderDecoderKind.all().get(model.text("architecture")).config(model),
        model.as(Order.class),
        settings.section("search").as(BeamSearch.Config.class),
        settings.section("score").as(Scoring.class));
  }

  /// The same with another search.
  TranslateConfig with(BeamSearch.Config other) {
    return new TranslateConfig(data, tokens, written, vocabularies, network, order, other, scoring);
  }

  String sourceColumn() {
    return data.text("source");
  }

  String targetColumn() {
    return data.text("target");
  }

  List<String> columns() {
    return List.of(sourceColumn(), targetColumn());
  }

  /// A row with both texts.
  ///
  /// @throws sequor.data.DataException if it lacks a column
  Example example(Row row) {
    return new Example(row.field(sourceColumn()), row.field(targetColumn()));
  }

  /// As `config.json` has it.
  JsonObject json(Tokenizer tokenizer) {
    var sections = new LinkedHashMap<String, JsonObject>();
    sections.put("data", data);
    sections.put("tokens", ModelConfig.tokens(tokenizer, written, tokens, vocabularies));
    sections.put(
        "model",
        ModelConfig.chosen("architecture", network.kind(), network).with(Settings.json(order)));
    sections.put("search", Settings.json(search));
    sections.put("score", Settings.json(scoring));
    return ModelConfig.of(TranslateTask.NAME, sections);
  }
}
