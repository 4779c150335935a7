package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong is said in one line on standard error, with the exit code that fits.
class MisuseTest {
  @TempDir static Path folder;

  private static String classifier;
  private static String generator;

  @BeforeAll
  static void train() throws IOException {
    classifier = run("classifier", "classify", "language");
    generator = run("generator", "model-language", "");
  }

  private static String run(String name, String task, String label) throws IOException {
    var run = folder.resolve(name + "-run").toString();
    var recipe = Program.recipe(folder, name, task, label).toString();
    Program.run("train", recipe, "--out", run, "--set", "training.epochs=1");
    return run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trian names                   | sequor: no verb "trian"; did you mean "train"? sequor --help shows how
          --jsno                        | sequor: no option "--jsno"; sequor --help shows how
          train                         | sequor train: missing required parameter: 'RECIPE'; sequor train --help shows how
          train names --resme           | sequor train: no option "--resme"; did you mean "--resume"? sequor train --help shows how
          train names more              | sequor train: nothing is to follow, found "more"; sequor train --help shows how
          train names --seed x          | sequor train: invalid value for option '--seed': 'x' is not a whole number; sequor train --help shows how
          train names --threads 0       | sequor train: --threads: expected 1 to 1024, found 0; sequor train --help shows how
          train names --out             | sequor train: missing required parameter for option '--out' (DIR); sequor train --help shows how
          evaluate                      | sequor evaluate: missing required parameter: 'RUN'; sequor evaluate --help shows how
          predict                       | sequor predict: missing required parameter: 'RUN'; sequor predict --help shows how
          predict CLASSIFIER a --top 0  | sequor predict: --top: expected 1 or more, found 0; sequor predict --help shows how
          predict CLASSIFIER a -x       | sequor predict: no option "-x"; sequor predict --help shows how
          generate                      | sequor generate: missing required parameter: 'RUN'; sequor generate --help shows how
          generate GENERATOR --count 0  | sequor generate: --count: expected 1 or more, found 0; sequor generate --help shows how
          generate GENERATOR --max-tokens 0 | sequor generate: --max-tokens: expected 1 or more, found 0; sequor generate --help shows how
          generate GENERATOR --temperature x | sequor generate: invalid value for option '--temperature': 'x' is not a number; sequor generate --help shows how
          data shwo names               | sequor data: no verb "shwo"; did you mean "show"? sequor data --help shows how
          data show                     | sequor data show: missing required parameter: 'NAME'; sequor data show --help shows how
          runs more                     | sequor runs: nothing is to follow, found "more"; sequor runs --help shows how
          bench setp                    | sequor bench: no verb "setp"; did you mean "step"? sequor bench --help shows how
          bench step --cell lsmt        | sequor bench step: --cell: expected one of rnn, lstm, gru, found "lsmt"; did you mean "lstm"? sequor bench step --help shows how
          bench step --cell transformer | sequor bench step: --cell: expected one of rnn, lstm, gru, found "transformer"; sequor bench step --help shows how
          bench step --batch 0          | sequor bench step: --batch: expected 1 or more, found 0; every size counts something; sequor bench step --help shows how
          bench step --vocab 0          | sequor bench step: --vocab: expected 1 or more, found 0; every size counts something; sequor bench step --help shows how
          bench step --time 2000000000  | sequor bench step: --time: expected tensors of 2147483583 numbers at most, found one of batch 64 × time 2000000000 × embed 256; lower time; sequor bench step --help shows how
          bench step --hidden 99999999999 | sequor bench step: invalid value for option '--hidden': '99999999999' is not a whole number; sequor bench step --help shows how
          bench step --steps 0          | sequor bench step: --steps: expected 1 to 1000000, found 0; sequor bench step --help shows how
          bench step --repeat 0         | sequor bench step: --repeat: expected 1 to 1000000, found 0; sequor bench step --help shows how
          bench step --warm-up NaN      | sequor bench step: --warm-up: expected 0 to 3600 seconds, found NaN; sequor bench step --help shows how
          bench step --step-by-step --bidirectional | sequor bench step: --step-by-step: expected a layer that reads forward, found a bidirectional one; leave one of the two out; sequor bench step --help shows how
          bench predict --rounds 0      | sequor bench predict: --rounds: expected 1 to 1000000, found 0; sequor bench predict --help shows how
          bench predict --classes -1    | sequor bench predict: --classes: expected 1 or more, found -1; every size counts something; sequor bench predict --help shows how
          bench peak --threads 0        | sequor bench peak: --threads: expected 1 to 1024, found 0; sequor bench peak --help shows how
          bench peak --size 3x4         | sequor bench peak: --size: expected MxNxK such as 64x2048x512, found "3x4"; sequor bench peak --help shows how
          bench peak --size 0x4x5       | sequor bench peak: --size: m: expected 1 or more, found 0; every size counts something; sequor bench peak --help shows how
          bench peak --size 99999x1x99999 | sequor bench peak: --size: m: expected tensors of 2147483583 numbers at most, found one of m 99999 × k 99999; lower m; sequor bench peak --help shows how
          bench peak --warm-up -1       | sequor bench peak: --warm-up: expected 0 to 3600 seconds, found -1.0; sequor bench peak --help shows how
          doctor --fast                 | sequor doctor: no option "--fast"; sequor doctor --help shows how
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
          train no.yaml                            | sequor: recipe: no file no.yaml; check the path
          train names --data nowhere               | sequor: --data: expected a file or a folder, found no nowhere; check the path
          train names --set model.cel=gru          | sequor: --set: model.cel: no such key in model;
          train names --seed -1                    | sequor: --set: training.seed: expected a whole number from 0
          train names --out CLASSIFIER             | sequor: CLASSIFIER: expected a new or empty folder, found one with files;
          train names --out nowhere --resume       | sequor: nowhere: expected an unfinished run to resume, found none; train it without --resume
          train names --out CLASSIFIER --resume    | sequor: CLASSIFIER: expected an unfinished run to resume, found a finished one;
          evaluate nowhere                         | sequor: nowhere: expected a run or a model, found no config.json there;
          evaluate CLASSIFIER --data nowhere.csv   | sequor: --data: expected a file or a folder, found no nowhere.csv; check the path
          predict nowhere text                     | sequor: nowhere: expected a run or a model, found no config.json there;
          predict GENERATOR text                   | sequor: predict: expected a run that classifies, found GENERATOR, which generates; use sequor generate
          predict CLASSIFIER --file nowhere.txt    | sequor: nowhere.txt: no such file; check the path
          generate CLASSIFIER                      | sequor: generate: expected a run that models language, found CLASSIFIER, which classifies; use sequor predict
          generate GENERATOR --label Abba          | sequor: generate: this model was trained without labels, got 'Abba'; leave the label out
          generate GENERATOR --temperature -1      | sequor: sampler:
          data show nams                           | sequor: catalogue: no data set "nams" — there are names, surnames; did you mean "names"?
          data show surnames --data nowhere        | sequor: nowhere: no such folder — name the folder that holds the data
          """)
  void whatCannotBeDoneFails(String command, String message) {
    var program = Program.run(words(command));

    assertThat(program.err())
        .startsWith(String.join(" ", words(message)))
        .matches("[^\\n]+\\R"); // one line
    assertThat(program.out()).isEmpty();
    assertThat(program.code()).isEqualTo(1);
  }

  private static String[] words(String command) {
    return command.replace("CLASSIFIER", classifier).replace("GENERATOR", generator).split(" ", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "predict",
        "generate",
        "data",
        "data list",
        "data show",
        "data fetch",
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
    assertThat(help.out()).startsWith("Usage: sequor " + verb).contains("--json", "--help");
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
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 4));

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
  void aFaultOfOursShowsWhereItIs() {
    var err = new java.io.StringWriter();

    int code = Faults.failed(new IllegalStateException("gone"), new java.io.PrintWriter(err, true));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("a fault in Sequor", "gone", "\tat ");
  }

  @Test
  void tooLittleMemorySaysWhatToDo() {
    var err = new java.io.StringWriter();

    int code = Faults.failed(new OutOfMemoryError("heap"), new java.io.PrintWriter(err, true));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("training.batch_size", "SEQUOR_JAVA_OPTS").hasLineCount(1);
  }
}
