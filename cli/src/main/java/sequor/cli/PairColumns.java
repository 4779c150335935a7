package sequor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import sequor.data.ParallelFormat;
import sequor.recipes.Recipe;
import sequor.recipes.RecipeException;

/// What a table of translations says, or two files whose lines belong together.
final class PairColumns {
  @Option(
      names = "--source",
      paramLabel = "COLUMN|FILE",
      description =
          "The same as --set data.source=COLUMN, by name or number: what is translated; or, with"
              + " --target, a file whose lines are that.")
  Optional<String> source = Optional.empty();

  @Option(
      names = "--target",
      paramLabel = "COLUMN|FILE",
      description =
          "The same as --set data.target=COLUMN, by name or number: the translation; or a file whose"
              + " lines are those of the other.")
  Optional<String> target = Optional.empty();

  /// The two files as one, where there is no other.
  Optional<Path> files(Optional<Path> other) {
    if (source.isEmpty() || target.isEmpty() || other.isPresent()) {
      return Optional.empty();
    }
    var files = List.of(Path.of(source.get()), Path.of(target.get()));
    var missing = files.stream().filter(file -> !Files.isRegularFile(file)).toList();
    if (missing.size() == 1) {
      throw new RecipeException(
          "--source and --target: expected two files, got no file %s; is it spelled so?"
              .formatted(missing.getFirst()));
    }
    return missing.isEmpty()
        ? Optional.of(Path.of(ParallelFormat.name(files.getFirst(), files.getLast())))
        : Optional.empty();
  }

  /// As a recipe has them, where they are columns.
  List<String> overrides() {
    var all = new ArrayList<String>();
    source.ifPresent(column -> all.add(Recipe.override("data.source", column)));
    target.ifPresent(column -> all.add(Recipe.override("data.target", column)));
    return all;
  }
}
