package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sequor.json.Json;
import sequor.json.JsonText;
import sequor.recipes.PastRun;
import sequor.recipes.PastRuns;

/// `sequor runs`
@Command(name = "runs", description = "Shows past runs side by side.")
final class RunsCommand implements Callable<Integer> {
  @Option(
      names = "--in",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "The folder that holds the runs (default: ${DEFAULT-VALUE}).")
  Path folder;

  @Option(
      names = "--sort",
      paramLabel = "METRIC",
      description = "The best first, by a metric such as accuracy.")
  Optional<String> metric = Optional.empty();

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description =
          "Only runs whose recipe has that value, such as model.cell=lstm or task=classify; all of"
              + " them where it is given more than once.")
  List<String> conditions = List.of();

  @Option(
      names = "--diff",
      description = "A table with the settings that are not the same in all of these runs.")
  boolean diff;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RunsCommand() {}

  @Override
  public Integer call() throws IOException {
    var runs = PastRuns.in(folder);
    if (runs.all().isEmpty()) {
      output.line("no runs in " + folder + "; sequor train names makes one");
      return 0;
    }
    for (var condition : conditions) {
      runs = runs.where(condition);
    }
    if (metric.isPresent()) {
      runs = runs.sortedBy(metric.get());
    }
    if (runs.all().isEmpty()) {
      output.line("no runs in " + folder + " with " + String.join(" and ", conditions));
    }
    var keys = diff ? runs.differing() : List.<String>of();
    if (output.json) {
      runs.all().forEach(run -> output.result(run.json(keys), ""));
    } else {
      output.out().print(Columns.aligned(diff ? table(runs.all(), keys) : lines(runs.all())));
    }
    return 0;
  }

  private static List<List<String>> lines(List<PastRun> runs) {
    return runs.stream()
        .map(
            run ->
                List.of(
                    run.path().toString(),
                    run.finished()
                        ? Metrics.line(run.metrics())
                        : "not finished; sequor train --resume goes on with it"))
        .toList();
  }

  private static List<List<String>> table(List<PastRun> runs, List<String> keys) {
    var metrics = new LinkedHashSet<String>();
    runs.forEach(run -> metrics.addAll(run.metrics().keySet()));
    metrics.removeIf(Metrics::isDetail);
    var header = new ArrayList<>(List.of("run"));
    header.addAll(keys);
    header.addAll(metrics);
    var rows = new ArrayList<List<String>>(List.of(header));
    for (var run : runs) {
      var row = new ArrayList<>(List.of(run.path().toString()));
      keys.forEach(key -> row.add(shown(run.settings().get(key))));
      metrics.forEach(
          name ->
              row.add(
                  Optional.ofNullable(run.metrics().get(name)).map(Metrics::number).orElse("–")));
      rows.add(row);
    }
    return runs.isEmpty() ? List.of() : rows;
  }

  private static String shown(@Nullable Json value) {
    return switch (value) {
      case null -> "–";
      case JsonText(String text) -> text;
      default -> value.toString();
    };
  }
}
