package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.recipes.RecipeException;
import sequor.recipes.TrainedRun;
import sequor.tasks.Predictor;
import sequor.tasks.Searches;

/// `sequor chat RUN`
@Command(
    name = "chat",
    description =
        "Answers what you say, line by line, with a run that was trained on pairs of texts. Each line"
            + " is answered for itself: what was said before it is forgotten.")
final class ChatCommand implements Callable<Integer> {
  private static final String PROMPT = "> ";

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run of sequor train translate, such as runs/pairs.")
  Path run;

  @Option(
      names = "--beam",
      paramLabel = "K",
      description =
          "Keep the K best beginnings while looking for the best answer; 1 is greedy (default: as it"
              + " was trained with).")
  Optional<Integer> beam = Optional.empty();

  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ChatCommand() {}

  @Override
  public Integer call() throws IOException {
    if (beam.orElse(1) < 1) {
      throw new ParameterException(
          output.command.commandLine(), "--beam: expected 1 or more, got " + beam.get());
    }
    var predictor = predictor();
    boolean typed = Terminal.isTyped() && !output.json;
    if (typed) {
      output.line("Say something; Ctrl-D ends the conversation.");
    }
    try (var lines = TextLines.ofStandardInput()) {
      prompt(typed);
      for (var some = lines.next(1); !some.isEmpty(); some = lines.next(1)) {
        if (!some.getFirst().isBlank()) {
          answer(predictor, some.getFirst());
        }
        if (output.out().checkError()) {
          break; // nobody listens
        }
        prompt(typed);
      }
    }
    if (typed) {
      output.out().println();
    }
    return 0;
  }

  private Predictor<?, ?> predictor() {
    var predictor = TrainedRun.load(run).predictor();
    if (!(predictor instanceof Searches searches)) {
      throw new RecipeException(
          "chat: expected a run that answers texts with texts (sequor train translate), got %s,"
                  .formatted(run)
              + " which does not; use sequor predict");
    }
    return beam.<Predictor<?, ?>>map(searches::withBeam).orElse(predictor);
  }

  private void prompt(boolean typed) {
    if (typed) {
      output.out().print(PROMPT);
      output.out().flush();
    }
  }

  private void answer(Predictor<?, ?> predictor, String said) {
    var answer = predictor.answerTexts(List.of(said)).getFirst();
    output.result(answer.json(1), String.join("\t", answer.cells(1)));
  }
}
