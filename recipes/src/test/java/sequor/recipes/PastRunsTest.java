package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.json.Json;
import sequor.settings.SettingsException;

/// Runs are found, chosen, ordered and compared.
class PastRunsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    var words = Toy.words(folder);
    Toy.train(Toy.classifier(words), folder.resolve("runs/good"));
    Toy.train(Toy.classifier(words, "training.learning_rate=1e-6"), folder.resolve("runs/bad"));
    Toy.train(Toy.generator(words, "label: ''", "training.epochs=1"), folder.resolve("runs/model"));
    var begun = Files.createDirectories(folder.resolve("runs/begun"));
    Files.writeString(begun.resolve("recipe.yaml"), Toy.classifier(words).resolved());
    var old = Files.createDirectories(folder.resolve("runs/old"));
    Files.writeString(old.resolve("recipe.yaml"), "task: paint\nmodel: {cell: brush}\n");
    Files.createDirectories(old.resolve("model"));
    Files.writeString(old.resolve("model/config.json"), "{}");
    Files.writeString(
        old.resolve("model/report.json"),
        "{\"recipe\":\"old\",\"test\":{\"accuracy\":0.5,\"loss\":9.5}}");
    Files.createDirectories(folder.resolve("runs/other"));
    Files.writeString(folder.resolve("runs/file"), "");
  }

  private static PastRuns all() throws IOException {
    return PastRuns.in(folder.resolve("runs"));
  }

  private static List<String> names(PastRuns runs) {
    return runs.all().stream().map(run -> run.path().getFileName().toString()).toList();
  }

  @Test
  void theyAreListedByNameFinishedOrNot() throws IOException {
    assertThat(names(all())).containsExactly("bad", "begun", "good", "model", "old");
    assertThat(all().all())
        .extracting(PastRun::finished)
        .containsExactly(true, false, true, true, true);
    assertThat(all().all().get(2).metrics()).containsKey("accuracy");
    assertThat(all().all().get(2).recipe()).isEqualTo("toy");
    assertThat(PastRuns.in(folder.resolve("nowhere")).all()).isEmpty();
  }

  @Test
  void theBestComesFirstWhicheverWayAMetricGoes() throws IOException {
    assertThat(names(all().sortedBy("accuracy")))
        .startsWith("good")
        .endsWith("begun")
        .containsExactlyInAnyOrder("good", "bad", "old", "model", "begun");
    assertThat(names(all().sortedBy("loss")))
        .containsExactly("good", "bad", "old", "begun", "model");
    assertThat(names(all().sortedBy("perplexity"))).startsWith("model");
    assertThatThrownBy(() -> all().sortedBy("acuracy"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("--sort: expected one of accuracy, macro_recall, ")
        .hasMessageEndingWith("got 'acuracy'; did you mean \"accuracy\"?");
    assertThat(new PastRuns(List.of()).sortedBy("anything").all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          task=classify               | bad begun good
          task=model-language         | model
          model.hidden_size=7         | bad begun good model
          model.hidden_size=7.0       | bad begun good model
          training.learning_rate=0.000001 | bad
          training.learning_rate=3e-2 | begun good model
          data.text=word              | bad begun good model
          data.label=                 | model
          data.fractions=[0.8, 0.1, 0.1]  | bad begun good model
          model.cell=brush            | ''
          recipe=toy                  | bad good model
          """)
  void theyAreChosenByTheirSettings(String condition, String names) throws IOException {
    assertThat(String.join(" ", names(all().where(condition)))).isEqualTo(names);
  }

  @Test
  void aConditionThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> all().where("model.cell"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--where: expected key=value, such as model.cell=lstm, got 'model.cell'; write it so");
    assertThatThrownBy(() -> all().where("model.cel=gru"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--where: model.cel: no such key in any of these runs; sequor recipe show lists them;"
                + " did you mean \"model.cell\"?");
  }

  @Test
  void onlyWhatIsNotTheSameDiffers() throws IOException {
    assertThat(all().where("task=classify").differing()).containsExactly("training.learning_rate");
    assertThat(all().differing())
        .contains("training.learning_rate", "training.epochs", "task", "data.label")
        .doesNotContain("recipe", "model.hidden_size", "training.batch_size");
    assertThat(all().where("task=model-language").differing()).isEmpty();
    assertThat(new PastRuns(List.of()).differing()).isEmpty();
  }

  @Test
  void theirObjectsHaveTheSettingsThatAreWanted() throws IOException {
    var good = all().sortedBy("accuracy").all().getFirst();

    assertThat(good.json(List.of()).names()).contains("run", "recipe", "finished", "test.accuracy");
    assertThat(good.json(List.of()).has("settings")).isFalse();
    assertThat(good.json(List.of("model.cell", "no.such")).object("settings"))
        .isEqualTo(Json.object().with("model.cell", "gru"));
  }
}
