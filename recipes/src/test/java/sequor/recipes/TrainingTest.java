package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.SequorException;
import sequor.json.Json;
import sequor.train.TrainException;
import sequor.train.TrainingListener;

/// What a training writes and tells, and what it refuses.
class TrainingTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path words;
  private static Path run;
  private static Report report;
  private static final List<Integer> EPOCHS = new ArrayList<>();

  @BeforeAll
  static void train() throws IOException {
    words = Toy.words(shared);
    run = shared.resolve("run");
    var listener =
        new Training.Listener() {
          @Override
          public void epochEnded(TrainingListener.Epoch epoch) {
            EPOCHS.add(epoch.number());
          }
        };
    report = Toy.train(Toy.classifier(words), run, listener, false);
  }

  @Test
  void theRunHoldsExactlyWhatItPromises() throws IOException {
    var expected =
        new TreeSet<>(
            List.of(
                "curves/confusion.svg",
                "curves/curves.svg",
                "data.sha256",
                "events.out.tfevents.0.sequor.0",
                "metrics.jsonl",
                "model/README.md",
                "model/config.json",
                "model/confusion.svg",
                "model/curves.svg",
                "model/labels.json",
                "model/model.safetensors",
                "model/report.json",
                "model/tokenizer.json",
                "recipe.yaml"));
    if (Machine.draws()) {
      expected.addAll(List.of("curves/confusion.png", "curves/curves.png"));
    }
    assertThat(files(run)).isEqualTo(expected);
  }

  @Test
  void itLearnsAndTellsOfEveryEpoch() throws IOException {
    assertThat(report.test().get("accuracy")).isGreaterThan(0.9);
    assertThat(report.floor().metrics()).containsKey("accuracy");
    assertThat(report.isBelowFloor()).isFalse();
    assertThat(report.sizes()).containsExactly(90, 15, 15);
    assertThat(EPOCHS).containsExactly(1, 2, 3);
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(Json.parseObject(line, "line").names())
                    .contains("epoch", "step", "train.loss", "valid.accuracy", "valid.loss"));
  }

  @Test
  void theSummaryHasWhatProgramsNeed() {
    assertThat(report.summary().names())
        .contains("run", "test.accuracy", "test.macro_recall", "test.loss", "floor.accuracy")
        .contains("floor.method", "parameters", "epochs", "best_epoch", "seconds");
  }

  @Test
  void theCardSaysHowToMakeItAgain() throws IOException {
    var out = folder.resolve("run");
    var recipe =
        Recipe.load(
            "classify",
            List.of("data.file=" + words, "data.text=word", "data.label=language", "about=a b"));

    Toy.train(recipe, out);

    assertThat(Files.readString(out.resolve("model/README.md")))
        .contains("# words\n")
        .contains(
            "sequor train classify --set data.file=%s --set data.text=word --set data.label=language"
                    .formatted(words)
                + " --set 'about=a b'\n");
  }

  @Test
  void theRecipeOfTheRunIsTheRecipe() {
    var written = Recipe.load(run.resolve("recipe.yaml").toString(), List.of());

    assertThat(Toy.classifier(words).differences(written)).isEmpty();
  }

  @Test
  void theLoadedModelScoresAsTheReportSays() throws IOException {
    var trained = Trained.load(run);

    assertThat(Training.evaluate(run, Optional.empty(), Toy.nowhere())).isEqualTo(report.test());
    var model = Trained.load(run.resolve("model"));
    assertThat(model.network().summary()).isEqualTo(trained.network().summary());
  }

  /// Split anew, a file that has grown puts examples into the test split that were learned.
  @Test
  void aFileThatHasGrownIsNotScored() throws IOException {
    var data = Files.copy(words, folder.resolve("growing.csv"));
    var model = folder.resolve("run");
    Toy.train(Toy.classifier(data, "data.split=", "training.epochs=1"), model);
    var before = Training.evaluate(model, Optional.empty(), Toy.nowhere());
    Files.writeString(data, "ikki,ikki,train\nabba,abba,train\n", StandardOpenOption.APPEND);

    for (var trained : List.of(model, model.resolve("model"))) {
      assertThatThrownBy(() -> Training.evaluate(trained, Optional.empty(), Toy.nowhere()))
          .isInstanceOf(RecipeException.class)
          .hasMessageStartingWith(trained + ": expected the examples that it was trained on");
    }
    assertThat(Training.evaluate(model, Optional.of(data), Toy.nowhere())).containsKey("accuracy");
    assertThat(before).containsKey("accuracy");
  }

  @Test
  void twoTrainingsDoNotShareAFolder() throws IOException {
    var shared = folder.resolve("run");
    var second = new ArrayList<Throwable>();
    var listener =
        new Training.Listener() {
          @Override
          public void prepared(
              Report.Origin data, List<Integer> sizes, String summary, Floor floor) {
            for (boolean resume : List.of(true, false)) {
              try {
                Toy.train(Toy.classifier(words), shared, new Training.Listener() {}, resume);
              } catch (IOException | SequorException e) {
                second.add(e);
              }
            }
          }

          @Override
          public void epochEnded(TrainingListener.Epoch epoch) {
            prepared(report.data(), List.of(), "", report.floor());
          }
        };

    var first = Toy.train(Toy.classifier(words), shared, listener, false);

    assertThat(first.test()).isEqualTo(report.test());
    assertThat(second)
        .hasSize(8)
        .last()
        .satisfies(e -> assertThat(e).hasMessageContaining("one that another process trains"));
    assertThat(shared.resolve(".lock")).doesNotExist();
  }

  @Test
  void aTableOfMoreLabelsThanAnybodyReadsIsNotDrawn() throws IOException {
    var lines = new ArrayList<String>(List.of("word,language"));
    for (int i = 0; i < 1010; i++) {
      lines.add("w%d,L%d".formatted(i % 101, i % 101));
    }
    var data = Files.write(folder.resolve("labels.csv"), lines);
    var run = folder.resolve("run");

    Toy.train(Toy.classifier(data, "data.split=", "training.epochs=1"), run);

    assertThat(run.resolve("model/confusion.svg")).doesNotExist();
    assertThat(run.resolve("model/README.md")).content().doesNotContain("confusion");
  }

  /// The last letter says the class, and is cut off.
  @Test
  void textsThatAreCutAreCountedAndTheFloorReadsNoMore() throws IOException {
    var lines = new ArrayList<String>(List.of("word,language"));
    for (int i = 0; i < 60; i++) {
      lines.add(i % 2 == 0 ? "aaaaaaab,abba" : "aaaaaaak,ikki");
    }
    var data = Files.write(folder.resolve("long.csv"), lines);
    var warnings = new ArrayList<String>();
    var listener =
        new Training.Listener() {
          @Override
          public void warned(String message) {
            warnings.add(message);
          }
        };
    var run = folder.resolve("run");

    var report =
        Toy.train(
            Toy.classifier(data, "data.split=", "training.epochs=1", "tokens.max_length=7"),
            run,
            listener,
            false);

    var notice = "60 of 60 texts are longer than tokens.max_length 7 and are cut";
    assertThat(warnings).containsExactly(notice);
    assertThat(run.resolve("model/README.md")).content().contains(notice);
    assertThat(report.floor().metrics()).containsEntry("accuracy", 0.5);
    var classifier = (Classifier) Trained.load(run);
    assertThat(classifier.predict("aaaaaaa").cut()).isFalse();
    assertThat(classifier.predict("aaaaaaab").cut()).isTrue();
  }

  @Test
  void aFileIsScoredWhole() throws IOException {
    var file = Files.writeString(folder.resolve("more.csv"), "language,word\nabba,baab\nikki,ik\n");

    assertThat(Training.evaluate(run, Optional.of(file), Toy.nowhere()))
        .containsEntry("accuracy", 1.0);
  }

  @Test
  void aFileWithOtherColumnsIsRefused() throws IOException {
    var file = Files.writeString(folder.resolve("more.csv"), "text,language\nbaab,abba\n");

    assertThatThrownBy(() -> Training.evaluate(run, Optional.of(file), Toy.nowhere()))
        .isInstanceOf(RecipeException.class)
        .hasMessage(
            file
                + ": expected a column 'word', which the model was trained on, found text,"
                + " language; rename yours");
  }

  @Test
  void aFileWithAnotherLabelIsRefused() throws IOException {
    var file = Files.writeString(folder.resolve("more.csv"), "word,language\nbaab,abbba\n");

    assertThatThrownBy(() -> Training.evaluate(run, Optional.of(file), Toy.nowhere()))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(
            "more.csv has the label 'abbba', which no training example has; did you mean"
                + " \"abba\"?");
  }

  @Test
  void aFolderWithFilesIsNotWrittenInto() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "dear");

    assertThatThrownBy(() -> Toy.train(Toy.classifier(words), folder))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(folder + ": expected a new or empty folder, found one with files");
    assertThat(files(folder)).containsExactly("mine.txt");
  }

  @Test
  void aFileIsNoFolderToWriteInto() {
    assertThatThrownBy(() -> Toy.train(Toy.classifier(words), words))
        .isInstanceOf(RecipeException.class)
        .hasMessage(words + ": expected a new or empty folder, found a file; give another (--out)");
  }

  @Test
  void membersAreShownOnce() throws IOException {
    var summary = new ArrayList<String>();
    var listener =
        new Training.Listener() {
          @Override
          public void prepared(Report.Origin data, List<Integer> sizes, String tree, Floor floor) {
            summary.add(tree);
          }
        };
    var recipe = Toy.classifier(words, "model.members=3", "training.epochs=1");

    Toy.train(recipe, folder.resolve("run"), listener, false);

    assertThat(summary.getFirst())
        .startsWith("3 members, each\nTextClassifier ")
        .containsOnlyOnce("embedding");
  }

  @Test
  void aTrainingThatFailsLeavesNothing() {
    var run = folder.resolve("run");
    var exploding =
        Toy.classifier(
            words,
            "training.optimizer=sgd",
            "training.learning_rate=1000",
            "training.weight_decay=1000",
            "training.clip_norm=0");

    assertThatThrownBy(() -> Toy.train(exploding, run))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("lower the learning rate");
    assertThat(run).doesNotExist();
  }

  @Test
  void aRecipeThatFailsBeforeTrainingMakesNoFolder() {
    var run = folder.resolve("run");

    assertThatThrownBy(() -> Toy.train(Toy.classifier(words, "training.watch=acuracy"), run))
        .isInstanceOf(RecipeException.class)
        .hasMessage(
            "--set: training.watch: expected one of \"accuracy\", \"macro_recall\","
                + " \"macro_precision\", \"macro_f1\", \"loss\", got \"acuracy\"; did you mean"
                + " \"accuracy\"?");
    assertThat(run).doesNotExist();
  }

  @Test
  void aModelThatIsWorseThanItsFloorSaysSo() throws IOException {
    var bad = Toy.train(Toy.classifier(words, "training.learning_rate=0"), folder.resolve("run"));

    assertThat(bad.isBelowFloor()).isTrue();
  }

  @Test
  void whatIsNoModelIsNotLoaded() throws IOException {
    assertThatThrownBy(() -> Trained.load(folder))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(folder + ": expected a run or a model, found no config.json there");

    Files.copy(run.resolve("recipe.yaml"), folder.resolve("recipe.yaml"));
    assertThatThrownBy(() -> Trained.load(folder))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("found one that is not finished; go on with it");
  }

  @Test
  void runsAreListedFinishedOrNot() throws IOException {
    var begun = Files.createDirectories(folder.resolve("begun"));
    Files.copy(run.resolve("recipe.yaml"), begun.resolve("recipe.yaml"));
    Toy.train(Toy.classifier(words, "training.epochs=1"), folder.resolve("done"));
    Files.createDirectories(folder.resolve("other"));

    var runs = PastRun.in(folder);

    assertThat(runs).extracting(PastRun::finished).containsExactly(false, true);
    assertThat(runs.get(1).metrics()).containsKey("accuracy");
    assertThat(runs.get(1).recipe()).isEqualTo("toy");
    assertThat(PastRun.in(folder.resolve("nowhere"))).isEmpty();
  }

  private static Set<String> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      var names = new TreeSet<String>();
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }
}
