package sequor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `sequor train` does besides training: checks, saves recipes, sweeps, and is quiet.
class TrainOptionsTest {
  @TempDir Path folder;

  private Path recipe;

  @BeforeEach
  void write() throws IOException {
    recipe = Program.recipe(folder, "words", "classify", "language");
  }

  private Program train(String... more) {
    var command = new ArrayList<>(List.of("train", recipe.toString()));
    command.addAll(List.of(more));
    return Program.run(command.toArray(String[]::new));
  }

  @Test
  void checkStopsBeforeTraining() {
    var checked = train("--check", "--out", folder.resolve("run").toString(), "--json");

    assertThat(checked.code()).isZero();
    assertThat(checked.err()).isEmpty();
    assertThat(folder.resolve("run")).doesNotExist();
    var object = checked.objects().getFirst();
    assertThat(checked.objects()).hasSize(1);
    assertThat(object.text("recipe")).isEqualTo("words");
    assertThat(object.number("train")).isEqualTo(48);
    assertThat(object.number("valid")).isEqualTo(6);
    assertThat(object.number("test")).isEqualTo(6);
    assertThat(object.number("parameters")).isGreaterThan(100);
    assertThat(object.object("settings").object("model").number("hidden_size")).isEqualTo(7);
  }

  @Test
  void variantsThatCannotBeginAreToldBeforeAnyIsTrained() throws IOException {
    Files.writeString(
        recipe,
        Files.readString(recipe)
            + "\nvariants:\n  plain: {}\n  begun: {model.vectors: nowhere/at-all.vec}\n");
    var before = entries();
    var refused = train();

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "words-begun: expected what it begins with, got nothing at model.vectors: "
                + "\"nowhere/at-all.vec\"; train that before");
    assertThat(entries()).isEqualTo(before);
  }

  @Test
  void aRateIsFoundAndNothingElseIsKept() throws IOException {
    var picture = folder.resolve("rate.svg");
    var before = entries();
    var found = train("--find-lr", "--out", picture.toString(), "--json");

    assertThat(found.code()).isZero();
    assertThat(found.objects()).hasSize(1);
    assertThat(found.objects().getFirst().number("learning_rate")).isBetween(1e-5, 10.0);
    assertThat(found.objects().getFirst().number("steps")).isGreaterThan(100);
    assertThat(Files.readString(picture))
        .contains("<svg", "log10 of the learning rate", "smoothed");
    Files.delete(picture);
    assertThat(entries()).isEqualTo(before);
    assertThat(train("--find-lr", "--out", picture.toString()).out())
        .matches("(?s)learning rate \\S+: there the loss falls fastest; try --set .*");
    assertThat(train("--find-lr", "--check").err())
        .contains("--find-lr: expected no --check, --resume or --sweep, got one; leave it out");
    assertThat(train("--find-lr", "--out", "rate.png").err()).contains("expected a .svg file");
  }

  private List<Path> entries() throws IOException {
    try (var all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  @Test
  void itSaysHowMuchIsPadding() {
    assertThat(train("--check").err())
        .containsPattern(
            "pads   [\\d.]+ % of a batch of texts of any lengths, [\\d.]+ % of texts of");
  }

  /// A folder of source code: trained on, judged again where it stands, on a file, and written on.
  @Test
  void aFolderOfSourceCodeIsLearned() throws IOException {
    var source = Files.createDirectories(folder.resolve("src/deep"));
    for (int i = 0; i < 6; i++) {
      var code = "class A%d {\n  int a() {\n\treturn %d;\n  }\n}\n".formatted(i, i).repeat(4);
      Files.writeString(
          (i < 3 ? source : folder.resolve("src")).resolve("A%d.java".formatted(i)), code);
    }
    Files.writeString(source.resolve("notes.md"), "not code: §");
    recipe =
        Files.writeString(
            folder.resolve("code.yaml"),
            """
            task: model-language
            about: Writes code.
            data:
              file: '%s/src/**/*.java'
              format: text
              reading: carried
              steps: 8
              fractions: [0.9, 0.05, 0.05]
            model:
              hidden_size: 8
              embedding_size: 5
            training:
              epochs: 2
              batch_size: 4
            floor:
              order: 8
            """
                .formatted(folder));
    var run = folder.resolve("run").toString();
    var trained = train("--out", run, "--json");
    assertThat(trained.err()).isEmpty();
    var report = trained.objects().getLast();
    assertThat(report.text("floor.method")).contains("8-gram");

    var again = Program.run("evaluate", run, "--json").objects().getFirst();
    assertThat(again.number("test.nats_per_token")).isEqualTo(report.number("test.nats_per_token"));
    var file = source.resolve("A1.java").toString();
    assertThat(Program.run("evaluate", run, "--data", file).code()).isZero();
    assertThat(Program.run("generate", run, "--prompt", "class ", "--count", "2").lines())
        .isNotEmpty();
    assertThat(Program.run("tokenize", run, "--json", "\treturn").out())
        .contains("\\t")
        .doesNotContain("\"known\":false", "<bos>");
    Files.writeString(source.resolve("A9.java"), "// more\n");
    assertThat(Program.run("evaluate", run).err()).contains("expected the examples that it was");
  }

  @Test
  void checkShowsTheRecipeAndTheModel() throws IOException {
    var checked = train("--check", "--set", "model.cell=rnn");

    assertThat(checked.err()).contains("SequenceClassifier");
    var shown = Files.writeString(folder.resolve("shown.yaml"), checked.out());
    assertThat(Program.run("recipe", "show", shown.toString()).out()).isEqualTo(checked.out());
    assertThat(checked.out()).contains("  cell: rnn ", "# ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.encoder=convolution",
        "model.encoder=transformer",
        "model.pooling=attention"
      })
  void anyEncoderAndPoolingTrainsAndPredicts(String choice) {
    var run = folder.resolve("run");
    var trained =
        Program.run(
            "train",
            "classify",
            "--data",
            folder.resolve("words.csv").toString(),
            "--set",
            choice,
            "--set",
            "training.epochs=2",
            "--out",
            run.toString(),
            "--json");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.objects().getLast().number("test.accuracy")).isBetween(0.0, 1.0);
    var predicted = Program.run("predict", run.toString(), "abba", "--json");
    assertThat(predicted.code()).as(predicted.err()).isZero();
  }

  @Test
  void aTransformerTakesASmallerRate() {
    var words = folder.resolve("words.csv").toString();
    for (var encoder : new String[] {"convolution", "transformer"}) {
      var checked =
          Program.run(
              "train",
              "classify",
              "--data",
              words,
              "--check",
              "--set",
              "model.encoder=" + encoder,
              "--json");
      var training = checked.objects().getFirst().object("settings").object("training");
      assertThat(training.number("learning_rate"))
          .isEqualTo(encoder.equals("transformer") ? 0.001 : 0.005);
    }
  }

  @Test
  void widthsAreAList() {
    var words = folder.resolve("words.csv").toString();
    var checked =
        Program.run(
            "train",
            "classify",
            "--data",
            words,
            "--check",
            "--set",
            "model.encoder=convolution",
            "--set",
            "model.widths=[2, 5]");
    assertThat(checked.out()).contains("  widths: [2, 5] ");
    assertThat(checked.err()).contains("convolutions: Windows");
    var refused =
        Program.run(
            "train",
            "classify",
            "--data",
            words,
            "--set",
            "model.encoder=convolution",
            "--set",
            "model.widths=3");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("model.widths: expected a list of whole numbers from 1 to 1024, got 3");
  }

  @Test
  void checkFindsWhatIsWrongWithTheData() {
    assertThat(train("--check", "--label", "langauge"))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
        .satisfies(refused -> assertThat(refused.out()).isEmpty())
        .satisfies(
            refused ->
                assertThat(refused.err())
                    .contains("data.label: expected a column of words.csv (word, language), got")
                    .contains("did you mean \"language\"?"));
  }

  @Test
  void aSavedRecipeTrainsTheSame() {
    var saved = folder.resolve("saved.yaml").toString();
    var first = folder.resolve("first");
    var second = folder.resolve("second");

    train(
        "--set",
        "model.cell=rnn",
        "--seed",
        "3",
        "--save-recipe",
        saved,
        "--out",
        "" + first,
        "-q");
    Program.run("train", saved, "--out", second.toString(), "-q");

    assertThat(second.resolve("model/model.safetensors"))
        .hasSameBinaryContentAs(first.resolve("model/model.safetensors"));
    assertThat(second.resolve("recipe.yaml")).hasSameTextualContentAs(first.resolve("recipe.yaml"));
  }

  @Test
  void textAndLabelNameTheColumns() throws IOException {
    var table = folder.resolve("it's, mine.csv");
    var lines = Files.readAllLines(folder.resolve("words.csv"));
    lines.set(0, "my: text,010");
    Files.write(table, lines);

    var checked =
        Program.run(
            "train",
            "classify",
            "--data",
            table.toString(),
            "--text",
            "my: text",
            "--label",
            "010",
            "--check",
            "--json");

    assertThat(checked.err()).isEmpty();
    var data = checked.objects().getFirst().object("settings").object("data");
    assertThat(data.text("text")).isEqualTo("my: text");
    assertThat(data.text("label")).isEqualTo("010");
    assertThat(data.text("file")).isEqualTo(table.toString());
  }

  @Test
  void quietPrintsResultsOnly() {
    var quiet = train("--out", folder.resolve("run").toString(), "-q");

    assertThat(quiet.err()).isEmpty();
    assertThat(quiet.out()).contains("accuracy").doesNotContain("epoch   1");
    var json = train("--out", folder.resolve("again").toString(), "--quiet", "--json");
    assertThat(json.err()).isEmpty();
    assertThat(json.objects()).hasSize(1);
  }

  @Test
  void warningsGoToStandardErrorUnlessItIsToBeQuiet() {
    String[] cut = {
      "--set", "tokens.max_length=3", "--set", "training.epochs=1", "--json", "--out"
    };
    var words = new ArrayList<>(List.of(cut));
    words.add(folder.resolve("run").toString());

    var warned = train(words.toArray(String[]::new));

    assertThat(warned.err())
        .matches("warning: \\d+ of 48 texts are longer than tokens.max_length 3 and are cut\\R");
    assertThat(warned.objects()).hasSize(2);
    words.set(words.size() - 1, folder.resolve("again").toString());
    words.add("-q");
    assertThat(train(words.toArray(String[]::new)).err()).isEmpty();
  }

  /// In a process of its own, since its runs go into the folder that it was started in.
  @Test
  void aSweepTrainsEveryCombination() throws Exception {
    var swept =
        start("--sweep", "model.cell=rnn,gru", "--sweep", "model.hidden_size=3,4", "--seed", "2");

    assertThat(swept.code()).isZero();
    assertThat(swept.lines()).hasSize(5);
    assertThat(swept.lines().getFirst())
        .matches("model.cell +model.hidden_size +accuracy +macro_f1 +loss +seconds +run");
    assertThat(swept.lines().get(1)).matches("rnn +3 +.*runs/words");
    assertThat(swept.lines().get(4)).matches("gru +4 +.*runs/words-4");
    assertThat(swept.err()).contains("sweep  model.cell=rnn  model.hidden_size=4");
    var runs = folder.resolve("runs").toString();
    var differing =
        Program.run("runs", "--in", runs, "--diff", "--sort", "accuracy", "--json").objects();
    assertThat(differing)
        .allSatisfy(
            run ->
                assertThat(run.object("settings").names())
                    .containsExactly("model.cell", "model.hidden_size"));
    assertThat(differing)
        .extracting(run -> run.number("test.accuracy"))
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(Program.run("runs", "--in", runs, "--where", "model.cell=gru", "--json").objects())
        .extracting(run -> run.text("run"))
        .containsExactly(runs + "/words-3", runs + "/words-4");
  }

  @Test
  void variantsAreTrainedSideBySide() throws Exception {
    Files.writeString(
        recipe,
        Files.readString(recipe)
            + "\nvariants:\n  rnn: {model.cell: rnn}\n  small: {model.hidden_size: 3}\n");

    var trained = start("--sweep", "training.seed=1,2");

    assertThat(trained.code()).isZero();
    assertThat(trained.lines().getFirst())
        .matches("variant +training.seed +accuracy +macro_f1 +loss +seconds +run");
    assertThat(trained.lines().get(1)).matches("rnn +1 +.*runs/words-rnn");
    assertThat(trained.lines().get(2)).matches("small +1 +.*runs/words-small");
    assertThat(trained.lines().get(3)).matches("rnn +2 +.*runs/words-rnn-2");

    var one = train("--variant", "small", "--out", folder.resolve("one").toString(), "--json");
    assertThat(one.code()).isZero();
    assertThat(Files.readString(folder.resolve("one/recipe.yaml"))).contains("hidden_size: 3 ");
    assertThat(train("--out", folder.resolve("two").toString()).err())
        .contains("variants: expected neither --resume nor --out", "take one of them (--variant)");
    assertThat(train("--find-lr").err()).contains("--find-lr: expected one training, got variants");
  }

  @Test
  void aSweepPrintsObjectsToo() throws Exception {
    var swept = start("--sweep", "data.fractions=[0.8, 0.1, 0.1],[0.6, 0.2, 0.2]", "--json", "-q");

    assertThat(swept.objects()).hasSize(2);
    assertThat(swept.objects())
        .extracting(one -> one.text("run"))
        .containsExactly("runs/words", "runs/words-2");
    assertThat(swept.objects().get(1).object("settings").array("data.fractions").numbers())
        .containsExactly(0.6, 0.2, 0.2);
  }

  @Test
  void aSweepThatFailsPrintsWhatWentWell() throws Exception {
    var swept =
        start(
            "--set",
            "training.optimizer=sgd",
            "--set",
            "training.clip_norm=0",
            "--set",
            "training.weight_decay=1000",
            "--set",
            "training.epochs=9",
            "--sweep",
            "training.learning_rate=1e-9,1000");

    assertThat(swept.code()).isEqualTo(1);
    assertThat(swept.err()).contains("lower the learning rate");
    assertThat(swept.lines()).hasSize(2).last().asString().matches(" *1e-9 .*");
  }

  private Program start(String... more) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                absoluteClassPath(),
                Main.class.getName(),
                "train",
                recipe.toString(),
                "--set",
                "training.epochs=1"));
    command.addAll(List.of(more));
    var err = folder.resolve("err.txt");
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Program(process.waitFor(), out, Files.readString(err));
  }

  private static String absoluteClassPath() {
    var paths = new ArrayList<String>();
    for (var path : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
      paths.add(Path.of(path).toAbsolutePath().toString());
    }
    return String.join(java.io.File.pathSeparator, paths);
  }
}
