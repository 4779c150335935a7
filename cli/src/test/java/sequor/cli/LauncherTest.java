package sequor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder that the build makes, `bin/sequor` and `lib`, put together here from what the tests
/// run on: it starts anywhere, with and without its archive of classes.
class LauncherTest {
  @TempDir static Path folder;

  private static App app;
  private static String run;

  @BeforeAll
  static void makeFolder() throws IOException {
    app = App.in(folder.resolve("an app"));
    var recipe = Program.recipe(folder, "words", "classify", "language").toString();
    run = folder.resolve("run").toString();
    assertThat(Program.run("train", recipe, "--out", run, "--set", "training.epochs=1").code())
        .isZero();
  }

  private static Process start(Path cache, String... arguments) throws IOException {
    return app.start(folder, cache, arguments);
  }

  private static Process start(Path cache, List<String> command) throws IOException {
    return App.start(folder, cache, command);
  }

  /// The archive that the first starts make in the background.
  private static Path archive(Path cache) throws IOException, InterruptedException {
    for (int i = 0; i < 6000; i++) {
      try (var files = Files.list(cache.resolve("sequor/start"))) {
        var there = files.toList();
        if (there.size() == 1 && there.getFirst().toString().endsWith(".jsa")) {
          return there.getFirst();
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("no archive, and nothing else, in " + cache);
  }

  @Test
  void anArchiveIsMadeUsedAndNeverMissed() throws Exception {
    var cache = folder.resolve("a cache");
    var expected = Program.run("predict", run, "abab", "ikik", "--json").out();
    String[] predict = {"predict", run, "abab", "ikik", "--json"};
    var before = Files.getLastModifiedTime(app.folder().resolve("lib"));

    var first = start(cache, predict);
    var second = start(cache, predict); // at the same time
    assertThat(List.of(App.end(first), App.end(second)))
        .containsOnly(new Program(0, expected, App.WARNING)); // the archive is made meanwhile

    var archive = archive(cache);
    assertThat(App.end(start(cache, predict))).isEqualTo(new Program(0, expected, App.WARNING));
    assertThat(App.end(start(cache, "doctor", "--json")).objects())
        .filteredOn(check -> check.text("check").equals("start"))
        .allSatisfy(
            start -> {
              assertThat(start.text("found")).isEqualTo("class path, classes from " + archive);
              assertThat(start.flag("ok")).isTrue();
            });

    Files.write(archive, new byte[] {1, 2, 3});
    assertThat(App.end(start(cache, predict))).isEqualTo(new Program(0, expected, App.WARNING));
    assertThat(App.end(start(cache, "doctor")).out())
        .contains("classes from the jars instead of " + archive)
        .contains("→ the archive does not fit");
    assertThat(Files.getLastModifiedTime(app.folder().resolve("lib"))).isEqualTo(before);
  }

  @Test
  void nothingIsNeededButJava() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "no folder can be made below it");

    var doctor = App.end(start(file, "doctor", "--json"));

    assertThat(doctor.err()).isEqualTo(App.WARNING);
    assertThat(doctor.objects())
        .filteredOn(check -> check.text("check").equals("start"))
        .allSatisfy(
            start -> assertThat(start.text("found")).endsWith("start cannot be written to"));
    assertThat(App.end(start(file, "trian")).code()).isEqualTo(2);
  }

  @Test
  void aJavaThatLiesInTheFolderIsTaken() throws Exception {
    var other = Files.createDirectories(folder.resolve("with a runtime"));
    Files.createDirectories(other.resolve("bin"));
    Files.createDirectories(other.resolve("lib"));
    Files.copy(app.folder().resolve("bin/sequor"), other.resolve("bin/sequor"));
    var java = Files.createDirectories(other.resolve("runtime/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nfor last; do :; done\necho \"$0 got $last\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.createFile(other.resolve("runtime/release"));

    var said = App.end(start(java, List.of("sh", other + "/bin/sequor", "--version")));

    assertThat(said).isEqualTo(new Program(0, java.toRealPath() + " got --version\n", ""));
  }

  @Test
  void theModulePathGivesTheSameAnswer() throws Exception {
    var expected = Program.run("predict", run, "abab", "--json").out();

    var modules =
        start(
            folder,
            List.of(
                App.JAVA.resolve("bin/java").toString(),
                "--module-path",
                app.folder().resolve("lib").toString(),
                "-m",
                "sequor.cli/sequor.cli.Main",
                "predict",
                run,
                "abab",
                "--json"));

    assertThat(App.end(modules)).isEqualTo(new Program(0, expected, App.WARNING));
  }

  @Test
  void aClosedStandardInputIsAnEmptyOne() throws Exception {
    var closed = shell("predict " + quoted(run) + " <&-");

    assertThat(closed).isEqualTo(new Program(0, "", App.WARNING));
  }

  @Test
  void resultsThatCannotBeWrittenAreAFailure() throws Exception {
    var full = shell("predict " + quoted(run) + " abab >/dev/full");
    var gone = shell("predict " + quoted(run) + " abab ikik --json | head -c 1");

    assertThat(full.code()).isEqualTo(1);
    assertThat(full.err())
        .contains("sequor: standard output: expected to write all results, got No space left");
    assertThat(gone).isEqualTo(new Program(0, "{", App.WARNING));
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoFailure() throws Exception {
    for (var command : List.of("recipe show names", "data show surnames", "runs --help")) {
      var first = shell(command + " | head -1");

      assertThat(first.err()).as(command).isEqualTo(App.WARNING);
      assertThat(first.code()).as(command).isZero();
      assertThat(first.lines()).as(command).hasSize(1);
    }
    var table = folder.resolve("many.csv");
    Files.writeString(table, "word\n" + "abab\n".repeat(20_000));
    var many = shell("predict %s --file %s | head -2".formatted(quoted(run), quoted(table + "")));
    assertThat(many.err()).isEqualTo(App.WARNING);
    assertThat(many.lines()).hasSize(2).first().isEqualTo("word,predicted,probability");
  }

  @Test
  void lettersOfArgumentsAreReadWithoutALocale() throws Exception {
    var expected = Program.run("predict", run, "한국 Müller", "--json").out();

    var shown = shell("predict " + quoted(run) + " '한국 Müller' --json", "LC_ALL=C");

    assertThat(shown).isEqualTo(new Program(0, expected, App.WARNING));
  }

  @Test
  void trainingsAtOnceGetAFolderEach() throws Exception {
    var recipe = folder.resolve("words.yaml").toString();
    var cache = folder.resolve("cache");
    var seeds = new ArrayList<Process>();
    var same = new ArrayList<Process>();
    for (int seed = 1; seed <= 3; seed++) {
      seeds.add(start(cache, "train", recipe, "--seed", "" + seed));
      same.add(start(cache, "train", recipe, "--seed", "" + seed, "--out", "one"));
    }

    for (var each : seeds) {
      assertThat(App.end(each).code()).isZero();
    }
    assertThat(folder.resolve("runs")).isDirectoryNotContaining("glob:**/words-4");
    for (var name : List.of("words", "words-2", "words-3")) {
      assertThat(folder.resolve("runs/" + name + "/model/config.json")).exists();
      assertThat(Files.readAllLines(folder.resolve("runs/" + name + "/metrics.jsonl"))).hasSize(3);
    }
    var ends = new ArrayList<Program>();
    for (var each : same) {
      ends.add(App.end(each));
    }
    assertThat(ends).extracting(Program::code).containsExactlyInAnyOrder(0, 1, 1);
    assertThat(Files.readAllLines(folder.resolve("one/metrics.jsonl"))).hasSize(3);
  }

  private static String quoted(String word) {
    return "'" + word + "'";
  }

  /// What a shell makes of a command line.
  private static Program shell(String arguments, String... environment) throws Exception {
    var command = folder.resolve("command.sh");
    Files.writeString(
        command, "sh " + quoted(app.folder().resolve("bin/sequor") + "") + " " + arguments, UTF_8);
    var words = new ArrayList<>(List.of("env"));
    words.addAll(List.of(environment));
    words.addAll(List.of("sh", command.toString()));
    return App.end(start(folder.resolve("cache"), words));
  }
}
