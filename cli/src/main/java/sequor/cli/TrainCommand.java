package sequor.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sequor.recipes.Recipe;
import sequor.recipes.Report;
import sequor.recipes.Training;

/// `sequor train RECIPE`
@Command(
    name = "train",
    description =
        "Trains a recipe, judges it on the test split beside a simple method (its floor), and"
            + " writes the run.")
final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RECIPE", description = "A recipe's name, or a .yaml file of your own.")
  String recipe;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a value of the recipe, such as model.hidden_size=64.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The run directory (default: runs/RECIPE, or runs/RECIPE-2 and so on where"
              + " there is one).")
  Optional<Path> out = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "The same as --set training.seed=N.")
  Optional<Long> seed = Optional.empty();

  @Option(
      names = "--resume",
      description = "Go on with a run that was stopped, to the same result.")
  boolean resume;

  @Mixin Output output;
  @Mixin Threads threads;
  @Mixin DataSource data;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() throws IOException {
    data.file().ifPresent(file -> overrides.add("data.file=" + quoted(file)));
    seed.ifPresent(value -> overrides.add("training.seed=" + value));
    var loaded = Recipe.load(recipe, overrides);
    var folder = out.isPresent() ? out.get() : folder(loaded.name());
    var progress = new TrainProgress(output);
    var training = new Training(loaded, folder, data.finder(), InstantSource.system());
    var arguments = output.command.commandLine().getParseResult().originalArgs();
    try (var _ = new ResumeHint(output.err(), folder, arguments)) {
      var report = training.run(progress, resume);
      output.result(report.summary(), text(report));
    }
    return 0;
  }

  /// What the help ends with.
  static String recipes() {
    var text = new StringBuilder("%nThe recipes:%n".formatted());
    for (var name : Recipe.catalogue()) {
      var about = Recipe.load(name, List.of()).about();
      text.append("  %-28s  %s%n".formatted(name, about));
    }
    return text.append(
            """

            On a table of your own, with a column to read and a column to predict (and with
            model-language instead of classify to make up more texts like those in a column):
              sequor train classify --data mine.csv --set data.text=title --set data.label=topic
            """)
        .toString();
  }

  /// As YAML reads it back.
  private static String quoted(Path file) {
    String path = file.toString();
    return path.matches("[\\w./-]+") ? path : "'" + path.replace("'", "''") + "'";
  }

  /// `runs/NAME`, or the first of `runs/NAME-2`, … that is free, which is made here so that no
  /// other training takes it; the last there is, to resume.
  private Path folder(String name) throws IOException {
    var folder = Path.of("runs", name);
    for (int i = 2; ; i++) {
      var next = Path.of("runs", name + "-" + i);
      if (resume ? !Files.exists(next) : isMade(folder)) {
        return folder;
      }
      folder = next;
    }
  }

  private static boolean isMade(Path folder) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /// The model and its floor side by side.
  private static String text(Report report) {
    var text = new StringBuilder("\n");
    text.append("%-18s %10s %10s%n".formatted("test", "model", "floor"));
    report
        .test()
        .forEach(
            (metric, value) -> {
              var floor = Optional.ofNullable(report.floor().metrics().get(metric));
              text.append(
                  "%-18s %10s %10s%n"
                      .formatted(
                          metric, Metrics.number(value), floor.map(Metrics::number).orElse("–")));
            });
    text.append("floor: ").append(report.floor().method()).append('\n');
    if (report.isBelowFloor()) {
      text.append("The model is below its floor: train it longer, or on more data.\n");
    }
    text.append(
        "kept epoch %d of %d; %,d parameters; %.1f s%n"
            .formatted(
                report.bestEpoch(),
                report.history().size(),
                report.parameters(),
                report.seconds()));
    return text.append("run: ").append(report.run()).toString();
  }
}
