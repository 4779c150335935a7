package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.settings.SettingsException;

class VariantsTest {
  private static final String BOTH =
      """
      variants:
        small: {model.hidden_size: 3, training.epochs: 1}
        plain:
          model.cell: rnn
      """;

  @TempDir Path folder;
  private Path words;

  @BeforeEach
  void write() throws IOException {
    words = Toy.words(folder);
  }

  private Recipe recipe(String variants, String... overrides) {
    String yaml = Toy.classifier(words).resolved() + variants;
    return Recipe.parse("toy", yaml, "toy.yaml", List.of(overrides));
  }

  /// One that can be loaded again, as variants are.
  private Recipe saved(String variants, String... overrides) throws IOException {
    var file = Files.writeString(folder.resolve("toy.yaml"), recipe(variants).resolved());
    return Recipe.load(file.toString(), List.of(overrides));
  }

  @Test
  void eachChangesWhatItSays() throws IOException {
    var recipe = saved(BOTH);
    var variants = recipe.variants();

    assertThat(variants).extracting(Recipe::name).containsExactly("toy-small", "toy-plain");
    assertThat(variants).extracting(Recipe::variant).containsExactly("small", "plain");
    assertThat(recipe.differences(variants.get(0)))
        .isEqualTo("model.hidden_size (3, not 7), training.epochs (1, not 3)");
    assertThat(recipe.differences(variants.get(1))).isEqualTo("model.cell (\"rnn\", not \"gru\")");
    assertThat(variants.get(0).variants()).isEmpty();
    assertThat(variants.get(0).resolved()).doesNotContain("variants:");
    assertThat(variants.get(1).command()).endsWith("toy.yaml --variant plain");
  }

  @Test
  void whatTheUserSetsHoldsForAll() throws IOException {
    var recipe = saved(BOTH, "training.epochs=2", "model.embedding_size=4");
    assertThat(recipe.variants())
        .allSatisfy(
            variant ->
                assertThat(variant.flat().toString())
                    .contains("training.epochs=2", "model.embedding_size=4"));
    assertThat(recipe.with(List.of("training.seed=3")).variants()).hasSize(2);
    assertThat(recipe.variants().getFirst().with(List.of("training.seed=3")).name())
        .isEqualTo("toy-small");
  }

  @Test
  void aRecipeWithoutHasNone() {
    assertThat(recipe("").variants()).isEmpty();
    assertThat(recipe("").variant()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          variants: 3                    | variants: expected names with changes below
          'variants: {a: 3}'             | variants.a: expected names with changes below
          'variants: {"a/b": {}}'        | variants: expected names of letters, digits and -, got 'a/b'
          'variants: [a, b]'             | variants: expected names with changes below
          """)
  void whatIsNoVariantIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> recipe(yaml + "\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageMatching("toy\\.yaml:\\d+: .*")
        .hasMessageContaining(message);
  }

  @Test
  void aKeyThatDoesNotExistIsToldByItsLine() throws IOException {
    var recipe = saved("variants:\n  a: {model.cel: gru}\n");
    assertThatThrownBy(recipe::variants)
        .isInstanceOf(SettingsException.class)
        .hasMessageMatching("(?s).*toy\\.yaml:\\d+: model\\.cel: no such key in model.*");
    assertThatThrownBy(() -> recipe.variant("b"))
        .hasMessage("--variant: expected one of a, got 'b'; did you mean \"a\"?");
    assertThatThrownBy(() -> saved("").variant("b"))
        .hasMessage("--variant: expected none, for the recipe has no variants, got 'b'");
  }

  @Test
  void reproducedTheyAreOneTable() throws IOException {
    var recipe = saved(BOTH);
    var reproduction = Toy.reproduction(folder);
    for (var variant : recipe.variants()) {
      reproduction.train(variant, new Run.Listener() {});
      assertThat(reproduction.folder(variant)).hasFileName(variant.name());
    }
    assertThat(reproduction.page(List.of(recipe)))
        .contains("## toy\n\nLooks at toy words.\n\n| variant | accuracy | 95 % | parameters |")
        .contains("\n| small | ", "\n| plain | ", "- floor: naive Bayes", "toy.yaml`\n")
        .doesNotContain("[toy");
  }
}
