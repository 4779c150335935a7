package sequor.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.Classifier;
import sequor.recipes.RecipeException;
import sequor.recipes.Trained;

/// `sequor predict RUN [TEXT…]`
@Command(
    name = "predict",
    description =
        "Says what a trained run makes of texts: from the arguments, a file, or standard"
            + " input, one result a line.")
final class PredictCommand implements Callable<Integer> {
  private static final int AT_ONCE = 1024;

  @Parameters(index = "0", paramLabel = "RUN", description = "A run, such as runs/names.")
  Path run;

  @Parameters(index = "1..*", paramLabel = "TEXT", description = "What to look at.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Read texts from this UTF-8 file, one a line.")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "3",
      description = "Show the K likeliest labels (default: ${DEFAULT-VALUE}).")
  int top;

  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PredictCommand() {}

  @Override
  public Integer call() throws IOException {
    if (top < 1) {
      throw new ParameterException(
          output.command.commandLine(), "--top: expected 1 or more, found " + top);
    }
    if (!(Trained.load(run) instanceof Classifier classifier)) {
      throw new RecipeException(
          "predict: expected a run that classifies, found %s, which generates; use sequor generate"
              .formatted(run));
    }
    if (!texts.isEmpty()) {
      print(classifier, texts);
      return 0;
    }
    var in = file.isPresent() ? Files.newInputStream(file.get()) : System.in;
    var strict =
        StandardCharsets.UTF_8.newDecoder(); // other bytes are an error, not question marks
    boolean terminal = file.isEmpty() && Terminal.isThere();
    try (var lines = new BufferedReader(new InputStreamReader(in, strict))) {
      for (var some = next(lines, terminal); !some.isEmpty(); some = next(lines, terminal)) {
        print(classifier, some);
      }
    } catch (CharacterCodingException e) {
      String source = file.map(Path::toString).orElse("standard input");
      throw new RecipeException(
          source + ": expected text in UTF-8, found other bytes; convert it", e);
    }
    return 0;
  }

  private static List<String> next(BufferedReader lines, boolean terminal) throws IOException {
    var some = new ArrayList<String>();
    for (int i = 0; i < AT_ONCE; i++) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      some.add(line);
      if (terminal && !lines.ready()) {
        break; // a person is typing: answer now
      }
    }
    return some;
  }

  private void print(Classifier classifier, List<String> some) {
    int textWidth = Columns.width(some);
    int labelWidth = Columns.width(classifier.labels().names());
    for (var prediction : classifier.predict(some)) {
      var best = prediction.probabilities().stream().limit(top).toList();
      var labels = best.stream().map(PredictCommand::json).toList();
      var object =
          Json.object()
              .with("text", prediction.text())
              .with("label", prediction.label())
              .with("probability", best.getFirst().probability())
              .with("labels", Json.ofList(labels));
      var line = new StringBuilder(Columns.padded(prediction.text(), textWidth));
      for (var scored : best) {
        line.append("  ").append(Columns.padded(scored.label(), labelWidth));
        line.append(percent(scored.probability()));
      }
      output.result(object, line.toString());
    }
  }

  private static Json json(Classifier.Scored scored) {
    return Json.object().with("label", scored.label()).with("probability", scored.probability());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%6.1f %%", 100 * share);
  }
}
