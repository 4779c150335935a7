package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.json.JsonObject;

/// Every key of a recipe is read, and a value that makes no sense is refused before training.
class SettingsTest {
  @TempDir static Path folder;
  private static Path words;

  @BeforeAll
  static void write() throws IOException {
    words = Toy.words(folder);
  }

  static Stream<String> keys() throws IOException {
    return Stream.of("classify", "model-language").flatMap(SettingsTest::keys);
  }

  private static Stream<String> keys(String task) {
    var settings = Recipe.parse("mine", "task: " + task, "mine.yaml", List.of()).settings().json();
    var keys = new ArrayList<String>();
    settings
        .members()
        .forEach(
            (section, value) -> {
              if (value instanceof JsonObject inner) {
                inner.names().forEach(key -> keys.add(task + "/" + section + "." + key));
              }
            });
    return keys.stream();
  }

  /// Also the proof that no key is written in the files of the tasks and read by nobody.
  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsReadAndRefusesNonsense(String taskAndKey) {
    String key = taskAndKey.substring(taskAndKey.indexOf('/') + 1);
    String nonsense = key + "=[[nonsense]]";

    assertThatThrownBy(
            () -> {
              var recipe = toy(taskAndKey, key, nonsense);
              new Learning(recipe.settings().section("training"))
                  .trainer(Job.prepare(recipe, Toy.nowhere()));
            })
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith("--set: " + key);
  }

  private static Recipe toy(String taskAndKey, String key, String nonsense) {
    // What is read only where a random split is made, and only without a file of one's own.
    var overrides = new ArrayList<>(List.of(nonsense));
    if (key.startsWith("data.fractions") || key.startsWith("data.split_")) {
      overrides.add("data.split=");
    }
    if (key.equals("data.set")) {
      overrides.add("data.file=");
    }
    String[] all = overrides.toArray(new String[0]);
    return taskAndKey.startsWith("classify")
        ? Toy.classifier(words, all)
        : Toy.generator(words, "label: language", all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.hidden_size=0        | --set: model.hidden_size: expected a whole number from 1 to 16384, got 0; choose one in that range
          model.hidden_size=big      | --set: model.hidden_size: expected a whole number from 1 to 16384, got "big"; write it as a number, without quotes
          model.hidden_size=1.5      | --set: model.hidden_size: expected a whole number from 1 to 16384, got 1.5
          model.hidden_size=1e99     | --set: model.hidden_size: expected a whole number from 1 to 16384, got 1
          model.dropout=1.5          | --set: model.dropout: expected a number from 0.0 to 0.99, got 1.5
          model.bidirectional=maybe  | --set: model.bidirectional: expected true or false, got "maybe"
          model.cell=lstn            | --set: model.cell: expected one of "rnn", "lstm", "gru", got "lstn"; did you mean "lstm"?
          training.optimizer=adan    | --set: training.optimizer: expected one of "sgd", "adam", "adamw", "adagrad", "adadelta", "rmsprop", got "adan"; did you mean "adam"?
          training.clip_value=1      | --set: training.clip_value: expected one way of clipping, found clip_norm 5.0 too; set one to 0
          tokens.tokenizer=bytes     | --set: tokens.tokenizer: expected one of "characters", "whitespace", got "bytes"
          """)
  void valuesOutOfRangeAreRefused(String override, String message) {
    assertThatThrownBy(
            () -> {
              var recipe = Toy.classifier(words, override);
              new Learning(recipe.settings().section("training"))
                  .trainer(Job.prepare(recipe, Toy.nowhere()));
            })
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aValueOfAFileIsRefusedAtItsLine() {
    String yaml = "task: classify\n\nmodel:\n  layers: 1\n  cell: lstn\n";
    var model = Recipe.parse("mine", yaml, "mine.yaml", List.of()).settings().section("model");

    assertThat(model.wholeNumber("layers", 1, 2)).isEqualTo(1);
    assertThatThrownBy(() -> model.choice("cell", CellKind.class))
        .hasMessageStartingWith("mine.yaml:5: model.cell: expected one of");
    assertThatThrownBy(() -> model.wholeNumber("hidden_size", 1, 2))
        .as("a default has the line of its section")
        .hasMessageStartingWith("mine.yaml:3: model.hidden_size: expected a whole number");
  }
}
