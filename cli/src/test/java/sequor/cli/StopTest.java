package sequor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that a user stops can go on, and says how.
class StopTest {
  private static final String[] LONG = {
    "--set", "training.epochs=100000", "--set", "training.patience=100000"
  };

  @TempDir Path folder;

  @Test
  void aTrainingThatIsStoppedSaysHowToGoOn() throws Exception {
    var run = folder.resolve("a run");
    var child = start(Program.recipe(folder, "words", "classify", "language"), run);

    try (var out = reader(child.getInputStream());
        var err = reader(child.getErrorStream())) {
      String line = err.readLine();
      while (!String.valueOf(line).startsWith("epoch   2")) {
        assertThat(line).isNotNull();
        line = err.readLine();
      }
      child.toHandle().destroy(); // what Ctrl-C and kill do
      assertThat(err.lines())
          .anySatisfy(
              hint ->
                  assertThat(hint)
                      .isEqualTo(
                          "sequor: stopped; go on with: sequor train "
                              + folder.resolve("words.yaml")
                              + " --set training.epochs=100000 --set training.patience=100000"
                              + " --out '"
                              + run
                              + "' --resume"));
      assertThat(out.lines()).isEmpty();
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(child.exitValue()).isNotZero();
    assertThat(run.resolve("checkpoints")).isNotEmptyDirectory();
    assertThat(run.resolve("model")).doesNotExist();
  }

  private static Process start(Path recipe, Path run) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "--add-modules=jdk.incubator.vector",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            recipe.toString(),
            LONG[0],
            LONG[1],
            LONG[2],
            LONG[3],
            "--out",
            run.toString())
        .start();
  }

  private static BufferedReader reader(java.io.InputStream in) {
    return new BufferedReader(new InputStreamReader(in, UTF_8));
  }
}
