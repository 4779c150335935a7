package sequor.cli;

import java.io.IOException;
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
    if (file.isPresent() && !texts.isEmpty()) {
      throw new ParameterException(
          output.command.commandLine(), "--file: expected texts or a file, found both");
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
    try (var lines = file.isPresent() ? TextLines.of(file.get()) : TextLines.ofStandardInput()) {
      var some = lines.next(AT_ONCE);
      while (!some.isEmpty() && !output.out().checkError()) {
        print(classifier, some);
        some = lines.next(AT_ONCE);
      }
    }
    return 0;
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
              .with("labels", Json.ofList(labels))
              .with("cut", prediction.cut());
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
