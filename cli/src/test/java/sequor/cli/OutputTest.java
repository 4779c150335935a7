package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of every verb: with `--json` nothing but objects on standard output, a reader that goes is no
/// failure, and results that are lost are one.
class OutputTest {
  @TempDir static Path folder;

  private static int count;

  @BeforeAll
  static void train() throws IOException {
    var words = Program.recipe(folder, "words", "classify", "language");
    Program.trained(words, folder.resolve("runs/words"), "--set", "training.epochs=1");
    var model = Program.recipe(folder, "model", "model-language", "");
    Program.trained(model, folder.resolve("runs/model"), "--set", "training.epochs=1");
  }

  private static String[] words(String command) {
    return command
        .replace("NEW", folder.resolve("new-" + count++).toString())
        .replace("RECIPE", folder.resolve("words.yaml").toString())
        .replace("WORDS", folder.resolve("runs/words").toString())
        .replace("MODEL", folder.resolve("runs/model").toString())
        .replace("RUNS", folder.resolve("runs").toString())
        .replace("TABLE", folder.resolve("words.csv").toString())
        .split(" ", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train RECIPE --set training.epochs=1 --out NEW",
        "train RECIPE --check",
        "evaluate WORDS",
        "evaluate MODEL",
        "evaluate WORDS --data TABLE",
        "predict WORDS abab ikik",
        "predict WORDS --file TABLE",
        "predict MODEL abab",
        "generate MODEL --max-tokens 9",
        "recipe list",
        "recipe show names",
        "recipe init names NEW.yaml",
        "data list",
        "data show surnames",
        "data fetch names",
        "runs --in RUNS",
        "runs --in RUNS --diff --sort accuracy --where task=classify",
        "bench step --batch 2 --time 2 --embed 4 --hidden 4 --steps 1 --repeat 1 --warm-up 0",
        "bench predict --time 2 --embed 4 --hidden 4 --rounds 1 --repeat 1 --warm-up 0",
        "bench peak --threads 1 --size 8x8x8 --rounds 1 --warm-up 0",
        "doctor",
      })
  void resultsAreObjectsAndNothingElse(String command) throws IOException {
    var program = Program.run(words(command + " --json"));

    assertThat(program.err()).isEmpty();
    assertThat(program.code()).isZero();
    assertThat(program.objects()).isNotEmpty();
    assertThat(Program.run(words(command + " -q")).err()).isEmpty();
    requireQuiet(command);
    requireQuiet(command + " --json");
  }

  /// What the shell does to `| head -1`.
  private static void requireQuiet(String command) throws IOException {
    var err = new StringWriter();
    try (var pipe = closing("Broken pipe")) {
      int code = Main.run(pipe, new PrintWriter(err, true), words(command + " -q"));

      assertThat(err.toString()).as(command).isEmpty();
      assertThat(code).as(command).isZero();
    }
  }

  @Test
  void resultsThatAreLostAreAFailure() throws IOException {
    var err = new StringWriter();
    try (var disk = closing("No space left on device")) {
      int code = Main.run(disk, new PrintWriter(err, true), words("predict WORDS abab"));

      assertThat(code).isEqualTo(1);
      assertThat(err.toString())
          .isEqualTo(
              "sequor: standard output: expected to write all results, got No space left on device;"
                  + " look at its disk\n");
    }
  }

  @Test
  void aTableIsNotReadToItsEndForNobody() throws IOException {
    var table = folder.resolve("endless.csv");
    Files.writeString(table, "word\n" + "abab\n".repeat(3000) + "a,row,too,long\n");
    var err = new StringWriter();
    try (var pipe = closing("Broken pipe")) {
      String[] predict = {"predict", folder + "/runs/words", "--file", table.toString()};

      assertThat(Main.run(pipe, new PrintWriter(err, true), predict)).isZero();
    }
    assertThat(err.toString()).isEmpty();
  }

  private static OutputStream closing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
