package sequor.tasks.regress;

import sequor.data.Row;
import sequor.json.JsonObject;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.ModelConfig;
import sequor.tasks.PlainNumbers;
import sequor.tasks.TextConfig;
import sequor.text.Tokenizer;

/// What a regressor is: all that stands in its `config.json`, but for the scale of its numbers.
///
/// @param text what it reads, and with what
/// @param more how many models answer together, and what the numbers are
public record RegressorConfig(TextConfig text, More more) {
  /// What is predicted: a key of the section `data`.
  public record Columns(
      @Setting(value = "label", about = "the column of the numbers that are to be predicted")
          String label) {}

  /// Keys of the section `model`.
  public record More(
      @Setting(
              value = "1",
              min = 1,
              max = 100,
              about = "models that learn side by side and answer together")
          int members,
      @Setting(
              value = "number",
              about = "number, or levels: one of those that are there, such as 1 to 5 stars")
          Target target) {}

  /// What the numbers are.
  public enum Target {
    /// Differences mean something ([Interval]).
    NUMBER,
    /// Only their order means something ([Levels]).
    LEVELS;

    /// What these numbers are to a network.
    Scale scale(double[] numbers) {
      return this == LEVELS ? Levels.of(numbers) : Interval.of(numbers);
    }

    /// What [Scale#json] wrote.
    Scale scale(JsonObject json) {
      return this == LEVELS ? Levels.of(json) : Interval.of(json);
    }
  }

  static Section dataSection() {
    return TextConfig.dataSection().and(Columns.class);
  }

  static Section modelSection() {
    return TextConfig.modelSection().withDefault("dropout", "0.1").and(More.class);
  }

  static RegressorConfig of(Settings settings) {
    return new RegressorConfig(TextConfig.of(settings), settings.section("model").as(More.class));
  }

  String labelColumn() {
    return text.data().text("label");
  }

  /// A row that holds the right number too.
  ///
  /// @throws sequor.data.DataException if it lacks a column, or holds no number there
  Example example(Row row) {
    String written = row.field(labelColumn()).strip();
    double number =
        PlainNumbers.of(
            row, labelColumn(), written, Double::parseDouble, "write one, or leave the row out");
    return new Example(text.text(row), text.pairs(), number);
  }

  /// As `config.json` has it.
  JsonObject json(Tokenizer tokenizer) {
    return ModelConfig.of(RegressTask.NAME, text.json(tokenizer, Settings.json(more)));
  }
}
