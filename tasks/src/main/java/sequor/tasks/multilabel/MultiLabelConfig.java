package sequor.tasks.multilabel;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import sequor.data.Row;
import sequor.json.JsonObject;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.ModelConfig;
import sequor.tasks.TextConfig;
import sequor.text.Tokenizer;

/// What a labeler is: all that stands in its `config.json`, but for its thresholds.
///
/// @param text what it reads, and with what
/// @param more how many models answer together, and when a text has a label
public record MultiLabelConfig(TextConfig text, More more) {
  /// What is predicted: keys of the section `data`.
  public record Columns(
      @Setting(value = "labels", about = "the column of the labels that are to be predicted")
          String label,
      @Setting(
              value = ",",
              about = "between the labels of a text, if they are no list; an empty cell is none")
          String labelSeparator) {}

  /// Keys of the section `model`.
  public record More(
      @Setting(
              value = "1",
              min = 1,
              max = 100,
              about = "models that learn side by side and answer together")
          int members,
      @Setting(
              value = "half",
              about = "above which probability a text has a label: half, or fitted on validation")
          Threshold threshold) {}

  /// Above which probability a text has a label.
  public enum Threshold {
    HALF,
    /// Label by label ([Thresholds])
    FITTED
  }

  static Section dataSection() {
    return TextConfig.dataSection().and(Columns.class);
  }

  static Section modelSection() {
    return TextConfig.modelSection().and(More.class);
  }

  static MultiLabelConfig of(Settings settings) {
    return new MultiLabelConfig(TextConfig.of(settings), settings.section("model").as(More.class));
  }

  String labelColumn() {
    return text.data().text("label");
  }

  String separator() {
    return text.data().text("label_separator");
  }

  /// A row that holds the right labels too.
  ///
  /// @throws sequor.data.DataException if it lacks a column
  Example example(Row row) {
    return new Example(text.text(row), text.pairs(), labels(row));
  }

  private Set<String> labels(Row row) {
    var labels = new TreeSet<String>();
    for (var part : parts(row)) {
      if (!part.isBlank()) {
        labels.add(part.strip());
      }
    }
    return labels;
  }

  private List<String> parts(Row row) {
    if (row.isList(labelColumn())) {
      return row.list(labelColumn());
    }
    String cell = row.field(labelColumn());
    return separator().isEmpty()
        ? List.of(cell)
        : Arrays.asList(cell.split(Pattern.quote(separator()), -1));
  }

  /// As `config.json` has it.
  JsonObject json(Tokenizer tokenizer) {
    return ModelConfig.of(MultiLabelTask.NAME, text.json(tokenizer, Settings.json(more)));
  }
}
