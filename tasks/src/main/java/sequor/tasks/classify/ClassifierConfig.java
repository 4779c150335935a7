package sequor.tasks.classify;

import java.util.Optional;
import sequor.data.SequenceSettings;
import sequor.json.JsonObject;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.FrameSettings;
import sequor.tasks.ModelConfig;
import sequor.tasks.TextConfig;
import sequor.text.Tokenizer;

/// What a classifier is: all that stands in its `config.json`.
///
/// @param text what it reads, and with what
/// @param more how many models answer together, and whether n-grams do
public record ClassifierConfig(TextConfig text, More more) {

  /// What is predicted: keys of the section `data`.
  public record Columns(
      @Setting(value = "label", about = "the column that is to be predicted") String label,
      @Setting(value = "", about = "the label that the metric f1 is of; empty: no such metric")
          String positive) {}

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

    /// One model with such n-grams.
    More with(Speaking ngrams) {
      return new More(1, ngrams, Calibrating.NONE);
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
    return TextConfig.dataSection()
        .and(Columns.class)
        .and(SequenceSettings.class)
        .and(FrameSettings.class);
  }

  static Section modelSection() {
    return TextConfig.modelSection().and(More.class);
  }

  /// What the sections `data`, `tokens` and `model` say.
  static ClassifierConfig of(Settings settings) {
    return new ClassifierConfig(TextConfig.of(settings), settings.section("model").as(More.class));
  }

  String labelColumn() {
    return text.data().text("label");
  }

  /// The label that the metric `f1` is of.
  Optional<String> positive() {
    return Optional.of(text.data().text("positive")).filter(label -> !label.isEmpty());
  }

  /// As `config.json` has it.
  JsonObject json(Tokenizer tokenizer) {
    return ModelConfig.of(ClassifyTask.NAME, text.json(tokenizer, Settings.json(more)));
  }
}
