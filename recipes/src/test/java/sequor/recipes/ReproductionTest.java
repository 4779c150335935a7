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
import sequor.settings.SettingsException;
import sequor.train.TrainingListener;

class ReproductionTest {
  @TempDir Path folder;
  private Path words;
  private Reproduction reproduction;

  @BeforeEach
  void begin() throws IOException {
    words = Toy.words(folder);
    reproduction = Toy.reproduction(folder);
  }

  private Recipe recipe(String goal, String... overrides) {
    String yaml =
        Toy.classifier(words).resolved()
            + """
            figures:
              metric: macro_f1
              book: 42 %%
              best: see the paper
              goal: %s
            """
                .formatted(goal);
    return Recipe.parse("toy", yaml, "toy.yaml", List.of(overrides));
  }

  @Test
  void whatIsTrainedIsNotTrainedAnew() throws IOException {
    var recipe = recipe("0.5");
    var listener = new Run.Listener() {};

    assertThat(reproduction.train(recipe, listener)).isTrue();
    assertThat(reproduction.train(recipe, listener)).isFalse();

    String page = reproduction.page(List.of(recipe));
    String row = page.lines().filter(line -> line.startsWith("| [toy]")).findFirst().orElseThrow();
    assertThat(row).startsWith("| [toy](#toy) | macro_f1 | ");
    assertThat(row).contains(" | 42 % | see the paper | ≥ 0.5, reached | ");
    assertThat(page).contains("- command: `sequor train toy.yaml`", "- seed: 1", "words.csv");
    assertThat(page).contains("- computed with: java ");
  }

  @Test
  void aGoalThatIsMissedIsSaid() throws IOException {
    var recipe = recipe("1.5");
    reproduction.train(recipe, new Run.Listener() {});
    assertThat(reproduction.page(List.of(recipe))).contains("| ≥ 1.5, **not reached** |");
  }

  @Test
  void whatWasStoppedGoesOn() throws IOException {
    var recipe = recipe("0.5");
    var stop =
        new Run.Listener() {
          @Override
          public void epochEnded(TrainingListener.Epoch epoch) {
            if (epoch.number() == 2) {
              throw new IllegalStateException("stopped");
            }
          }
        };
    assertThatThrownBy(() -> reproduction.train(recipe, stop)).hasMessage("stopped");
    assertThat(reproduction.page(List.of(recipe))).doesNotContain("[toy]");

    assertThat(reproduction.train(recipe, new Run.Listener() {})).isTrue();
    assertThat(reproduction.page(List.of(recipe))).contains("| more than 0 s |");
  }

  @Test
  void aRunOfWhatIsAnotherRecipeByNowIsRefused() throws IOException {
    reproduction.train(recipe("0.5"), new Run.Listener() {});
    var other = recipe("0.5", "model.hidden_size=8");
    assertThatThrownBy(() -> reproduction.train(other, new Run.Listener() {}))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("got one of another: model.hidden_size (7, not 8); delete it");
  }

  @Test
  void aResultOutlivesItsRun() throws IOException {
    var recipe = recipe("0.5");
    reproduction.train(recipe, new Run.Listener() {});
    String page = reproduction.page(List.of(recipe));
    Leftovers.delete(folder.resolve("runs"));

    assertThat(reproduction.train(recipe, new Run.Listener() {})).isFalse();
    assertThat(reproduction.page(List.of(recipe))).isEqualTo(page);
  }

  @Test
  void aResultOfWhatIsAnotherRecipeByNowIsNotShown() throws IOException {
    reproduction.train(recipe("0.5"), new Run.Listener() {});
    var other = recipe("0.5", "model.hidden_size=8");
    assertThat(reproduction.page(List.of(other))).doesNotContain("[toy]");
    Leftovers.delete(folder.resolve("runs"));

    assertThat(reproduction.train(other, new Run.Listener() {})).isTrue();
    assertThat(reproduction.page(List.of(other))).contains("[toy]");
  }

  @Test
  void figuresThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> recipe("high"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("goal: expected a number, such as 0.88, got \"high\"");
    assertThatThrownBy(() -> Recipe.parse("a", "task: classify\nfigures: 3", "a.yaml", List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("a.yaml:2: figures: expected a section, got a value");
    assertThatThrownBy(
            () -> Recipe.parse("a", "task: classify\nfigures:\n  bok: 3", "a.yaml", List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("a.yaml:3: figures.bok: no such key in figures");
  }

  @Test
  void theFiguresOfACatalogueRecipeStandInItsRun() throws IOException {
    var recipe = recipe("0.5");
    reproduction.train(recipe, new Run.Listener() {});
    var written = reproduction.folder(recipe).resolve("recipe.yaml");
    assertThat(Files.readString(written)).contains("metric: macro_f1");
    assertThat(Recipe.load(written.toString(), List.of()).figures()).isEqualTo(recipe.figures());
  }
}
