package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sequor.recipes.PastRun;

/// `sequor runs`
@Command(name = "runs", description = "Shows past runs side by side.")
final class RunsCommand implements Callable<Integer> {
  @Option(
      names = "--in",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder that holds the runs (default: ${DEFAULT-VALUE}).")
  Path folder;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RunsCommand() {}

  @Override
  public Integer call() throws IOException {
    var runs = PastRun.in(folder);
    if (runs.isEmpty()) {
      output.line("no runs in " + folder + "; sequor train names makes one");
    }
    int width =
        runs.stream()
            .map(run -> run.path().toString().length())
            .max(Comparator.naturalOrder())
            .orElse(0);
    for (var run : runs) {
      output.result(run.json(), ("%-" + width + "s  %s").formatted(run.path(), text(run)));
    }
    return 0;
  }

  private static String text(PastRun run) {
    if (!run.finished()) {
      return "not finished; sequor train --resume goes on with it";
    }
    return Metrics.line(run.metrics());
  }
}
