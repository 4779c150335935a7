package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.SequorException;
import sequor.data.Origin;
import sequor.json.Json;
import sequor.settings.SettingsException;
import sequor.store.RunDirectory;
import sequor.tasks.Training;
import sequor.tasks.classify.Classifier;
import sequor.testkit.PublicData;
import sequor.train.TrainException;
import sequor.train.TrainingListener;

/// What a training writes and tells, and what it refuses.
class RunTest {
  /// Data sets that take minutes to read; [CatalogueRecipesTest] builds what is trained on them.
  private static final Set<String> LARGE = Set.of("imdb", "nsmc", "text8", "corpus");

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
        new Run.Listener() {
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
                "curves/reliability.svg",
                "data.sha256",
                "events.out.tfevents.0.sequor.0",
                "metrics.jsonl",
                "model/README.md",
                "model/config.json",
                "model/confusion.svg",
                "model/curves.svg",
                "model/labels.json",
                "model/model.safetensors",
                "model/reliability.svg",
                "model/report.json",
                "model/tokens.json",
                "predictions.csv",
                "recipe.yaml"));
    assertThat(files(run)).isEqualTo(expected);
  }

  @Test
  void itLearnsAndTellsOfEveryEpoch() throws IOException {
    assertThat(report.test().metrics().get("accuracy")).isGreaterThan(0.9);
    assertThat(report.floor().metrics()).containsKey("accuracy");
    assertThat(report.isBelowFloor()).isFalse();
    assertThat(report.sizes()).isEqualTo(new Training.Sizes(90, 15, 15));
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
  void theSummaryAndTheReportSayHowFarChanceMayReach() {
    var summary = report.summary();
    var written = new RunDirectory(run).model().report().read();
    for (var metric : List.of("accuracy", "macro_f1", "weighted_f1", "matthews")) {
      double low = summary.number("test." + metric + "_low");
      double high = summary.number("test." + metric + "_high");
      assertThat(summary.number("test." + metric)).isBetween(low, high);
      assertThat(written.object("intervals").object(metric).number("low")).isEqualTo(low);
      double over = summary.number("test." + metric) - summary.number("floor." + metric);
      assertThat(summary.number("over_floor." + metric))
          .isEqualTo(over)
          .isBetween(
              summary.number("over_floor." + metric + "_low"),
              summary.number("over_floor." + metric + "_high"));
      assertThat(written.object("over_floor").object(metric).number("high"))
          .isEqualTo(summary.number("over_floor." + metric + "_high"));
    }
    assertThat(written.array("reliability").objects())
        .hasSize(15)
        .extracting(bin -> bin.wholeNumber("count", 0, 15))
        .satisfies(
            counts ->
                assertThat(counts.stream().mapToLong(i -> i.longValue()).sum()).isEqualTo(15));
  }

  /// They are the user's own texts: in the run, and not in the model, which may be passed on.
  @Test
  void theSurestMistakesStayInTheRun() throws IOException {
    var out = folder.resolve("one-epoch");
    var wrong =
        Toy.train(Toy.classifier(words, "training.epochs=1", "training.learning_rate=1e-4"), out);

    var lines = Files.readAllLines(out.resolve("mistakes.csv"));

    long mistakes =
        wrong.test().predictions().rows().stream()
            .filter(row -> !row.get(1).equals(row.get(2)))
            .count();
    assertThat(mistakes).isPositive();
    assertThat(lines).hasSize((int) mistakes + 1);
    assertThat(lines.getFirst()).isEqualTo("word,language,predicted,probability");
    assertThat(lines.subList(1, lines.size()))
        .allSatisfy(
            line ->
                assertThat(Files.readString(out.resolve("predictions.csv"))).contains(line + "\n"))
        .isSortedAccordingTo(
            java.util.Comparator.comparing((String line) -> line.substring(line.length() - 6))
                .reversed());
    var word = lines.get(1).substring(0, lines.get(1).indexOf(','));
    for (var file : List.of("README.md", "report.json")) {
      assertThat(Files.readString(out.resolve("model").resolve(file)))
          .doesNotContainPattern("\\b" + word + "\\b");
    }
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
  void twoTrainingsDoNotShareAFolder() throws IOException {
    var shared = folder.resolve("run");
    var second = new ArrayList<Throwable>();
    var listener =
        new Run.Listener() {
          @Override
          public void prepared(Origin data, Training.Sizes sizes, String summary) {
            for (boolean resume : List.of(true, false)) {
              try {
                Toy.train(Toy.classifier(words), shared, new Run.Listener() {}, resume);
              } catch (IOException | SequorException e) {
                second.add(e);
              }
            }
          }

          @Override
          public void epochEnded(TrainingListener.Epoch epoch) {
            prepared(report.data(), report.sizes(), "");
          }
        };

    var first = Toy.train(Toy.classifier(words), shared, listener, false);

    assertThat(first.test().metrics()).isEqualTo(report.test().metrics());
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
    var warnings = new ArrayList<String>();

    Toy.train(
        Toy.classifier(data, "data.split=", "training.epochs=1"), run, warning(warnings), false);

    assertThat(warnings)
        .containsExactly(
            "no picture of what was taken for what: nobody could read one of 101 labels");
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
    var run = folder.resolve("run");

    var report =
        Toy.train(
            Toy.classifier(data, "data.split=", "training.epochs=1", "tokens.max_length=7"),
            run,
            warning(warnings),
            false);

    var notice = "%d of %<d texts are longer than tokens.max_length 7 and are cut";
    assertThat(warnings).containsExactly(notice.formatted(48)); // before the others are read
    assertThat(run.resolve("model/README.md")).content().contains(notice.formatted(60));
    assertThat(report.floor().metrics()).containsEntry("accuracy", 0.5);
    var classifier = Classifier.load(run);
    assertThat(classifier.predict("aaaaaaa").cut()).isFalse();
    assertThat(classifier.predict("aaaaaaab").cut()).isTrue();
  }

  @Test
  void aLabelThatOnlyTheTestSplitHasIsNamed() throws IOException {
    var data = Files.copy(words, folder.resolve("rare.csv"));
    Files.writeString(data, "xyz,rare,test\n", StandardOpenOption.APPEND);
    var warnings = new ArrayList<String>();
    var out = folder.resolve("run");

    var rare = Toy.train(Toy.classifier(data, "training.epochs=1"), out, warning(warnings), false);

    var notice =
        "the test split has labels that no training example has, which count as wrong: rare";
    assertThat(warnings).containsExactly(notice);
    assertThat(rare.test().predictions().rows()).hasSize(16);
    assertThat(out.resolve("model/README.md"))
        .content()
        .contains("T" + notice.substring(1) + ".", "| rare | ");
    assertThat(Files.readString(out.resolve("model/labels.json"))).doesNotContain("rare");
  }

  private static Run.Listener warning(List<String> warnings) {
    return new Run.Listener() {
      @Override
      public void warned(String message) {
        warnings.add(message);
      }
    };
  }

  @Test
  void aFolderWithFilesIsNotWrittenInto() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "dear");

    assertThatThrownBy(() -> Toy.train(Toy.classifier(words), folder))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(folder + ": expected a new or empty folder, got one with files");
    assertThat(files(folder)).containsExactly("mine.txt");
  }

  @Test
  void aFileIsNoFolderToWriteInto() {
    assertThatThrownBy(() -> Toy.train(Toy.classifier(words), words))
        .isInstanceOf(RecipeException.class)
        .hasMessage(words + ": expected a new or empty folder, got a file; give another (--out)");
  }

  @Test
  void membersAreShownOnce() throws IOException {
    var summary = new ArrayList<String>();
    var listener =
        new Run.Listener() {
          @Override
          public void prepared(Origin data, Training.Sizes sizes, String tree) {
            summary.add(tree);
          }
        };
    var recipe = Toy.classifier(words, "model.members=3", "training.epochs=1");

    Toy.train(recipe, folder.resolve("run"), listener, false);

    assertThat(summary.getFirst())
        .startsWith("3 members, each\nSequenceClassifier ")
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
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: training.watch: expected one of accuracy, macro_recall, macro_precision,"
                + " macro_f1, micro_f1, weighted_f1, matthews, ece, loss, got \"acuracy\"; did you mean \"accuracy\"?");
    assertThat(run).doesNotExist();
  }

  @Test
  void aModelThatIsWorseThanItsFloorSaysSo() throws IOException {
    var bad =
        Toy.train(Toy.classifier(words, "training.learning_rate=1e-12"), folder.resolve("run"));

    assertThat(bad.isBelowFloor()).isTrue();
  }

  /// The folder of the model appears when all is in it; one that was begun is not taken for it.
  @Test
  void aModelIsThereWholeOrNotAtAll() throws IOException {
    var out = folder.resolve("run");
    var recipe = Toy.classifier(words, "training.epochs=2");
    var stopping =
        new Run.Listener() {
          @Override
          public void stepped(Step step) {
            if (step.number() == 14) { // after the checkpoint at the end of the first epoch
              throw new IllegalStateException("stopped");
            }
          }
        };
    assertThatThrownBy(() -> Toy.train(recipe, out, stopping, false)).hasMessage("stopped");
    Toy.train(recipe, folder.resolve("other"));
    var half = Files.createDirectories(out.resolve(".model.tmp/inner"));
    Files.writeString(half.resolve("model.safetensors"), "half of it");

    assertThat(PastRuns.in(folder).all())
        .extracting(PastRun::finished)
        .containsExactly(true, false);
    Toy.train(recipe, out, new Run.Listener() {}, true);

    assertThat(Toy.weights(out)).isEqualTo(Toy.weights(folder.resolve("other")));
    assertThat(files(out))
        .containsAll(files(folder.resolve("other")))
        .noneMatch(name -> name.contains(".tmp"));
  }

  @Test
  void predictionsOfTheTestSplitAreATable() throws IOException {
    var lines = Files.readAllLines(run.resolve("predictions.csv"));

    assertThat(lines).hasSize(16).first().isEqualTo("word,language,predicted,probability");
    assertThat(lines.subList(1, 16)).allMatch(line -> line.matches("\\w+,\\w+,\\w+,[01]\\.\\d{4}"));
  }

  @Test
  void theReportSaysWhatIsBetter() {
    var report = new RunDirectory(run).model().report().read();

    assertThat(report.array("metrics").objects())
        .extracting(metric -> metric.text("name") + " " + metric.text("better"))
        .contains("accuracy high", "loss low");
    assertThat(report.array("metrics").objects().stream().map(Report::metric).toList())
        .isEqualTo(RunTest.report.metrics());
    assertThat(report.array("classes").objects()).hasSize(3);
  }

  @Test
  void theRecipesPrepareOnTheirData() throws IOException {
    var file = PublicData.surnames();
    var finder =
        file.map(table -> Toy.nowhere().withFolder(table.resolve("../..").normalize()))
            .orElseGet(Toy::nowhere);
    boolean island = PublicData.island().isPresent();
    for (var name : file.isPresent() ? Recipe.catalogue() : List.of("names")) {
      var recipe = Recipe.load(name, List.of());
      var set = recipe.settings().section("data").text("set");
      if (LARGE.contains(set)
          || set.equals("harbour") // these two come with it, and are small
          || set.equals("talk")
          || (set.equals("island") && !island)
          || !recipe.missing().isEmpty()) {
        continue;
      }
      var prepared = Run.prepare(Recipe.load(name, List.of()), finder);

      int least = set.equals("airline") ? 10 : 100; // of which there are but twelve years
      assertThat(prepared.job().sizes().test()).as(name).isGreaterThan(least);
      assertThat(prepared.data().origin().split())
          .isIn(
              "split by column 'split'",
              "cut into parts one behind the other",
              "split in the order of the file",
              "validated and tested on files of their own");
    }
  }

  @Test
  void theEmbeddedNamesNeedNoFile() throws IOException {
    var prepared = Run.prepare(Recipe.load("names", List.of()), Toy.nowhere());

    assertThat(prepared.data().origin().licence()).isEqualTo("Apache-2.0");
    assertThat(prepared.job().sizes().train()).isGreaterThan(1000);
  }

  @Test
  void theEmbeddedPairsNeedNoFile() {
    var prepared = Run.prepare(Recipe.load("pairs", List.of()), Toy.nowhere());

    assertThat(prepared.job().sizes().train()).isGreaterThan(200);
    assertThat(prepared.job().sizes().test()).isGreaterThan(20);
  }

  @Test
  void theEmbeddedPassageNeedsNoFile() {
    var recipe = Recipe.load("harbour", List.of()).variant("cbow");
    var prepared = Run.prepare(recipe, Toy.nowhere());

    assertThat(prepared.job().sizes().train()).isEqualTo(60);
    assertThat(prepared.job().notices())
        .hasSize(2)
        .allMatch(each -> each.contains("that is learned from"));
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
