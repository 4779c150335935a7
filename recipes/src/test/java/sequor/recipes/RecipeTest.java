package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.json.Json;
import sequor.settings.SettingsException;

class RecipeTest {
  static List<String> catalogue() {
    return Recipe.catalogue();
  }

  static List<String> catalogueAndTasks() {
    return Stream.concat(Recipe.catalogue().stream(), Recipe.tasks().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void everyRecipeOfTheCatalogueLoadsAndSaysWhatItIs(String name) {
    var recipe = Recipe.load(name, List.of());

    assertThat(recipe.name()).isEqualTo(name);
    assertThat(recipe.about()).endsWith(".");
    assertThat(recipe.task().name()).isIn(Recipe.tasks());
    assertThat(Recipe.text(name)).startsWith("#").contains("task: " + recipe.task().name());
  }

  @ParameterizedTest
  @MethodSource("catalogueAndTasks")
  void whatIsResolvedLoadsAgainAsTheSame(String name, @TempDir Path folder) throws Exception {
    var recipe = Recipe.load(name, List.of("training.learning_rate=1e-5", "about='a: b # \"c\"'"));
    var file = Files.writeString(folder.resolve("again.yaml"), recipe.resolved());

    var again = Recipe.load(file.toString(), List.of());

    assertThat(recipe.differences(again)).isEmpty();
    assertThat(again.flat()).isEqualTo(recipe.flat());
    assertThat(again.about()).isEqualTo(recipe.about());
    assertThat(again.resolved()).isEqualTo(recipe.resolved());
  }

  @ParameterizedTest
  @MethodSource("catalogueAndTasks")
  void whatIsResolvedHasEveryKeyWithAComment(String name) {
    var recipe = Recipe.load(name, List.of());

    for (var key : recipe.flat().keySet()) {
      assertThat(recipe.resolved())
          .containsPattern("(?m)^  %s: .* # ".formatted(key.substring(key.indexOf('.') + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "No",
        "null",
        "~",
        "",
        " ",
        "a ",
        " a",
        "1",
        "-1.5",
        "1e5",
        "010",
        "0x1F",
        ".nan",
        "a: b",
        "a #b",
        "#",
        "- a",
        "[a",
        "{a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%",
        "@",
        "`",
        "'",
        "\"",
        "it's",
        "a\nb",
        "a\tb",
        "a\\b",
        "=",
        "<<",
        "---",
        "...",
        "?",
        "2026-11-27",
        "12:30",
        "é 한 😀",
        "\u007F",
        "\u0085",
        "\u2028",
        "\u2029",
        "\uFEFF",
        "\u0000",
        "\uFFFE",
        "a  b",
        "a.b/c-d_e",
        "C:\\Users\\me",
        "Sci-Fi, \"B\" movie"
      })
  void anyTextKeepsWhatItIs(String text) {
    String quoted = escaped(Json.of(text).toString());
    var yaml = "task: classify\nabout: %s\ndata:\n  text: %s\n".formatted(quoted, quoted);

    var written = Recipe.parse("mine", yaml, "a.yaml", List.of());
    var again = Recipe.parse("mine", written.resolved(), "b.yaml", List.of());

    assertThat(written.settings().section("data").text("text")).isEqualTo(text);
    assertThat(again.settings().section("data").text("text")).isEqualTo(text);
    assertThat(again.about()).isEqualTo(text);
  }

  /// What YAML cannot hold as it is.
  private static String escaped(String json) {
    return json.codePoints()
        .mapToObj(c -> c < 0x7F || c > 0xFFFF ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }

  @Test
  void aRecipeOfARunIsCalledAsItsFolder(@TempDir Path folder) throws Exception {
    var file = Files.createDirectories(folder.resolve("mine-2")).resolve("recipe.yaml");
    Files.writeString(file, Recipe.load("names", List.of()).resolved());

    assertThat(Recipe.load(file.toString(), List.of()).name()).isEqualTo("mine-2");
  }

  @Test
  void aMereTaskIsCalledAsItsData() {
    for (var file : List.of("in/reviews.csv.gz", "reviews.jsonl", "./reviews.TXT", "reviews")) {
      assertThat(Recipe.load("classify", List.of("data.file=" + file)).name())
          .isEqualTo(file.endsWith("TXT") ? "reviews.TXT" : "reviews");
    }
    assertThat(Recipe.load("model-language", List.of()).name()).isEqualTo("model-language");
    assertThat(Recipe.load("names", List.of("data.file=reviews.csv")).name()).isEqualTo("names");
  }

  @Test
  void theCommandOfARecipeMakesItAgain() {
    var overrides = List.of("data.separator=;", "about=it's");

    assertThat(Recipe.load("names", overrides).command())
        .isEqualTo("sequor train names --set 'data.separator=;' --set 'about=it'\\''s'");
    assertThat(Recipe.parse("mine", "task: classify", "my/mine.yaml", List.of()).command())
        .isEqualTo("sequor train my/mine.yaml");
  }

  @Test
  void overridesReplaceValuesTheLastOneWins() {
    var overrides =
        List.of("model.cell=lstm", "data.fractions=[0.6, 0.2, 0.2]", "model.cell=rnn", "about=");

    var recipe = Recipe.load("names", overrides);

    assertThat(recipe.settings().section("model").text("cell")).isEqualTo("rnn");
    assertThat(recipe.settings().section("data").values().array("fractions").numbers())
        .containsExactly(0.6, 0.2, 0.2);
    assertThat(recipe.about()).isEmpty();
  }

  @Test
  void moreOverridesComeAfterThose() {
    var recipe = Recipe.load("names", List.of("model.cell=lstm", "model.layers=2"));

    var more = recipe.with(List.of("model.cell=rnn"));

    assertThat(more.differences(recipe)).isEqualTo("model.cell (\"lstm\", not \"rnn\")");
    assertThat(more.name()).isEqualTo("names");
    assertThat(more.command())
        .isEqualTo(
            "sequor train names --set model.cell=lstm --set model.layers=2 --set model.cell=rnn");
  }

  @Test
  void wordsNeedNoQuotesWhereWordsBelong() {
    var recipe = Recipe.load("names", List.of("data.text=2024", "data.label=true", "about=1.50"));

    assertThat(recipe.settings().section("data").text("text")).isEqualTo("2024");
    assertThat(recipe.settings().section("data").text("label")).isEqualTo("true");
    assertThat(recipe.about()).isEqualTo("1.50");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model:", "model: ~", "model: {}", "model: # nothing yet"})
  void aSectionWithoutKeysChangesNothing(String section) {
    var recipe = Recipe.parse("mine", "task: classify\n" + section, "mine.yaml", List.of());

    assertThat(recipe.settings().section("model").text("cell")).isEqualTo("gru");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          task: clasify                      | mine.yaml:1: task: expected one of classify, embed, forecast, model-language, multilabel, pretrain, regress, tag, translate, got "clasify"; did you mean "classify"?
          task: [classify]                   | mine.yaml:1: task: expected one of classify, embed, forecast, model-language, multilabel, pretrain, regress, tag, translate, got ["classify"]
          data: {set: names}                 | mine.yaml: task: expected one of classify, embed, forecast, model-language, multilabel, pretrain, regress, tag, translate, got ""
          task: classify; modle: {cell: gru} | mine.yaml:2: modle: no such key; there are data, tokens, model, loss, training, floor; did you mean "model"?
          task: classify; model: big         | mine.yaml:2: model: expected a section with keys, got "big"; write its keys below it, indented
          task: classify; about: {a: 1}      | mine.yaml:2: about: expected a sentence, got a section; write one
          task: classify; about: [a]         | mine.yaml:2: about: expected a sentence, got a list; write one
          task: classify; training: {epochs: many} | mine.yaml:2: training.epochs: expected a whole number from 1 to 1048576, got "many"
          task: classify; training: {optimizer: adan} | mine.yaml:2: training.optimizer: expected one of sgd, adam, adamw, adagrad, adadelta, rmsprop, got "adan"; did you mean "adam"?
          """)
  void whatMakesNoSenseIsRefusedAtItsLine(String lines, String message) {
    String yaml = lines.replace("; ", "\n");

    assertThatThrownBy(() -> Recipe.parse("mine", yaml, "mine.yaml", List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anUnknownKeyIsNamedWithItsNeighbours() {
    String yaml = "task: classify\n# bigger\nmodel:\n  hiden_size: 3\n";

    assertThatThrownBy(() -> Recipe.parse("mine", yaml, "mine.yaml", List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("mine.yaml:4: model.hiden_size: no such key in model; there are ")
        .hasMessageContaining("cell, ")
        .hasMessageEndingWith("; did you mean \"hidden_size\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.hidden_size    | --set: expected key=value, such as model.hidden_size=64, got 'model.hidden_size'; write it so
          =3                   | --set: expected key=value, such as model.hidden_size=64, got '=3'
          model.hiden_size=3   | --set: model.hiden_size: no such key in model; there are
          hidden_size=3        | --set: hidden_size: no such key; there are data,
          model..cell=lstm     | --set: model.: no such key in model; there are
          .=1                  | --set: : no such key; there are
          model.cell.kind=lstm | --set: model.cell: expected one of
          model=3              | --set: model: expected a section with keys, got 3
          about=[1             | --set: expected a value as in YAML, got '[1'; put it in quotes
          about=[1]            | --set: about: expected a sentence, got a list
          about=&a b           | --set: expected a value as in YAML, got '&a b'; put it in quotes
          task=model-language  | --set: task: expected 'classify', got another; take a recipe of that task instead
          training.learning_rate=0,01 | --set: training.learning_rate: expected a number from 1.0E-12 to 1000, got "0,01"; write a point: 0.01
          training.learning_rate=.nan | --set: training.learning_rate: expected a number from 1.0E-12 to 1000, got ".nan"
          training.learning_rate=0    | --set: training.learning_rate: expected a number from 1.0E-12 to 1000, got 0
          model.bidirectional=yes     | --set: model.bidirectional: expected true or false, got "yes"; write true or false
          """)
  void overridesThatMakeNoSenseAreRefused(String override, String message) {
    assertThatThrownBy(() -> Recipe.load("names", List.of(override)))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aRecipeThatIsNowhereIsSaidSo() {
    assertThatThrownBy(() -> Recipe.load("nmaes", List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "recipe: expected one of %s, %s, or a .yaml file, got"
                    .formatted(
                        String.join(", ", Recipe.catalogue()), String.join(", ", Recipe.tasks()))
                + " 'nmaes'; did you mean \"names\"?");
    assertThatThrownBy(() -> Recipe.load("no-such.yaml", List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage("recipe: expected a file, got no no-such.yaml; check the path");
    assertThatThrownBy(() -> Recipe.load("a\u0000.yaml", List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("recipe: expected the path of a file, got 'a");
  }

  @Test
  void aFolderIsNoRecipe(@TempDir Path folder) throws Exception {
    var directory = Files.createDirectories(folder.resolve("recipes.yaml"));

    assertThatThrownBy(() -> Recipe.load(directory.toString(), List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage("recipe: expected a file, got the folder %s; name a file in it", directory);
  }

  @Test
  void aFileThatIsNoTextIsRefused(@TempDir Path folder) throws Exception {
    var file = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xC3, 0x28});

    assertThatThrownBy(() -> Recipe.load(file.toString(), List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage(file + ": expected text in UTF-8, got other bytes; save it as UTF-8");
  }

  @Test
  void aHugeFileIsNotReadWhole(@TempDir Path folder) throws Exception {
    var file = folder.resolve("huge.yaml");
    try (var huge = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(3L << 30); // a hole: it takes no room on the disk
    }

    assertThatThrownBy(() -> Recipe.load(file.toString(), List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(file + ": expected a recipe of at most ")
        .hasMessageEndingWith("is it the right file?");
  }

  @Test
  void differencesNameWhatWasChanged() {
    var before = Recipe.load("names", List.of());
    var after = Recipe.load("names", List.of("model.hidden_size=3", "training.weight_decay=5e-2"));

    assertThat(after.differences(before)).isEqualTo("model.hidden_size (96, not 3)");
    assertThat(before.differences(before)).isEmpty();
  }
}
