package sequor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.Trained;
import sequor.recipes.Training;
import sequor.text.DataFinder;

/// `sequor evaluate RUN`
@Command(
    name = "evaluate",
    description = "Scores a trained run on its test split, or on a file of the same columns.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "A run, such as runs/names.")
  Path run;

  @Option(
      names = "--data",
      paramLabel = "FILE|DIR",
      description = "A .csv or .tsv file to score, or the folder where data sets lie.")
  Optional<Path> data = Optional.empty();

  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    var finder = DataFinder.of(System.getenv(), Path.of(System.getProperty("user.home")));
    var folder = data.filter(Files::isDirectory);
    var file = data.filter(path -> !Files.isDirectory(path));
    var metrics =
        Training.evaluate(Trained.load(run), file, folder.map(finder::withFolder).orElse(finder));
    var object = Json.object().with("run", run.toString());
    for (var metric : metrics.entrySet()) {
      object = object.with("test." + metric.getKey(), metric.getValue());
    }
    output.result(
        object,
        metrics.entrySet().stream()
            .map(m -> String.format(Locale.ROOT, "%-18s %.4f", m.getKey(), m.getValue()))
            .collect(Collectors.joining("\n")));
    return 0;
  }
}
