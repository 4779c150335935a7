package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.recipes.Recipe;

/// `sequor recipe list · show · init`
class RecipeVerbTest {
  @TempDir Path folder;

  @Test
  void listNamesAllRecipesAndTasks() {
    var listed = Program.run("recipe", "list", "--json").objects();

    assertThat(listed).extracting(one -> one.text("name")).contains("names", "classify");
    assertThat(listed).hasSize(Recipe.catalogue().size() + Recipe.tasks().size());
    assertThat(listed)
        .allSatisfy(one -> assertThat(one.text("kind")).isIn("recipe", "task"))
        .allSatisfy(one -> assertThat(one.text("about")).isNotBlank());
    assertThat(Program.run("recipe", "list").lines())
        .hasSize(listed.size())
        .anyMatch(line -> line.startsWith("names   "))
        .anyMatch(line -> line.matches("classify +a task: .*"));
  }

  @Test
  void showPrintsEveryKeyWithItsComment() {
    var shown = Program.run("recipe", "show", "names", "--set", "model.cell=rnn");

    assertThat(shown.code()).isZero();
    assertThat(shown.out())
        .contains("task: classify", "  cell: rnn ", "  seed: 1 ", "  learning_rate: 0.003 ")
        .containsPattern("hidden_size: 96 +# ");
    var object = Program.run("recipe", "show", "names", "--json").objects().getFirst();
    assertThat(object.names()).containsExactly("name", "task", "about", "settings");
    assertThat(object.object("settings").object("model").text("cell")).isEqualTo("gru");
  }

  @Test
  void showTakesTasksAndFiles() throws IOException {
    var file = Program.recipe(folder, "mine", "classify", "language");

    assertThat(Program.run("recipe", "show", "model-language").out())
        .startsWith("task: model-language");
    assertThat(Program.run("recipe", "show", file.toString()).out()).contains("hidden_size: 7 ");
  }

  @Test
  void initWritesAFileToEdit() throws IOException {
    var file = folder.resolve("new/mine.yaml");

    var written = Program.run("recipe", "init", "surname-best", file.toString(), "--json");

    assertThat(written.objects().getFirst().text("file")).isEqualTo(file.toString());
    assertThat(Recipe.load(file.toString(), List.of()).flat())
        .isEqualTo(Recipe.load("surname-best", List.of()).flat());
    Files.writeString(file, "mine");
    var again = Program.run("recipe", "init", "names", file.toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains(file + ": expected no file there, got one; name another");
    assertThat(file).hasContent("mine");
  }

  @Test
  void withoutAVerbItsHelpIsShown() {
    assertThat(Program.run("recipe").out()).contains("list", "show", "init");
  }
}
