package sequor.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Same seed, same bits: for any number of threads, and wherever a training was stopped.
class ResumeTest {
  /// 90 batches an epoch, so that the checkpoint of step 250 lies within the third of four.
  private static final String[] SETTINGS = {
    "training.batch_size=1", "training.epochs=4", "training.learning_rate=0.003",
    "training.schedule=plateau", "training.step_epochs=1", "model.dropout=0.2"
  };

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path words;
  private static byte[] expected;

  @BeforeAll
  static void train() throws IOException {
    words = Toy.words(shared);
    Toy.train(recipe(words), shared.resolve("whole"));
    expected = Toy.weights(shared.resolve("whole"));
  }

  private static Recipe recipe(Path words) {
    return Toy.classifier(words, SETTINGS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anyNumberOfThreadsComesToTheSameBits(int threads) throws IOException {
    String before = Machine.facts().get("threads");
    Machine.threads(threads);
    try {
      Toy.train(recipe(words), folder.resolve("run"));
    } finally {
      Machine.threads(Integer.parseInt(String.valueOf(before)));
    }
    assertThat(Toy.weights(folder.resolve("run"))).isEqualTo(expected);
  }

  /// With batches that are accumulated and weights that are averaged too, and where a long text is
  /// carried on.
  @ParameterizedTest
  @ValueSource(strings = {"texts", "chunks", "carried"})
  void everySettingGoesOnToTheSameBits(String reading) throws IOException {
    String[] settings = {
      "data.reading=" + reading,
      "data.steps=3",
      "training.batch_size=1",
      "training.epochs=5",
      "training.accumulate=2",
      "training.average_last=3",
      "model.members=2"
    };
    var recipe = Toy.generator(words, "", settings);
    Toy.train(recipe, folder.resolve("whole"));
    for (int step : reading.equals("texts") ? new int[] {100, 215} : new int[] {100, 170, 260}) {
      var run = folder.resolve("run" + step);
      assertThatThrownBy(() -> Toy.train(recipe, run, new StopAt(step), false))
          .hasMessage("stopped at " + step);
      Toy.train(recipe, run, new Run.Listener() {}, true);

      assertThat(Toy.weights(run)).isEqualTo(Toy.weights(folder.resolve("whole")));
    }
  }

  @Test
  void anotherSeedComesToOtherBits() throws IOException {
    Toy.train(Toy.classifier(words, "training.seed=2"), folder.resolve("a"));
    Toy.train(Toy.classifier(words, "training.seed=3"), folder.resolve("b"));

    assertThat(Toy.weights(folder.resolve("a"))).isNotEqualTo(Toy.weights(folder.resolve("b")));
  }

  @ParameterizedTest
  @ValueSource(ints = {91, 180, 251, 269, 359})
  void aTrainingThatWasStoppedGoesOnToTheSameBits(int step) throws IOException {
    var run = folder.resolve("run");

    assertThatThrownBy(() -> Toy.train(recipe(words), run, new StopAt(step), false))
        .hasMessage("stopped at " + step);
    assertThat(PastRuns.in(folder).all()).extracting(PastRun::finished).containsExactly(false);
    Toy.train(recipe(words), run, new Run.Listener() {}, true);

    assertThat(Toy.weights(run)).isEqualTo(expected);
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
        .isEqualTo(Files.readAllLines(shared.resolve("whole/metrics.jsonl")));
    assertThat(run.resolve("checkpoints")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 255})
  void aProcessThatWasKilledGoesOnToTheSameBits(int step) throws Exception {
    var run = folder.resolve("run");

    killAt(step, run);
    // What a kill in the middle of a write leaves.
    Files.createDirectories(run.resolve("checkpoints"));
    Files.writeString(run.resolve("checkpoints/.0000000270.safetensors.1-1.tmp"), "half");
    Toy.train(recipe(words), run, new Run.Listener() {}, true);

    assertThat(Toy.weights(run)).isEqualTo(expected);
    assertThat(run.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void aTrainingGoesOnFromTheCheckpointBeforeADamagedOne() throws IOException {
    var run = folder.resolve("run");
    assertThatThrownBy(() -> Toy.train(recipe(words), run, new StopAt(275), false))
        .hasMessage("stopped at 275");
    var newest = run.resolve("checkpoints/0000000270.safetensors");
    Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 1000));
    var warnings = new ArrayList<String>();

    Toy.train(
        recipe(words),
        run,
        new Run.Listener() {
          @Override
          public void warned(String message) {
            warnings.add(message);
          }
        },
        true);

    assertThat(Toy.weights(run)).isEqualTo(expected);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("0000000270", "going on from 0000000250.safetensors, the one before it");
  }

  private static void killAt(int step, Path run) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var child =
        new ProcessBuilder(
                java,
                "--add-modules=jdk.incubator.vector",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                words.toString(),
                run.toString(),
                String.valueOf(step))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("training");
      child.destroyForcibly(); // SIGKILL, while it goes on
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(child.exitValue()).isNotZero();
    assertThat(run.resolve("model")).doesNotExist();
  }

  @Test
  void anotherRecipeIsNotResumed() {
    var run = folder.resolve("run");
    assertThatThrownBy(() -> Toy.train(recipe(words), run, new StopAt(95), false))
        .hasMessage("stopped at 95");
    var other = Toy.classifier(words);

    assertThatThrownBy(() -> Toy.train(other, run, new Run.Listener() {}, true))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(run + ": expected the recipe that the run began with, got another")
        .hasMessageContaining("training.batch_size (1, not 8)")
        .hasMessageContaining("resume with " + run.resolve("recipe.yaml"));
    assertThat(run.resolve("checkpoints")).isNotEmptyDirectory();
  }

  @Test
  void whatIsFinishedOrNeverBeganIsNotResumed() {
    assertThatThrownBy(() -> Toy.train(recipe(words), shared.resolve("whole"), new StopAt(1), true))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("got a finished one; train it without --resume");
    assertThatThrownBy(() -> Toy.train(recipe(words), folder.resolve("new"), new StopAt(1), true))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("got none; train it without --resume");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  private record StopAt(long step) implements Run.Listener {
    @Override
    public void stepped(Step now) {
      if (now.number() == step) {
        throw new IllegalStateException("stopped at " + step);
      }
    }
  }

  /// The process that is killed: says when it has come to a step, and goes on slowly.
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      long step = Long.parseLong(args[2]);
      var listener =
          new Run.Listener() {
            @Override
            public void stepped(Step now) {
              if (now.number() == step) {
                System.out.println("training");
              }
              if (now.number() > step) {
                pause();
              }
            }
          };
      try {
        Toy.train(recipe(Path.of(args[0])), Path.of(args[1]), listener, false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(300); // much longer than a kill takes to arrive
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
