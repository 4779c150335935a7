package sequor.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import sequor.json.Nearest;
import sequor.speed.Workload;
import sequor.speed.Workload.Cell;

/// The model that is measured, by its sizes; all but the batch, whose default depends on the verb.
final class WorkloadOptions {
  private static final int USUAL_VOCABULARY = 100;

  @Spec(Target.MIXEE)
  CommandSpec command;

  private Cell cell = Cell.LSTM;

  @Option(
      names = "--bidirectional",
      description = "Read forward and backward; the layer is then twice as wide.")
  boolean bidirectional;

  @Option(
      names = "--time",
      paramLabel = "T",
      defaultValue = "40",
      description = "How many steps a row has (default: ${DEFAULT-VALUE}).")
  int time;

  @Option(
      names = "--embed",
      paramLabel = "D",
      defaultValue = "256",
      description = "The size of an embedding (default: ${DEFAULT-VALUE}).")
  int embed;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      defaultValue = "512",
      description = "The size of the hidden state (default: ${DEFAULT-VALUE}).")
  int hidden;

  @Option(
      names = "--classes",
      paramLabel = "C",
      defaultValue = "80",
      description = "How many classes are scored (default: ${DEFAULT-VALUE}).")
  int classes;

  @Option(
      names = "--vocab",
      paramLabel = "V",
      description =
          "How many ids there are (default: as many as classes with --every-step, else "
              + USUAL_VOCABULARY
              + ").")
  Optional<Integer> vocabulary = Optional.empty();

  @Option(
      names = "--every-step",
      description = "Score every step, as a language model does, and not the last only.")
  boolean everyStep;

  @Option(
      names = "--step-by-step",
      description = "Call the cell once a step, as a user's own loop does.")
  boolean stepByStep;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  WorkloadOptions() {}

  @Option(names = "--cell", paramLabel = "CELL", description = "rnn, lstm or gru (default: lstm).")
  void cell(String name) {
    cell =
        Arrays.stream(Cell.values())
            .filter(one -> one.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> noSuchCell(name));
  }

  private ParameterException noSuchCell(String name) {
    var names = List.of("rnn", "lstm", "gru");
    return new ParameterException(
        command.commandLine(),
        "--cell: expected one of %s, got \"%s\"%s"
            .formatted(String.join(", ", names), name, Nearest.hint(name, names)));
  }

  Workload workload(int batch) {
    int ids = vocabulary.orElse(everyStep ? classes : USUAL_VOCABULARY);
    try {
      var sizes = new Workload.Sizes(batch, time, embed, hidden, classes, ids);
      return new Workload(cell, sizes, bidirectional, everyStep, stepByStep);
    } catch (IllegalArgumentException e) { // its message begins with the name of an option
      throw new ParameterException(command.commandLine(), "--" + e.getMessage(), e);
    }
  }

  /// What is measured, on one line.
  String text(Workload workload) {
    var sizes = workload.sizes();
    return "%s%s%s%s: batch %d, time %d, embed %d, hidden %d, classes %d, vocab %d"
        .formatted(
            bidirectional ? "bidirectional " : "",
            cell.name().toLowerCase(Locale.ROOT),
            stepByStep ? " step by step" : "",
            everyStep ? " scored at every step" : "",
            sizes.batch(),
            sizes.steps(),
            sizes.embed(),
            sizes.hidden(),
            sizes.classes(),
            sizes.vocabulary());
  }
}
