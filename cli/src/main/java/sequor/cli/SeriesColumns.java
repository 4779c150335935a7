package sequor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import sequor.recipes.Recipe;

/// What a table of series says, for runs that go on with them.
final class SeriesColumns {
  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "The same as --set data.time=COLUMN: the times of a series.")
  Optional<String> time = Optional.empty();

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      description =
          "The same as --set data.value=COLUMN: the numbers of a series; without it every column of"
              + " numbers is one.")
  Optional<String> value = Optional.empty();

  @Option(
      names = "--series",
      paramLabel = "COLUMN",
      description = "The same as --set data.series=COLUMN: whose numbers they are.")
  Optional<String> series = Optional.empty();

  @Option(
      names = "--known",
      paramLabel = "COLUMN,…",
      split = ",",
      description = "Columns of numbers that are known before, such as a holiday.")
  List<String> known = List.of();

  @Option(
      names = "--static",
      paramLabel = "COLUMN,…",
      split = ",",
      description = "Columns that are one number or name for each series, such as its region.")
  List<String> statics = List.of();

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description = "The same as --set model.horizon=N: how many steps are said.")
  Optional<Integer> horizon = Optional.empty();

  /// As a recipe has them.
  List<String> overrides() {
    var all = new ArrayList<String>();
    time.ifPresent(column -> all.add(Recipe.override("data.time", column)));
    value.ifPresent(column -> all.add(Recipe.override("data.value", column)));
    series.ifPresent(column -> all.add(Recipe.override("data.series", column)));
    if (!known.isEmpty()) {
      all.add(Recipe.override("data.known", known));
    }
    if (!statics.isEmpty()) {
      all.add(Recipe.override("data.static_columns", statics));
    }
    horizon.ifPresent(steps -> all.add("model.horizon=" + steps));
    return all;
  }
}
