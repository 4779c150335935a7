package sequor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import sequor.recipes.Recipe;

/// What a table of sequences of numbers says, for runs that classify them or tag their steps.
final class FrameColumns {
  @Option(
      names = "--sequence",
      paramLabel = "COLUMN",
      description =
          "The same as --set data.sequence=COLUMN: which sequence of numbers a row is a step of; columns"
              + " of numbers are then read instead of text.")
  Optional<String> sequence = Optional.empty();

  @Option(
      names = "--step",
      paramLabel = "COLUMN",
      description =
          "The same as --set data.step=COLUMN: what its steps are in the order of (default: as they"
              + " stand).")
  Optional<String> step = Optional.empty();

  @Option(
      names = "--values",
      paramLabel = "COLUMN,…",
      split = ",",
      description =
          "The columns of numbers that are read (default: all, where there is --sequence).")
  List<String> values = List.of();

  /// As a recipe has them.
  List<String> overrides() {
    var all = new ArrayList<String>();
    sequence.ifPresent(column -> all.add(Recipe.override("data.sequence", column)));
    step.ifPresent(column -> all.add(Recipe.override("data.step", column)));
    if (!values.isEmpty()) {
      all.add(Recipe.override("data.values", values));
    }
    return all;
  }
}
