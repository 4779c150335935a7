package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.tasks.Evaluation;
import sequor.tasks.TaskException;

/// What a run can be asked when it is trained.
class TrainedRunTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path words;
  private static Path run;
  private static Report report;

  @BeforeAll
  static void train() throws IOException {
    words = Toy.words(shared);
    run = shared.resolve("run");
    report = Toy.train(Toy.classifier(words), run);
  }

  private static Evaluation evaluate(Path run, Optional<Path> file) throws IOException {
    return TrainedRun.load(run).evaluate(file, Toy.nowhere());
  }

  @Test
  void theLoadedModelScoresAsTheReportSays() throws IOException {
    var again = evaluate(run, Optional.empty());

    assertThat(again.metrics()).isEqualTo(report.test().metrics());
    assertThat(again.predictions()).isEqualTo(report.test().predictions());
    assertThat(Report.tables(again)).isEqualTo(Report.tables(report.test())).containsKey("classes");
    var model = TrainedRun.load(run.resolve("model"));
    assertThat(model.predictor().network().summary())
        .isEqualTo(TrainedRun.load(run).predictor().network().summary());
  }

  /// Split anew, a file that has grown puts examples into the test split that were learned.
  @Test
  void aFileThatHasGrownIsNotScored() throws IOException {
    var data = Files.copy(words, folder.resolve("growing.csv"));
    var model = folder.resolve("run");
    Toy.train(Toy.classifier(data, "data.split=", "training.epochs=1"), model);
    var before = evaluate(model, Optional.empty());
    Files.writeString(data, "ikki,ikki,train\nabba,abba,train\n", StandardOpenOption.APPEND);

    for (var trained : List.of(model, model.resolve("model"))) {
      assertThatThrownBy(() -> evaluate(trained, Optional.empty()))
          .isInstanceOf(RecipeException.class)
          .hasMessageStartingWith(trained + ": expected the examples that it was trained on");
    }
    assertThat(evaluate(model, Optional.of(data)).metrics()).containsKey("accuracy");
    assertThat(before.metrics()).containsKey("accuracy");
  }

  @Test
  void aFileIsScoredWhole() throws IOException {
    var file = Files.writeString(folder.resolve("more.csv"), "language,word\nabba,baab\nikki,ik\n");

    var scored = evaluate(run, Optional.of(file));

    assertThat(scored.metrics()).containsEntry("accuracy", 1.0);
    assertThat(scored.predictions().columns())
        .containsExactly("word", "language", "predicted", "probability");
  }

  @Test
  void aFileWithOtherColumnsIsRefused() throws IOException {
    var file = Files.writeString(folder.resolve("more.csv"), "text,language\nbaab,abba\n");

    assertThatThrownBy(() -> evaluate(run, Optional.of(file)))
        .isInstanceOf(RecipeException.class)
        .hasMessage(
            file
                + ": expected a column 'word', which the model was trained on, got text,"
                + " language; rename yours");
  }

  @Test
  void aLabelThatNoneLearnedCountsAsWrong() throws IOException {
    var file =
        Files.writeString(folder.resolve("more.csv"), "word,language\nbaab,abbba\nikki,ikki\n");

    var scored = evaluate(run, Optional.of(file));

    assertThat(scored.metrics()).containsEntry("accuracy", 0.5);
    assertThat(Report.tables(scored).get("classes")).asString().contains("abbba");
    var none = Files.writeString(folder.resolve("none.csv"), "word,language\nbaab,abbba\n");
    assertThat(evaluate(run, Optional.of(none)).metrics()).containsEntry("accuracy", 0.0);
  }

  @Test
  void whatIsNoModelIsNotLoaded() throws IOException {
    assertThatThrownBy(() -> TrainedRun.load(folder))
        .isInstanceOf(TaskException.class)
        .hasMessageStartingWith(folder + ": expected a run or a model, got no config.json there");

    Files.copy(run.resolve("recipe.yaml"), folder.resolve("recipe.yaml"));
    assertThatThrownBy(() -> TrainedRun.load(folder))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("got one that is not finished; go on with it");

    Files.createDirectory(folder.resolve("model"));
    assertThatThrownBy(() -> TrainedRun.load(folder))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("got a model folder without it; copy the whole folder again");
  }

  @Test
  void aRunThatWasMovedAwayFromItsDataSaysSo() throws IOException {
    var data = Files.copy(words, folder.resolve("gone.csv"));
    var model = folder.resolve("run");
    Toy.train(Toy.classifier(data, "training.epochs=1"), model);
    Files.delete(data);

    assertThatThrownBy(() -> evaluate(model, Optional.empty()))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(
            "%s: expected the data that it was trained on, got no file %s in "
                .formatted(model, data))
        .hasMessageEndingWith("or score it on a file (--data FILE)");
  }

  @Test
  void aLanguageModelIsMeasuredInNats() throws IOException {
    var out = folder.resolve("run");

    var model = Toy.train(Toy.generator(words, "label: language", "training.epochs=1"), out);

    assertThat(model.test().metrics().keySet())
        .contains("nats_per_token", "nats_per_char", "perplexity", "accuracy");
    assertThat(out.resolve("model/README.md")).content().contains("sequor generate " + out);
    assertThat(out.resolve("model/confusion.svg")).doesNotExist();
    assertThat(Files.readAllLines(out.resolve("predictions.csv")))
        .hasSize(16)
        .first()
        .isEqualTo("word,language,nats,nats_per_token");
    assertThat(evaluate(out, Optional.empty()).metrics()).isEqualTo(model.test().metrics());
  }
}
