package sequor.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.data.DataFinder;
import sequor.recipes.Recipe;
import sequor.recipes.Run;
import sequor.tasks.Models;

/// What this module adds is trained by `sequor train`, as anything else is.
class ToyTest {
  @TempDir Path folder;
  private Path sentences = Path.of("");

  /// A word is a noun behind an adjective or an article, and a verb behind a noun.
  @BeforeEach
  void makeSentences() throws IOException {
    var random = new Random(1);
    var lines = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      String adjective = random.nextBoolean() ? "-old/A" : "";
      lines.add("the/D" + adjective + word(random) + "/N" + word(random) + "/V");
    }
    sentences = folder.resolve("words.slashes");
    Files.write(sentences, lines);
  }

  private static String word(Random random) {
    return "-" + List.of("boat", "walk", "sail", "plan", "help").get(random.nextInt(5));
  }

  /// Runs the program and gives what it prints.
  private String sequor(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), "sequor.cli.Main"));
    command.addAll(List.of(arguments));
    var errors = folder.resolve("errors.txt").toFile();
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors.toPath())).isZero();
    return out;
  }

  @Test
  void theProgramTrainsPredictsAndReports() throws IOException, InterruptedException {
    String trained =
        sequor("train", "toy-tag", "--data", "words.slashes", "--out", "run", "--json");
    assertThat(trained).contains("\"test.accuracy\":1.0").contains("\"floor.accuracy\":0.");

    assertThat(sequor("predict", "run", "the-old-sail-sail", "the-help-help"))
        .isEqualTo("the-old-sail-sail  D A N V\nthe-help-help      D N V\n");
    assertThat(sequor("evaluate", "run", "--json")).contains("\"test.accuracy\":1.0");
    assertThat(sequor("recipe", "show", "toy-tag"))
        .contains("encoder: neighbors", "tokenizer: hyphens", "hidden_size: 32");
    for (var file :
        List.of("curves/curves.svg", "predictions.csv", "model/README.md", "recipe.yaml")) {
      assertThat(folder.resolve("run").resolve(file)).isNotEmptyFile();
    }
    assertThat(folder.resolve("run/model/README.md"))
        .content()
        .contains("token-classification", "the most frequent tag");
  }

  @Test
  void aTrainingThatIsStoppedGoesOnToTheSameBits() throws IOException {
    var whole = run("whole");
    whole.train(new Run.Listener() {}, false);
    var stops =
        new Run.Listener() {
          @Override
          public void epochEnded(Epoch epoch) {
            if (epoch.number() == 2) {
              throw new IllegalStateException("stopped");
            }
          }
        };
    assertThatThrownBy(() -> run("part").train(stops, false)).hasMessage("stopped");
    run("part").train(new Run.Listener() {}, true);

    var model = "model/model.safetensors";
    assertThat(folder.resolve("part").resolve(model))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve(model));
    var tagger = Models.load(folder.resolve("part"), Tagger.class);
    assertThat(tagger.predict("the-old-plan-plan").tags()).containsExactly("D", "A", "N", "V");
  }

  private Run run(String name) {
    var recipe = Recipe.load("toy-tag", List.of("data.file=" + sentences, "training.epochs=4"));
    var finder = DataFinder.of(Map.of(), folder);
    return new Run(recipe, folder.resolve(name), finder, InstantSource.system());
  }
}
