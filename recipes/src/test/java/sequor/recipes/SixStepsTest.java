package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chapter "From 82 to 92 % in six steps" says what the recipe does, and its table can be had
/// on a small set.
class SixStepsTest {
  private static final Path PAGE = Path.of("../docs/guide/six-steps.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d-[a-z-]+) \\| (.*) \\| (0\\.\\d{4}) \\| .* \\|");
  private static final Pattern SETTING = Pattern.compile("`([a-z_.]+): ([^`]+)`");

  @TempDir Path folder;

  /// The rows of the table: name, what is added, accuracy.
  private static List<List<String>> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE))
        .results()
        .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  @Test
  void everyRowAddsWhatTheRecipeAdds() throws IOException {
    var variants = Recipe.load("imdb-steps", List.of()).variants();
    var rows = rows();
    assertThat(rows).extracting(List::getFirst).isEqualTo(names(variants));
    for (int i = 0; i < rows.size(); i++) {
      var now = variants.get(i).flat();
      var said = new TreeSet<String>();
      SETTING
          .matcher(rows.get(i).get(1))
          .results()
          .forEach(
              setting -> {
                said.add(setting.group(1));
                assertThat(now.get(setting.group(1)))
                    .isEqualTo(RecipeText.value(setting.group(2), "page"));
              });
      if (i > 0) {
        var before = variants.get(i - 1).flat();
        var changed = new TreeSet<String>();
        now.forEach(
            (key, value) -> {
              if (before.containsKey(key) && !Recipe.isSame(value, before.get(key))) {
                changed.add(key);
              }
            });
        assertThat(said).as(rows.get(i).getFirst()).isEqualTo(changed);
      }
    }
  }

  @Test
  void everyStepIsBetterThanTheOneBefore() throws IOException {
    var figures = rows().stream().map(row -> Double.valueOf(row.getLast())).toList();
    assertThat(figures).hasSize(6).isSorted();
  }

  @Test
  void theTableIsMadeOnASmallSet() throws IOException {
    var lines = new ArrayList<>(List.of("review,sentiment"));
    for (int i = 0; i < 60; i++) {
      lines.add("<br />Film %d is not good at all; it is dull.,0".formatted(i));
      lines.add("<br />Film %d is good and not dull at all!,1".formatted(i));
    }
    var file = Files.write(folder.resolve("reviews.csv"), lines);
    var recipe =
        Recipe.load(
            "imdb-steps",
            List.of(
                Recipe.override("data.file", file.toString()),
                "data.split=",
                "data.fractions=[0.6, 0.2, 0.2]",
                "model.buckets=1000",
                "training.learning_rate=0.02"));
    var reproduction = Toy.reproduction(folder);
    for (var variant : recipe.variants()) {
      reproduction.train(variant, new Run.Listener() {});
    }
    var table = reproduction.page(List.of(recipe));
    for (var name : names(recipe.variants())) {
      assertThat(table).containsPattern("\\| " + name + " \\| (0\\.[6-9]|1\\.0)");
    }
  }

  private static List<String> names(List<Recipe> variants) {
    return variants.stream().map(Recipe::variant).toList();
  }
}
