package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sequor runs`
class RunsTest {
  @TempDir static Path folder;

  private static String runs;

  @BeforeAll
  static void train() throws IOException {
    runs = folder.resolve("runs").toString();
    var words = Program.recipe(folder, "words", "classify", "language");
    Program.trained(words, folder.resolve("runs/good"));
    Program.trained(
        words, folder.resolve("runs/bad"), "--set", "training.learning_rate=1e-6", "--seed", "5");
    var model = Program.recipe(folder, "model", "model-language", "");
    Program.trained(model, folder.resolve("runs/model"), "--set", "training.epochs=1");
    var begun = Files.createDirectories(folder.resolve("runs/begun"));
    Files.copy(folder.resolve("runs/good/recipe.yaml"), begun.resolve("recipe.yaml"));
  }

  @Test
  void theyStandSideBySide() {
    assertThat(Program.run("runs", "--in", runs, "--json").objects())
        .extracting(run -> run.flag("finished"))
        .containsExactly(true, false, true, true);
    assertThat(Program.run("runs", "--in", runs).out())
        .containsPattern("begun +not finished; sequor train --resume goes on with it")
        .containsPattern("good +accuracy [01]\\.\\d{4}  macro_f1")
        .contains("nats_per_char ");
  }

  @Test
  void noneIsSaidOnStandardError() {
    var none = Program.run("runs", "--in", folder.resolve("none").toString());

    assertThat(none.out()).isEmpty();
    assertThat(none.err()).startsWith("no runs in ").contains("sequor train names makes one");
    assertThat(Program.run("runs", "--in", folder.resolve("none").toString(), "--json").out())
        .isEmpty();
    assertThat(Program.run("runs", "--in", runs, "--where", "model.cell=rnn"))
        .isEqualTo(new Program(0, "", "no runs in %s with model.cell=rnn%n".formatted(runs)));
  }

  @Test
  void theBestComesFirst() {
    assertThat(Program.run("runs", "--in", runs, "--sort", "loss", "--json").objects())
        .extracting(run -> run.text("run"))
        .startsWith(runs + "/good", runs + "/bad");
    assertThat(Program.run("runs", "--in", runs, "--sort", "accuracy").lines().getLast())
        .contains("begun");
  }

  @Test
  void conditionsAreAllOfThem() {
    assertThat(
            Program.run(
                    "runs",
                    "--in",
                    runs,
                    "--where",
                    "task=classify",
                    "--where",
                    "training.seed=5",
                    "--json")
                .objects())
        .extracting(run -> run.text("run"))
        .containsExactly(runs + "/bad");
  }

  @Test
  void onlySettingsThatDifferAreColumns() {
    var table =
        Program.run("runs", "--in", runs, "--where", "task=classify", "--diff", "--sort", "loss");

    assertThat(table.lines()).hasSize(4);
    assertThat(table.lines().getFirst())
        .matches("run +training.learning_rate +training.seed +accuracy +macro_f1 +loss");
    assertThat(table.lines().get(1)).matches(".*/good +0.03 +1 +[01]\\.\\d{4} .*");
    assertThat(table.lines().get(2)).matches(".*/bad +1e-6 +5 +[01]\\.\\d{4} .*");
    assertThat(table.lines().get(3)).matches(".*/begun +0.03 +1 +– +– +–");
    assertThat(
            Program.run("runs", "--in", runs, "--diff", "--where", "training.seed=5", "--json")
                .objects()
                .getFirst()
                .has("settings"))
        .isFalse();
  }
}
