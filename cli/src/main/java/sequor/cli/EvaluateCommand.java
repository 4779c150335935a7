package sequor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.Report;
import sequor.recipes.TrainedRun;
import sequor.tasks.Evaluation;
import sequor.tasks.embed.AskedVectors;
import sequor.tasks.embed.Embedder;

/// `sequor evaluate RUN`
@Command(
    name = "evaluate",
    description =
        "Scores a trained run on its test split, or on a file of the same columns; word vectors on"
            + " pairs of words with how alike people find them, or on analogies. Questions with a"
            + " word that has no vector are left out of spearman and analogy_accuracy; with _all"
            + " behind it they count too, as the mean and as wrong.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN|FILE",
      description =
          "A run, such as runs/names; or a file of word vectors, to be asked the questions of --data.")
  Path run;

  @Mixin DataSource data;
  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    var evaluation = evaluation();
    evaluation.notices().forEach(output::warn);
    var metrics = evaluation.metrics();
    var intervals = evaluation.intervals().metrics();
    var object = Json.object().with("run", run.toString()).with(Report.flat(evaluation));
    for (var table : Report.tables(evaluation).entrySet()) {
      object = object.with(table.getKey(), table.getValue());
    }
    object = object.with("notices", evaluation.notices());
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

  /// Questions about words are read as such whatever their file is called.
  private Evaluation evaluation() throws IOException {
    var questions = data.file().filter(AskedVectors::areQuestions);
    if (Files.isRegularFile(run)) {
      return AskedVectors.of(run)
          .evaluate(
              data.file()
                  .orElseThrow(
                      () ->
                          new ParameterException(
                              output.command.commandLine(),
                              "--data: expected a file of questions to ask word vectors, got none")));
    }
    var trained = TrainedRun.load(run);
    return questions.isPresent() && trained.predictor() instanceof Embedder embedder
        ? embedder.asked().evaluate(questions.get())
        : trained.evaluate(data.file(), data.finder());
  }
}
