package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sequor.data.DataFinder;

/// What stands in `docs/results.md` is what the recipes of the catalogue, as they are now, got.
class ResultsTest {
  private static final Path DOCS = Path.of("..", "docs");

  private final List<Recipe> catalogue =
      Recipe.catalogue().stream().map(name -> Recipe.load(name, List.of())).toList();
  private final Reproduction reproduction =
      new Reproduction(
          Path.of("no-runs"),
          DOCS.resolve("results"),
          DataFinder.of(Map.of(), Path.of("no-such-home")),
          InstantSource.system());

  @Test
  void eachResultIsOfARecipeAsItIs() throws IOException {
    var known = new TreeSet<String>();
    for (var recipe : catalogue) {
      for (var training : recipe.trainings()) {
        reproduction.result(training).ifPresent(result -> known.add(training.name() + ".json"));
      }
    }
    try (var files = Files.list(DOCS.resolve("results"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("after a change of a recipe: ./sequor reproduce RECIPE, or delete its result")
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @Test
  void thePageSaysWhatTheResultsSay() throws IOException {
    assertThat(Files.readString(DOCS.resolve("results.md")))
        .isEqualTo(reproduction.page(catalogue));
  }
}
