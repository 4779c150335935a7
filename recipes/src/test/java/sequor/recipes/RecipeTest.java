package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  static List<String> catalogue() {
    return Recipe.catalogue();
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void everyRecipeOfTheCatalogueLoadsAndSaysWhatItIs(String name) {
    var recipe = Recipe.load(name, List.of());

    assertThat(recipe.name()).isEqualTo(name);
    assertThat(recipe.about()).endsWith(".");
    assertThat(recipe.task()).isIn("classify", "model-language");
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void whatIsResolvedLoadsAgainAsTheSame(String name) {
    var recipe = Recipe.load(name, List.of("training.learning_rate=1e-5", "about='a: b # \"c\"'"));

    var again = Recipe.parse(name, recipe.resolved(), "again.yaml", List.of());

    assertThat(recipe.differences(again)).isEmpty();
    assertThat(again.resolved()).isEqualTo(recipe.resolved());
  }

  @Test
  void aRecipeOfARunIsCalledAsItsFolder(@TempDir Path folder) throws Exception {
    var file = Files.createDirectories(folder.resolve("mine-2")).resolve("recipe.yaml");
    Files.writeString(file, Recipe.load("names", List.of()).resolved());

    assertThat(Recipe.load(file.toString(), List.of()).name()).isEqualTo("mine-2");
  }

  @Test
  void aMereTaskIsCalledAsItsData() {
    assertThat(Recipe.load("classify", List.of("data.file=in/reviews.csv.gz")).name())
        .isEqualTo("reviews");
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

    var settings = Recipe.load("names", overrides).settings();

    assertThat(settings.section("model").text("cell")).isEqualTo("rnn");
    assertThat(settings.section("data").numbers("fractions")).containsExactly(0.6, 0.2, 0.2);
    assertThat(settings.text("about")).isEmpty();
  }

  @Test
  void wordsNeedNoQuotesWhereWordsBelong() {
    var data = Recipe.load("names", List.of("data.text=2024", "data.label=true")).settings();

    assertThat(data.section("data").text("text")).isEqualTo("2024");
    assertThat(data.section("data").text("label")).isEqualTo("true");
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
          task: clasify                      | mine.yaml:1: task: expected one of classify, model-language, found 'clasify'; did you mean "classify"?
          task: [classify]                   | mine.yaml:1: task: expected one of classify, model-language, found '[classify]'
          data: {set: names}                 | mine.yaml: task: expected one of classify, model-language, found ''
          task: classify; modle: {cell: gru} | mine.yaml:2: modle: no such key; there are task, about, data, tokens, model, training; did you mean "model"?
          task: classify; model: big         | mine.yaml:2: model: expected a section with keys cell, embedding_size,
          task: classify; about: {a: 1}      | mine.yaml:2: about: expected a value such as '', found a section with keys a
          task: classify; about: a; about: b | mine.yaml:3: expected each key once, found 'about' again; mend that line
          task: classify; model: [rnn        | mine.yaml:2: expected YAML, found a fault: while parsing a flow sequence, expected ',' or ']', but got <stream end>; mend that line
          task: classify; ---; task: x       | mine.yaml:2: expected YAML, found a fault: expected a single document in the stream, but found another document; mend that line
          task: classify; about: !!java.io.File [x] | mine.yaml:2: expected YAML, found a fault: Global tag is not allowed
          task: classify; data: &d {set: a}; model: *d | mine.yaml: expected YAML, found a fault: Number of aliases for non-scalar nodes exceeds
          [a, b]                             | mine.yaml: expected keys with values, such as 'task: classify', found none
          ''                                 | mine.yaml: expected keys with values, such as 'task: classify', found none
          """)
  void whatIsNoRecipeIsRefusedAtItsLine(String lines, String message) {
    String yaml = lines.replace("; ", "\n");

    assertThatThrownBy(() -> Recipe.parse("mine", yaml, "mine.yaml", List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anUnknownKeyIsNamedWithItsNeighbours() {
    String yaml = "task: classify\n# bigger\nmodel:\n  hiden_size: 3\n";

    assertThatThrownBy(() -> Recipe.parse("mine", yaml, "mine.yaml", List.of()))
        .hasMessageStartingWith(
            "mine.yaml:4: model.hiden_size: no such key in model; there are cell, embedding_size,"
                + " hidden_size, layers, ")
        .hasMessageEndingWith("; did you mean \"hidden_size\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.hidden_size    | --set: expected key=value, such as model.hidden_size=64, found 'model.hidden_size'
          =3                   | --set: expected key=value, such as model.hidden_size=64, found '=3'
          model.hiden_size=3   | --set: model.hiden_size: no such key in model; there are
          hidden_size=3        | --set: hidden_size: no such key; there are task, about,
          model..cell=lstm     | --set: model.: no such key in model; there are
          .=1                  | --set: : no such key; there are
          model.cell.kind=lstm | --set: model.cell: expected a value such as 'gru', found a section with keys kind
          model=3              | --set: model: expected a section with keys cell,
          about=[1             | --set: expected a value as in YAML, found '[1'; put it in quotes
          task=model-language  | --set: task: expected 'classify', found 'model-language'; take a recipe of that task instead
          """)
  void overridesThatMakeNoSenseAreRefused(String override, String message) {
    assertThatThrownBy(() -> Recipe.load("names", List.of(override)))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nmaes           | recipe: expected one of names, surname-elman, surname-best, surname-generate, surname-generate-conditioned, classify, model-language, or a .yaml file, found 'nmaes'; did you mean "names"?
          no-such.yaml    | recipe: no file no-such.yaml; check the path
          """)
  void recipesThatAreNowhereAreSaidSo(String name, String message) {
    assertThatThrownBy(() -> Recipe.load(name, List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage(message);
  }

  @Test
  void aFileThatIsNoTextIsRefused(@TempDir Path folder) throws Exception {
    var file = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xC3, 0x28});

    assertThatThrownBy(() -> Recipe.load(file.toString(), List.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("expected a readable UTF-8 file, found " + file);
  }

  @Test
  void differencesNameWhatWasChanged() {
    var before = Recipe.load("names", List.of());
    var after = Recipe.load("names", List.of("model.hidden_size=3", "about=other"));

    assertThat(after.differences(before)).contains("model.hidden_size (96, not 3)", "about (");
  }
}
