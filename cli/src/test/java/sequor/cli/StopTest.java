package sequor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A training that a user stops can go on, and says how.
class StopTest {
  private static final String[] LONG = {
    "--set", "training.epochs=100000", "--set", "training.patience=100000"
  };

  @TempDir Path folder;

  /// With a recipe, and with a file of one's own, at which it looks again.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTrainingThatIsStoppedSaysHowToGoOn(boolean own) throws Exception {
    var run = folder.resolve("a run");
    var begun = new ArrayList<String>();
    if (own) {
      Files.writeString(folder.resolve("own.csv"), rows());
      begun.addAll(List.of("train", "classify", "--data", folder.resolve("own.csv").toString()));
    } else {
      var recipe = Program.recipe(folder, "words", "classify", "language").toString();
      begun.addAll(List.of("train", recipe));
    }
    begun.addAll(List.of(LONG));
    begun.addAll(List.of("--out", run.toString()));

    assertThat(stopped(begun, "epoch   2"))
        .contains(
            "sequor: stopped; go on with: sequor "
                + String.join(" ", begun).replace(run.toString(), "'" + run + "'")
                + " --resume");
    assertThat(run.resolve("checkpoints")).isNotEmptyDirectory();
    assertThat(run.resolve("model")).doesNotExist();

    begun.add("--resume");
    assertThat(stopped(begun, "epoch   5")).noneMatch(line -> line.startsWith("epoch   1 "));
  }

  private static String rows() {
    var rows = new StringBuilder("text,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append("good film %d,pos\nbad film %d,neg\n".formatted(i, i));
    }
    return rows.toString();
  }

  /// Stops a command when a line begins so.
  ///
  /// @return what it said
  private static List<String> stopped(List<String> command, String begin) throws Exception {
    var child = start(command);
    var said = new ArrayList<String>();
    try (var out = reader(child.getInputStream());
        var err = reader(child.getErrorStream())) {
      String line = err.readLine();
      while (!String.valueOf(line).startsWith(begin)) {
        assertThat(line).as(String.join("\n", said)).isNotNull();
        said.add(line);
        line = err.readLine();
      }
      child.toHandle().destroy(); // what Ctrl-C and kill do
      err.lines().forEach(said::add);
      assertThat(out.lines()).isEmpty();
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(child.exitValue()).isNotZero();
    return said;
  }

  private static Process start(List<String> arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).start();
  }

  private static BufferedReader reader(java.io.InputStream in) {
    return new BufferedReader(new InputStreamReader(in, UTF_8));
  }
}
