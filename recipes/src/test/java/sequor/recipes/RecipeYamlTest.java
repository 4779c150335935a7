package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.json.Json;
import sequor.settings.SettingsException;

/// Recipes are YAML 1.2, without anchors, aliases and tags.
class RecipeYamlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yes        | "yes"
          No         | "No"
          on         | "on"
          true       | true
          True       | true
          FALSE      | false
          null       | ""
          ~          | ""
          ''         | ""
          010        | 10
          -7         | -7
          +7         | 7
          1e-3       | 1e-3
          1.         | 1.0
          1.50       | 1.50
          1e999      | "1e999"
          .5         | 0.5
          .inf       | ".inf"
          .nan       | ".nan"
          0x1F       | "0x1F"
          0o17       | "0o17"
          0b1        | "0b1"
          1_000      | "1_000"
          1:30       | "1:30"
          2026-11-27 | "2026-11-27"
          0,01       | "0,01"
          "3"        | "3"
          [1, a, no] | [1,"a","no"]
          {a: 1}     | {"a":1}
          =          | "="
          <<         | "<<"
          99999999999999999999 | "99999999999999999999"
          """)
  void valuesAreThoseOfYaml12(String yaml, String json) {
    assertThat(RecipeText.value(yaml, "--set")).isEqualTo(Json.parse(json));
  }

  @Test
  void yesAndNoAreWordsInAFileToo() {
    String yaml = "task: classify\nmodel:\n  cell: gru\n  bidirectional: yes\n";

    assertThatThrownBy(() -> parse(yaml))
        .hasMessage(
            "mine.yaml:4: model.bidirectional: expected true or false, got \"yes\"; write true or"
                + " false");
    assertThat(
            parse("task: classify\ntraining: {seed: 010}").settings().section("training").values())
        .satisfies(values -> assertThat(values.wholeNumber("seed", 0, 100)).isEqualTo(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFFtask: classify\nmodel:\n  cell: lstm\n",
        "task: classify\r\nmodel:\r\n  cell: lstm\r\n",
        "\uFEFFtask: classify\r\nmodel:\r\n  cell: lstm",
        "---\ntask: classify\nmodel: {cell: lstm}\n...\n",
        "%YAML 1.2\n---\ntask: classify\nmodel:\n  cell:   'lstm'   # that\n",
        "# a comment\n\ntask: classify\n\nmodel:\n\n    cell: \"lstm\"\n",
        "{\"task\": \"classify\", \"model\": {\"cell\": \"lstm\"}}",
        "task: >-\n  classify\nmodel:\n  cell: |-\n    lstm\n"
      })
  void allWaysOfWritingAreRead(String yaml) {
    assertThat(parse(yaml).settings().section("model").text("cell")).isEqualTo("lstm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          task: classify; data: &d {set: a}; model: *d | mine.yaml:2: expected a value, got the anchor &d, which recipes do not have; write it out
          task: classify; about: &a x        | mine.yaml:2: expected a value, got the anchor &a, which recipes do not have; write it out
          &r {task: classify}                | mine.yaml:1: expected a value, got the anchor &r, which recipes do not have; write it out
          task: classify; &k about: x        | mine.yaml:2: expected a value, got the anchor &k, which recipes do not have; write it out
          task: classify; model: *m          | mine.yaml:2: expected a value, got the alias *m, which recipes do not have; write it out
          task: classify; about: a; about: b | mine.yaml:3: expected each key once, got 'about' again; mend that line
          task: classify; model:;   cell: gru;   cell: rnn | mine.yaml:4: expected each key once, got 'cell' again; mend that line
          task: classify; model:; TABcell: gru | mine.yaml:3: expected YAML, got a tab, where only spaces indent; mend that line
          task: classify; model: [rnn        | mine.yaml:2: expected YAML, got a fault (
          task: classify; ---; task: x       | mine.yaml:2: expected YAML, got a fault (
          task: classify; about: !!java.io.File [x] | mine.yaml:2: expected a value, got the tag !!java.io.File, which recipes do not have; write it out
          task: classify; about: !mine x     | mine.yaml:2: expected a value, got the tag !mine, which recipes do not have; write it out
          task: classify; model:;   <<: {cell: gru} | mine.yaml:3: model.<<: no such key in model
          task: classify; ? [a, b]; : c      | mine.yaml:2: expected a plain key, got something else; mend that line
          [a, b]                             | mine.yaml: expected keys with values, such as 'task: classify', got none; write some
          classify                           | mine.yaml: expected keys with values, such as 'task: classify', got none; write some
          ''                                 | mine.yaml: expected keys with values, such as 'task: classify', got none; write some
          task: classify; about: {a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: {n: {o: {p: {q: 1}}}}}}}}}}}}}}}}} | mine.yaml:2: expected sections in sections, 16 deep at most, got more
          """)
  void whatIsNoRecipeIsRefusedAtItsLine(String lines, String message) {
    String yaml = lines.replace(";", "\n").replace("\n ", "\n").replace("TAB", "\t");

    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aTextThatIsTooLongIsNotRead() {
    assertThatThrownBy(() -> parse("about: '" + "x".repeat(2 << 20) + "'"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "mine.yaml: expected a recipe of at most 1,048,576 characters, got 2,097,161; is it the"
                + " right file?");
  }

  private static Recipe parse(String yaml) {
    return Recipe.parse("mine", yaml, "mine.yaml", List.of());
  }
}
