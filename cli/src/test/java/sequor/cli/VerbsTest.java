package sequor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.JsonObject;

/// What every verb does when all is well.
class VerbsTest {
  @TempDir static Path folder;

  private static String classifier;
  private static String generator;
  private static Program trained;

  @BeforeAll
  static void train() throws IOException {
    var recipe = Program.recipe(folder, "words", "classify", "language");
    classifier = folder.resolve("runs/words").toString();
    trained = Program.run("train", recipe.toString(), "--out", classifier, "--json", "--seed", "7");
    var model = Program.recipe(folder, "model", "model-language", "language");
    generator = folder.resolve("runs/model").toString();
    assertThat(Program.run("train", model.toString(), "--out", generator).code()).isZero();
  }

  @Test
  void trainPrintsAnObjectAnEpochAndThenTheReport() {
    assertThat(trained.code()).isZero();
    assertThat(trained.err()).isEmpty();
    var objects = trained.objects();
    assertThat(objects).hasSize(4);
    assertThat(objects.subList(0, 3))
        .allSatisfy(
            epoch -> assertThat(epoch.names()).contains("epoch", "train.loss", "valid.accuracy"));
    var report = objects.getLast();
    assertThat(report.text("run")).isEqualTo(classifier);
    assertThat(report.names())
        .contains(
            "test.accuracy", "test.macro_recall", "floor.accuracy", "floor.method", "seconds");
    assertThat(report.wholeNumber("epochs", 0, 100)).isEqualTo(3);
    assertThat(report.number("test.accuracy")).isGreaterThan(0.9);
  }

  @Test
  void trainShowsTheModelBesideItsFloor() throws IOException {
    var recipe = folder.resolve("words.yaml").toString();
    var out = folder.resolve("again").toString();

    var shown = Program.run("train", recipe, "--out", out, "--set", "training.epochs=1");

    assertThat(shown.code()).isZero();
    assertThat(shown.err())
        .contains("data   words.csv: 48 to train, 6 to validate, 6 to test; split at random")
        .contains("SequenceClassifier", "floor  naive Bayes", "epoch   1  train_loss ");
    assertThat(shown.out())
        .doesNotContain("epoch   1", "SequenceClassifier", "data   ")
        .containsPattern("label +precision +recall +f1 +count")
        .containsPattern("Ikki +[01]\\.\\d{4} +[01]\\.\\d{4} +[01]\\.\\d{4} +3")
        .containsPattern("test +model +floor")
        .containsPattern("accuracy +[01]\\.\\d{4} +[01]\\.\\d{4}")
        .endsWith("run: " + out + "\n");
  }

  @Test
  void trainTakesATableOfOnesOwn() {
    var out = folder.resolve("own").toString();
    var table = folder.resolve("words.csv").toString();
    String[] command = {
      "train",
      "classify",
      "--data",
      table,
      "--text",
      "word",
      "--label",
      "language",
      "--set",
      "training.epochs=1",
      "--set",
      "model.hidden_size=4",
      "--out",
      out,
      "--json"
    };

    var own = Program.run(command);

    assertThat(own.err()).isEmpty();
    assertThat(own.code()).isZero();
    assertThat(Program.run("predict", out, "abab").out()).contains("Abba");
  }

  @Test
  void theSameSeedAndAnyThreadsMakeTheSameModel() throws IOException {
    var recipe = folder.resolve("words.yaml").toString();
    var out = folder.resolve("two-threads").toString();

    Program.run("train", recipe, "--out", out, "--seed=7", "--threads", "2", "--json");

    var weights = Path.of("model", "model.safetensors");
    assertThat(Path.of(out).resolve(weights))
        .hasSameBinaryContentAs(Path.of(classifier).resolve(weights));
  }

  @Test
  void evaluateGivesTheMetricsOfTheReport() {
    var again = Program.run("evaluate", classifier, "--json");

    assertThat(again.code()).isZero();
    var report = trained.objects().getLast();
    for (var metric : List.of("test.accuracy", "test.macro_f1", "test.loss")) {
      assertThat(again.objects().getFirst().number(metric)).isEqualTo(report.number(metric));
    }
  }

  @Test
  void evaluateScoresAFile() throws IOException {
    var file =
        Files.writeString(folder.resolve("more.csv"), "word,language\nabab,Abba\nikik,Abba\n");

    var scored = Program.run("evaluate", classifier, "--data", file.toString(), "--json");

    assertThat(scored.objects().getFirst().number("test.accuracy")).isEqualTo(0.5);
    assertThat(Program.run("evaluate", classifier, "--data", file.toString()).out())
        .containsPattern("accuracy +0\\.5000")
        .containsPattern("label +precision +recall +f1 +count")
        .containsPattern("Abba +1\\.0000 +0\\.5000 +0\\.6667 +2");
    assertThat(scored.objects().getFirst().array("classes").objects())
        .extracting(row -> row.text("label"))
        .containsExactly("Abba", "Ikki");
  }

  @Test
  void evaluateRefusesDataThatHaveChanged() throws IOException {
    var data = Files.copy(folder.resolve("words.csv"), folder.resolve("changing.csv")).toString();
    var run = folder.resolve("changed").toString();
    String[] train = {"train", "classify", "--data", data, "--text", "word", "--label", "language"};
    var command = new ArrayList<>(List.of(train));
    command.addAll(List.of("--set", "training.epochs=1", "--out", run));
    assertThat(Program.run(command.toArray(String[]::new)).code()).isZero();
    assertThat(Program.run("evaluate", run).code()).isZero();

    Files.writeString(Path.of(data), "ikk,Ikki\n", StandardOpenOption.APPEND);

    assertThat(Program.run("evaluate", run))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(1))
        .satisfies(refused -> assertThat(refused.out()).isEmpty())
        .satisfies(
            refused ->
                assertThat(refused.err())
                    .startsWith(
                        "sequor: "
                            + run
                            + ": expected the examples that it was trained on, got others in"
                            + " changing.csv")
                    .hasLineCount(1));
    assertThat(Program.run("evaluate", run, "--data", data).code()).isZero();
  }

  @Test
  void predictReadsArgumentsFilesAndStandardInput() throws IOException {
    var file = Files.writeString(folder.resolve("texts.txt"), "abab\r\n\nikik", UTF_8);
    var arguments = Program.run("predict", classifier, "abab", "", "ikik", "--json");

    assertThat(arguments.code()).isZero();
    assertThat(arguments.objects())
        .extracting(o -> o.text("text"))
        .containsExactly("abab", "", "ikik");
    assertThat(Program.run("predict", classifier, "--file", file.toString(), "--json"))
        .isEqualTo(arguments);
    assertThat(Program.runWith("abab\n\nikik\n", "predict", classifier, "--json"))
        .isEqualTo(arguments);
    assertThat(Program.runWith("", "predict", classifier).out()).isEmpty();
  }

  @Test
  void predictRefusesWhatIsNoText() throws IOException {
    var file = Files.write(folder.resolve("latin.txt"), new byte[] {'s', 'c', 'h', (byte) 0xF6});

    var refused = Program.run("predict", classifier, "--file", file.toString());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err().strip())
        .isEqualTo("sequor: " + file + ":1: expected text in UTF-8, got other bytes; convert it");
  }

  @Test
  void goodLinesAreAnsweredBeforeAWrongOneIsRefused() throws IOException {
    byte[] lines = {'a', 'b', '\n', 'i', 'k', '\n', (byte) 0xE9, '\n', 'a', '\n'};
    var file = Files.write(folder.resolve("third.txt"), lines);

    var some = Program.run("predict", classifier, "--json", "--file", file.toString());

    assertThat(some.code()).isEqualTo(1);
    assertThat(some.objects()).extracting(o -> o.text("text")).containsExactly("ab", "ik");
    assertThat(some.err()).contains("third.txt:3: expected text in UTF-8");
  }

  @Test
  void aByteOrderMarkIsNoLetter() throws IOException {
    var plain = Program.run("predict", classifier, "abab", "\uFEFFikik", "--json");
    var file = Files.writeString(folder.resolve("bom.txt"), "\uFEFFabab\r\n\uFEFFikik\r\n", UTF_8);

    assertThat(Program.run("predict", classifier, "--file", file.toString(), "--json"))
        .isEqualTo(plain);
    assertThat(Program.runWith("\uFEFFabab\n\uFEFFikik", "predict", classifier, "--json"))
        .isEqualTo(plain);
  }

  @Test
  void onlyALineFeedEndsAText() {
    var texts = Program.runWith("a\u2028b\rc\u0085d\n", "predict", classifier, "--json").objects();

    assertThat(texts).extracting(o -> o.text("text")).containsExactly("a\u2028b\rc\u0085d");
  }

  @Test
  void aTextMayBeginWithAnAt() throws IOException {
    var file = Files.writeString(folder.resolve("argument-file"), "ik ik ik");
    String[] texts = {"@" + file, "@@ab", "@"};

    var shown = Program.run("predict", classifier, "--json", texts[0], texts[1], texts[2]);

    assertThat(shown.objects()).extracting(o -> o.text("text")).containsExactly(texts);
  }

  /// A program that writes a line and waits for its answer before it writes the next.
  @Test
  void aLineIsAnsweredBeforeTheNextIsWritten() throws Exception {
    var before = System.in;
    var answer = new PipedInputStream();
    var out = new PrintWriter(new PipedOutputStream(answer), true, UTF_8);
    var quiet = new PrintWriter(Writer.nullWriter());
    try (var line = new PipedOutputStream();
        var in = new PipedInputStream(line);
        var answers = new BufferedReader(new InputStreamReader(answer, UTF_8))) {
      System.setIn(in);
      Thread.ofVirtual().start(() -> Main.run(out, quiet, "predict", classifier));
      for (var text : List.of("abab", "ikik")) {
        line.write((text + "\n").getBytes(UTF_8));
        line.flush();
        assertThat(answers.readLine()).startsWith(text);
      }
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void predictGivesTheLikeliestLabelsFirst() {
    var object = Program.run("predict", classifier, "ikik", "--json").objects().getFirst();

    assertThat(object.text("label")).isEqualTo("Ikki");
    var labels = object.array("labels").objects();
    assertThat(labels).extracting(label -> label.text("label")).containsExactly("Ikki", "Abba");
    assertThat(labels.stream().mapToDouble(label -> label.number("probability")).sum())
        .isCloseTo(1, within(1e-5));
    assertThat(object.number("probability")).isEqualTo(labels.getFirst().number("probability"));
  }

  @Test
  void predictionsStandInColumns() {
    var shown = Program.run("predict", classifier, "abab", "한국", "a\tb\nc", "--top", "1");

    assertThat(shown.lines())
        .hasSize(3)
        .allMatch(line -> line.matches(".*  (Abba|Ikki) {1,3}\\d+\\.\\d %"));
    assertThat(shown.lines().get(0)).startsWith("abab   ");
    assertThat(shown.lines().get(1)).startsWith("한국   "); // two places each
    assertThat(shown.lines().get(2)).startsWith("a b c  ");
  }

  @Test
  void generateMakesTheSameTextsForTheSameSeed() {
    var made = Program.run("generate", generator, "--count", "4", "--seed", "3", "--json");

    assertThat(made.code()).isZero();
    assertThat(made.objects()).hasSize(4).allMatch(o -> o.has("text") && o.has("label"));
    assertThat(Program.run("generate", generator, "--count", "4", "--seed", "3", "--json"))
        .isEqualTo(made);
    assertThat(Program.run("generate", generator, "--count", "4", "--seed", "4", "--json"))
        .isNotEqualTo(made);
  }

  @Test
  void generateObeysItsOptions() {
    var made =
        Program.run(
            "generate",
            generator,
            "--label",
            "Abba",
            "--prompt",
            "ab",
            "--temperature",
            "0",
            "--max-tokens",
            "5",
            "--top-k",
            "3",
            "--top-p",
            "0.9");

    assertThat(made.lines()).hasSize(5).allMatch(text -> text.matches("ab.{0,3}"));
  }

  /// The scale is the inverse of the temperature; what is drawn can be looked at.
  @Test
  void generateScalesStopsAndTraces() {
    var scaled = Program.run("generate", generator, "--scale", "4", "--count", "6");
    assertThat(Program.run("generate", generator, "--temperature", "0.25", "--count", "6"))
        .isEqualTo(scaled);

    String[] stopped = {
      "generate", generator, "--count", "9", "--stop", "b", "--stop", "\\n", "--trace"
    };
    var made = Program.run(stopped);
    assertThat(made.lines()).filteredOn(line -> line.startsWith("  \"")).isNotEmpty();
    assertThat(made.lines())
        .filteredOn(line -> line.startsWith("  "))
        .allMatch(
            line -> line.matches("  \"[^ ]+\" \\d\\.\\d{3}  of(  \".+?\" \\d\\.\\d{3}){1,5}"));
    stopped[1] = generator;
    var json = Program.run(append(stopped, "--json", "--repetition-penalty", "1.2")).objects();
    assertThat(json).hasSize(9).noneMatch(o -> o.text("text").contains("b"));
    var draw = json.getFirst().array("trace").objects().getFirst();
    assertThat(draw.number("probability")).isBetween(0.0, 1.0);
    assertThat(draw.array("likeliest").objects()).isNotEmpty().allMatch(one -> one.has("token"));
  }

  private static String[] append(String[] words, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(words), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  @Test
  void doctorSaysWhatItFound() {
    var checks = Program.run("doctor", "--json").objects();

    assertThat(checks)
        .extracting(check -> check.text("check"))
        .contains("java", "kernels", "lanes", "threads", "start", "data", "runs");
    assertThat(checks).allMatch(check -> check.flag("ok") != check.has("do"));
    assertThat(Program.run("doctor").out()).contains("kernels ");
  }

  @Test
  void dataListsShowsAndFetches() {
    assertThat(Program.run("data", "list", "--json").objects())
        .extracting(set -> set.text("name"))
        .contains("names", "surnames");
    assertThat(Program.run("data", "list").out()).contains("names  ");
    assertThat(Program.run("data", "show", "surnames").out())
        .contains("licence", "sha256", "surnames/surnames_with_splits.csv");
    assertThat(Program.run("data", "show", "names").out()).contains("it comes with Sequor");
    JsonObject fetched = Program.run("data", "fetch", "names", "--json").objects().getFirst();
    assertThat(fetched.flag("embedded")).isTrue();
    assertThat(Program.run("data").out()).contains("list", "show", "fetch");
  }

  @Test
  void dataFindsAFileInTheFolderThatIsNamed() throws IOException {
    var there = Files.createDirectories(folder.resolve("data/surnames"));
    var file = Files.writeString(there.resolve("surnames_with_splits.csv"), "mine");

    var fetched =
        Program.run("data", "fetch", "surnames", "--data", folder.resolve("data").toString());

    assertThat(fetched.out().strip()).isEqualTo(file.toString());
  }
}
