package sequor.tasks.classify;

import java.util.LinkedHashMap;
import java.util.Optional;
import sequor.data.DataSettings;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.EncoderConfig;
import sequor.models.EncoderKind;
import sequor.models.SequenceClassifier;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.ModelConfig;
import sequor.tasks.TaskException;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// What a classifier is: all that stands in its `config.json`.
///
/// @param data the section `data`, with the columns that are read
/// @param tokens how texts become ids, but for what cuts them
/// @param written all that was written of that, so that it is kept too
/// @param marks whether `<bos>` and `<eos>` stand around every text
/// @param more how many models answer together, and whether n-grams do
public record ClassifierConfig(
    JsonObject data,
    TokenSettings tokens,
    JsonObject written,
    Marks marks,
    EncoderConfig encoder,
    SequenceClassifier.Head head,
    More more) {

  /// The columns that are read: keys of the section `data`.
  public record Columns(
      @Setting(value = "text", about = "the column that is read") String text,
      @Setting(value = "label", about = "the column that is to be predicted") String label,
      @Setting(value = "", about = "the label that the metric f1 is of; empty: no such metric")
          String positive) {}

  /// A key of the section `tokens`.
  public record Marks(
      @Setting(value = "true", about = "whether <bos> and <eos> stand around every text")
          boolean marks) {}

  /// Keys of the section `model`.
  public record More(
      @Setting(
              value = "1",
              min = 1,
              max = 100,
              about = "models that learn side by side and answer together")
          int members,
      @Setting(value = "none", about = "n-grams that speak along, weighed on the validation split")
          Speaking ngrams,
      @Setting(
              value = "none",
              about = "none, or temperature: as sure as it is right on the validation split")
          Calibrating calibration) {
    /// What holds where nobody says otherwise.
    static More standard() {
      return Settings.defaults(More.class);
    }

    More calibrated() {
      return new More(members, ngrams, Calibrating.TEMPERATURE);
    }
  }

  /// What makes the probabilities as sure as they are right.
  public enum Calibrating {
    NONE,
    /// One number for all of them ([Temperature])
    TEMPERATURE
  }

  /// Which n-grams speak along with the network.
  public enum Speaking {
    NONE,
    /// [NaiveBayesFloor]'s
    NAIVE_BAYES,
    /// [StrongFloor]'s
    STRONG
  }

  static Section dataSection() {
    return DataSettings.section().and(Columns.class);
  }

  static Section tokensSection() {
    return TokenSettings.section().and(Marks.class);
  }

  static Section modelSection() {
    return Section.none()
        .choosing("encoder", "recurrent", "what reads the text", EncoderKind.all())
        .and(SequenceClassifier.Head.class)
        .and(More.class);
  }

  /// What the sections `data`, `tokens` and `model` say.
  static ClassifierConfig of(Settings settings) {
    var tokens = settings.section("tokens");
    var model = settings.section("model");
    return new ClassifierConfig(
        settings.section("data").values(),
        tokens.as(TokenSettings.class),
        tokens.values(),
        tokens.as(Marks.class),
        EncoderKind.all().get(model.text("encoder")).config(model),
        model.as(SequenceClassifier.Head.class),
        model.as(More.class));
  }

  /// One for examples made in a program.
  static ClassifierConfig of(
      TokenSettings tokens, EncoderConfig encoder, SequenceClassifier.Head head, More more) {
    var data = Settings.json(Settings.defaults(Columns.class));
    return new ClassifierConfig(data, tokens, Json.object(), new Marks(true), encoder, head, more);
  }

  String textColumn() {
    return data.text("text");
  }

  String labelColumn() {
    return data.text("label");
  }

  /// The label that the metric `f1` is of.
  Optional<String> positive() {
    return Optional.of(data.text("positive")).filter(label -> !label.isEmpty());
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
            .with(Settings.json(tokens))
            .with(Settings.json(marks)));
    sections.put(
        "model",
        Json.object()
            .with("encoder", encoder.kind())
            .with(json(encoder))
            .with(Settings.json(head))
            .with(Settings.json(more)));
    return ModelConfig.of(ClassifyTask.NAME, sections);
  }

  private static JsonObject json(EncoderConfig encoder) {
    if (encoder instanceof Record settings) {
      return Settings.json(settings);
    }
    throw new TaskException(
        "encoder %s: expected settings that are a record, got a %s; make it one to save the model"
            .formatted(encoder.kind(), encoder.getClass().getName()));
  }
}
