package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What goes wrong is said in one line on standard error, with the exit code that fits.
class MisuseTest {
  @TempDir static Path folder;

  private static String classifier;
  private static String generator;

  @BeforeAll
  static void train() throws IOException {
    classifier = run("classifier", "classify", "language");
    generator = run("generator", "model-language", "");
    Files.writeString(folder.resolve("doubled.yaml"), "task: classify\nabout: a\nabout: b\n");
    Files.writeString(folder.resolve("anchor.yaml"), "task: classify\ndata: &a {set: names}\n");
    Files.createDirectories(folder.resolve("folder.csv"));
    Files.createDirectories(folder.resolve("folder.yaml"));
  }

  private static String run(String name, String task, String label) throws IOException {
    var run = folder.resolve("runs/" + name).toString();
    var recipe = Program.recipe(folder, name, task, label).toString();
    Program.run("train", recipe, "--out", run, "--set", "training.epochs=1");
    return run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian names                   | sequor: expected a verb, got "trian"; did you mean "train"? sequor --help shows how
          --jsno                        | sequor: expected an option of it, got "--jsno"; sequor --help shows how
          train                         | sequor train: expected RECIPE, got nothing; sequor train --help shows how
          train names --resme           | sequor train: expected an option of it, got "--resme"; did you mean "--resume"? sequor train --help shows how
          train names more              | sequor train: expected nothing more, got "more"; sequor train --help shows how
          train names --seed x          | sequor train: --seed: expected a whole number, got 'x'; sequor train --help shows how
          train names --threads 0       | sequor train: --threads: expected 1 to 1024, got 0; sequor train --help shows how
          train names --out             | sequor train: --out: expected DIR, got nothing; sequor train --help shows how
          evaluate                      | 'sequor evaluate: expected RUN|FILE, got nothing; sequor evaluate --help shows how'
          predict                       | sequor predict: expected RUN, got nothing; sequor predict --help shows how
          predict CLASSIFIER a --top 0  | sequor predict: --top: expected 1 or more, got 0; sequor predict --help shows how
          predict CLASSIFIER a -x       | sequor predict: expected an option of it, got "-x"; sequor predict --help shows how
          generate                      | sequor generate: expected RUN, got nothing; sequor generate --help shows how
          generate GENERATOR --count 0  | sequor generate: --count: expected 1 or more, got 0; sequor generate --help shows how
          generate GENERATOR --max-tokens 0 | sequor generate: --max-tokens: expected 1 or more, got 0; sequor generate --help shows how
          generate GENERATOR --temperature x | sequor generate: --temperature: expected a number, got 'x'; sequor generate --help shows how
          data shwo names               | sequor data: expected a verb, got "shwo"; did you mean "show"? sequor data --help shows how
          data show                     | sequor data show: expected NAME, got nothing; sequor data show --help shows how
          runs more                     | sequor runs: expected nothing more, got "more"; sequor runs --help shows how
          bench setp                    | sequor bench: expected a verb, got "setp"; did you mean "step"? sequor bench --help shows how
          bench step --cell lsmt        | sequor bench step: --cell: expected one of rnn, lstm, gru, got "lsmt"; did you mean "lstm"? sequor bench step --help shows how
          bench step --cell transformer | sequor bench step: --cell: expected one of rnn, lstm, gru, got "transformer"; sequor bench step --help shows how
          bench step --batch 0          | sequor bench step: --batch: expected 1 or more, found 0; every size counts something; sequor bench step --help shows how
          bench step --vocab 0          | sequor bench step: --vocab: expected 1 or more, found 0; every size counts something; sequor bench step --help shows how
          bench step --time 2000000000  | sequor bench step: --time: expected tensors of 2147483583 numbers at most, found one of batch 64 × time 2000000000 × embed 256; lower time; sequor bench step --help shows how
          bench step --hidden 99999999999 | sequor bench step: --hidden: expected a whole number, got '99999999999'; sequor bench step --help shows how
          bench step --steps 0          | sequor bench step: --steps: expected 1 to 1000000, got 0; sequor bench step --help shows how
          bench step --repeat 0         | sequor bench step: --repeat: expected 1 to 1000000, got 0; sequor bench step --help shows how
          bench step --warm-up NaN      | sequor bench step: --warm-up: expected 0 to 3600 seconds, got NaN; sequor bench step --help shows how
          bench step --step-by-step --bidirectional | sequor bench step: --step-by-step: expected a layer that reads forward, found a bidirectional one; leave one of the two out; sequor bench step --help shows how
          bench predict --rounds 0      | sequor bench predict: --rounds: expected 1 to 1000000, got 0; sequor bench predict --help shows how
          bench predict --classes -1    | sequor bench predict: --classes: expected 1 or more, found -1; every size counts something; sequor bench predict --help shows how
          bench peak --threads 0        | sequor bench peak: --threads: expected 1 to 1024, got 0; sequor bench peak --help shows how
          bench peak --size 3x4         | sequor bench peak: --size: expected MxNxK such as 64x2048x512, got "3x4"; sequor bench peak --help shows how
          bench peak --size 0x4x5       | sequor bench peak: --size: m: expected 1 or more, found 0; every size counts something; sequor bench peak --help shows how
          bench peak --size 99999x1x99999 | sequor bench peak: --size: m: expected tensors of 2147483583 numbers at most, found one of m 99999 × k 99999; lower m; sequor bench peak --help shows how
          bench peak --warm-up -1       | sequor bench peak: --warm-up: expected 0 to 3600 seconds, got -1.0; sequor bench peak --help shows how
          generate GENERATOR --temperature -1 | sequor generate: --temperature: expected a number from 0 on, got -1.0; sequor generate --help shows how
          generate GENERATOR --temperature NaN | sequor generate: --temperature: expected a number from 0 on, got NaN; sequor generate --help shows how
          generate GENERATOR --scale 0  | sequor generate: --scale: expected a number above 0, got 0.0; sequor generate --help shows how
          generate GENERATOR --scale 2 --temperature 1 | sequor generate: --scale: expected it or --temperature, got both; leave one out; sequor generate --help shows how
          generate GENERATOR --repetition-penalty 0 | sequor generate: --repetition-penalty: expected a number above 0, got 0.0; sequor generate --help shows how
          generate GENERATOR --top-k -1 | sequor generate: --top-k: expected 0 or more, got -1; sequor generate --help shows how
          generate GENERATOR --top-p 0  | sequor generate: --top-p: expected more than 0 and at most 1, got 0.0; sequor generate --help shows how
          generate GENERATOR --top-p 2  | sequor generate: --top-p: expected more than 0 and at most 1, got 2.0; sequor generate --help shows how
          predict CLASSIFIER a --file b | sequor predict: --file: expected texts or a file, got both; sequor predict --help shows how
          predict CLASSIFIER a --out b.csv | sequor predict: --text, --pair and --out: expected a table (--file x.csv), got none; sequor predict --help shows how
          predict CLASSIFIER --file b.txt --text a | sequor predict: --text, --pair and --out: expected a table (--file x.csv), got none; sequor predict --help shows how
          predict CLASSIFIER --file b.csv --out b.xlsx | sequor predict: --out: expected a .csv, .tsv or .jsonl file, got b.xlsx; sequor predict --help shows how
          train names --out a --out b   | sequor train: --out: expected once, got again; sequor train --help shows how
          train names --json=x          | sequor train: --json: expected true or false, got 'x'; sequor train --help shows how
          train names --save-recipe a.txt | sequor train: --save-recipe: expected a .yaml file, got a.txt; sequor train --help shows how
          train names --sweep a=1 --out b | sequor train: --sweep: expected neither --resume nor --out, got one of them; each training gets a folder of its own; sequor train --help shows how
          recipe lsit                   | sequor recipe: expected a verb, got "lsit"; did you mean "list"? sequor recipe --help shows how
          recipe show                   | sequor recipe show: expected RECIPE, got nothing; sequor recipe show --help shows how
          recipe init names a.txt       | sequor recipe init: expected a .yaml file, got a.txt; sequor recipe init --help shows how
          runs --sort                   | sequor runs: --sort: expected METRIC, got nothing; sequor runs --help shows how
          doctor --fast                 | sequor doctor: expected an option of it, got "--fast"; sequor doctor --help shows how
          """)
  void aWrongCommandLineIsMisuse(String command, String message) {
    var program = Program.run(words(command));

    assertThat(program.err().strip()).isEqualTo(message);
    assertThat(program.out()).isEmpty();
    assertThat(program.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train nmaes                              | sequor: recipe: expected one of names,
          train names --set model.cel=gru          | sequor: --set: model.cel: no such key in model;
          train names --set model.cell             | sequor: --set: expected key=value,
          train names --set model.cell=gur         | sequor: --set: model.cell: expected one of rnn, lstm, gru, min_gru, min_lstm, rg_lru, s4d, got "gur"; did you mean "gru"?
          train names --set training.learning_rate=0,01 | sequor: --set: training.learning_rate: expected a number from 1.0E-12 to 1000, got "0,01"; write a point: 0.01
          train names --set task=model-language    | sequor: --set: task: expected 'classify', got another;
          train names --seed -1                    | sequor: --set: training.seed: expected a whole number from 0
          train names --set training.watch=acuracy | sequor: --set: training.watch: expected one of accuracy,
          train classify                           | sequor: classify: data.set: expected a file of your own (--data FILE) or a data set (sequor data list), got neither; name one
          train classify --data WORDS --text wrod --label language | sequor: --set: data.text: expected a column of words.csv (word, language), got 'wrod'; did you mean "word"?
          train names --sweep model.cell           | sequor: --sweep: expected key=a,b,
          train names --sweep model.cell=gru,gur   | sequor: --set: model.cell: expected one of rnn, lstm, gru, min_gru, min_lstm, rg_lru, s4d, got "gur"; did you mean "gru"?
          train DOUBLED                            | sequor: DOUBLED:3: expected each key once, got 'about' again; mend that line
          train ANCHOR                             | sequor: ANCHOR:2: expected a value, got the anchor &a, which recipes do not have; write it out
          recipe show nmaes                        | sequor: recipe: expected one of names,
          recipe init names --set model.cel=gru    | sequor recipe init: expected an option of it, got "--set";
          runs --in RUNS --where model.cel=gru     | sequor: --where: model.cel: no such key in any of these runs;
          runs --in RUNS --where model             | sequor: --where: expected key=value,
          runs --in RUNS --sort acuracy            | sequor: --sort: expected one of accuracy,
          """)
  void wrongWordsKeysAndValuesAreMisuse(String command, String message) {
    requireRefused(command, message, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train no.yaml                            | sequor: recipe: expected a file, got no no.yaml; check the path
          train names --data nowhere               | sequor: --data: expected a file or a folder, got no nowhere; check the path
          train names --out CLASSIFIER             | sequor: CLASSIFIER: expected a new or empty folder, got one with files;
          train translate --source pom.xml --target no.en | sequor: --source and --target: expected two files, got no file no.en; is it spelled so?
          train names --out nowhere --resume       | sequor: nowhere: expected an unfinished run to resume, got none; train it without --resume
          train names --out CLASSIFIER --resume    | sequor: CLASSIFIER: expected an unfinished run to resume, got a finished one;
          evaluate nowhere                         | sequor: nowhere: expected a run or a model, got no config.json there;
          evaluate CLASSIFIER --data nowhere.csv   | sequor: --data: expected a file or a folder, got no nowhere.csv; check the path
          predict nowhere text                     | sequor: nowhere: expected a run or a model, got no config.json there;
          predict CLASSIFIER --file nowhere.txt    | sequor: nowhere.txt: no such file; check the path
          predict CLASSIFIER --file nowhere.csv    | sequor: nowhere.csv:
          predict CLASSIFIER --file RUNS           | sequor: RUNS: expected a file, got a folder; name a file in it
          predict CLASSIFIER --file FOLDER.csv     | sequor: FOLDER.csv: expected a file, got a folder; name a file in it
          predict CLASSIFIER --file WORDS --text wrod | sequor: WORDS: expected a column 'wrod', got word, language; name the one to read with --text
          generate CLASSIFIER                      | sequor: generate: expected a run that makes up texts, got CLASSIFIER, which does not; use sequor predict
          generate GENERATOR --label Abba          | sequor: generate: expected no label, for this model was trained without, got 'Abba'; leave it out
          recipe init names DOUBLED                | sequor: DOUBLED: expected no file there, got one; name another
          recipe show FOLDER.yaml                  | sequor: recipe: expected a file, got the folder FOLDER.yaml; name a file in it
          data show nams                           | sequor: catalogue: expected a data set (names,
          data show surnames --data nowhere        | sequor: nowhere: expected a folder, got no such folder; name the folder that holds the data
          """)
  void whatCannotBeDoneFails(String command, String message) {
    requireRefused(command, message, 1);
  }

  private static void requireRefused(String command, String message, int code) {
    var program = Program.run(words(command));

    assertThat(program.err())
        .startsWith(String.join(" ", words(message)))
        .matches("[^\\n]+\\R"); // one line
    assertThat(program.out()).isEmpty();
    assertThat(program.code()).isEqualTo(code);
  }

  private static String[] words(String command) {
    return command
        .replace("CLASSIFIER", classifier)
        .replace("GENERATOR", generator)
        .replace("DOUBLED", folder.resolve("doubled.yaml").toString())
        .replace("ANCHOR", folder.resolve("anchor.yaml").toString())
        .replace("WORDS", folder.resolve("words.csv").toString())
        .replace("FOLDER", folder.resolve("folder").toString())
        .replace("RUNS", folder.resolve("runs").toString())
        .split(" ", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "score",
        "predict",
        "generate",
        "data",
        "data list",
        "data show",
        "data fetch",
        "recipe",
        "recipe list",
        "recipe show",
        "recipe init",
        "runs",
        "bench",
        "bench step",
        "bench predict",
        "bench peak",
        "doctor"
      })
  void everyVerbHasHelp(String verb) {
    var help = Program.run((verb + " --help").split(" ", -1));

    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith("Usage: sequor " + verb)
        .contains("--json", "--help", "--quiet", "--verbose");
    assertThat(Program.run((verb + " -h").split(" ", -1))).isEqualTo(help);
  }

  @Test
  void theHelpOfTrainListsTheRecipes() {
    assertThat(Program.run("train", "--help").out())
        .contains(
            "names  ", "surname-elman  ", "surname-generate-conditioned  ", "--data mine.csv");
  }

  @Test
  void withoutAVerbTheHelpIsShown() {
    assertThat(Program.run().out())
        .contains(
            "Verbs:",
            "train",
            "evaluate",
            "predict",
            "generate",
            "data",
            "recipe",
            "runs",
            "bench",
            "doctor");
    assertThat(Program.run("--version").out()).startsWith("sequor ");
  }

  @Test
  void aDamagedModelIsNamed() throws IOException {
    var damaged = Files.createDirectories(folder.resolve("damaged"));
    try (var files = Files.list(Path.of(classifier, "model"))) {
      for (var file : files.toList()) {
        Files.copy(file, damaged.resolve(file.getFileName()));
      }
    }
    var weights = damaged.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 4));

    var program = Program.run("predict", damaged.toString(), "text");

    assertThat(program.code()).isEqualTo(1);
    assertThat(program.err()).startsWith("sequor: ").contains("model.safetensors").hasLineCount(1);
    Files.writeString(damaged.resolve("config.json"), "{");
    assertThat(Program.run("predict", damaged.toString(), "text").err())
        .startsWith("sequor: ")
        .contains("config.json")
        .hasLineCount(1);
  }

  @Test
  void anInvalidPathIsMisuse() {
    for (var option : List.of("--data", "--out", "--save-recipe")) {
      assertThat(Program.run("train", "names", option, "a\u0000b"))
          .isEqualTo(
              new Program(
                  2,
                  "",
                  "sequor train: %s: expected a path, got 'a?b'; sequor train --help shows how%n"
                      .formatted(option)));
    }
    assertThat(Program.run("predict", "a\u0000b", "text").err())
        .startsWith("sequor predict: RUN: expected a path, got 'a?b'; ");
    assertThat(Program.run("train", "a\u0000b.yaml"))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
        .satisfies(refused -> assertThat(refused.err()).contains("expected the path of a file"));
    assertThat(Program.run("train", "names", "--set", "data.file=\"a\\0b\""))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
        .satisfies(refused -> assertThat(refused.err()).hasLineCount(1).contains("a path"));
  }

  @Test
  void verboseShowsWhereAnythingWentWrong() {
    var refused = Program.run("predict", "nowhere", "text", "-v");
    var misused = Program.run("predict", classifier, "text", "--top", "0", "--verbose");
    var wrong = Program.run("train", "nmaes", "-v");

    assertThat(List.of(refused, misused, wrong)).extracting(Program::code).containsExactly(1, 2, 2);
    assertThat(List.of(refused, misused, wrong))
        .allSatisfy(each -> assertThat(each.err()).contains("\n\tat sequor."))
        .allSatisfy(each -> assertThat(each.err()).startsWith("sequor"))
        .allSatisfy(each -> assertThat(each.out()).isEmpty());
  }

  @Test
  void aFaultOfOursIsOneLineAndAFileToSend() throws IOException {
    var err = new StringWriter();
    var faults = new Faults(new PrintWriter(err, true), "predict", "runs/mine", "it's a text");

    int code = faults.failed(new IllegalStateException("gone"), new CommandLine(new Main()));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .startsWith(
            "sequor: this is a fault in Sequor, not in what you did; please report it with ")
        .hasLineCount(1);
    var file = Path.of(err.toString().strip().replaceFirst("^.* with ", ""));
    assertThat(file.getFileName().toString()).matches("sequor-fault-\\d+\\.txt");
    assertThat(file)
        .content()
        .startsWith("sequor ")
        .contains(
            ", Java " + Runtime.version(),
            "sequor predict runs/mine 'it'\\''s a text'",
            "IllegalStateException: gone",
            "\tat sequor.cli.MisuseTest");
    Files.delete(file);
  }

  @Test
  void anErrorOfJavaIsAFaultOfOursToo() throws IOException {
    var err = new StringWriter();
    var faults = new Faults(new PrintWriter(err, true));

    faults.failed(new StackOverflowError(), new CommandLine(new Main()));
    faults.failed(new IllegalArgumentException(), new CommandLine(new Main()));

    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("a fault in Sequor"));
    for (var line : err.toString().lines().toList()) {
      Files.delete(Path.of(line.replaceFirst("^.* with ", "")));
    }
  }

  @Test
  void tooLittleMemorySaysWhatToDo() {
    var err = new StringWriter();
    var faults = new Faults(new PrintWriter(err, true));

    int code = faults.failed(new OutOfMemoryError("heap"), new CommandLine(new Main()));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("training.batch_size", "SEQUOR_JAVA_OPTS").hasLineCount(1);
  }

  @Test
  void whatTheSystemSaysOfAFileIsALine() {
    var err = new StringWriter();
    var faults = new Faults(new PrintWriter(err, true));
    var main = new CommandLine(new Main());

    faults.failed(new UncheckedIOException(new NoSuchFileException("a.csv")), main);
    faults.failed(new AccessDeniedException("b.csv"), main);
    faults.failed(new IOException("odd"), main);

    assertThat(err.toString().lines())
        .containsExactly(
            "sequor: a.csv: no such file; check the path",
            "sequor: b.csv: may not be read or written; look at its rights",
            "sequor: IOException: odd");
  }
}
