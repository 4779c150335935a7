package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.Report;
import sequor.recipes.TrainedRun;

/// `sequor evaluate RUN`
@Command(
    name = "evaluate",
    description = "Scores a trained run on its test split, or on a file of the same columns.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "A run, such as runs/names.")
  Path run;

  @Mixin DataSource data;
  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    var evaluation = TrainedRun.load(run).evaluate(data.file(), data.finder());
    var metrics = evaluation.metrics();
    var intervals = evaluation.intervals().metrics();
    var object = Json.object().with("run", run.toString()).with(Report.flat(evaluation));
    for (var table : Report.tables(evaluation).entrySet()) {
      object = object.with(table.getKey(), table.getValue());
    }
    output.result(
        object,
        metrics.entrySet().stream()
                .map(
                    m ->
                        "%-18s %s%s"
                            .formatted(
                                m.getKey(),
                                Metrics.number(m.getValue()),
                                Optional.ofNullable(intervals.get(m.getKey()))
                                    .map(range -> "  95 %: " + Metrics.range(range))
                                    .orElse("")))
                .collect(Collectors.joining("\n"))
            + ReportText.sections(evaluation.sections()).stream()
                .map(section -> "\n\n" + section.stripTrailing())
                .collect(Collectors.joining()));
    return 0;
  }
}
