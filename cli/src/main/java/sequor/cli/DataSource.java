package sequor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sequor.data.Data;
import sequor.data.DataFinder;
import sequor.recipes.RecipeException;

/// `--data FILE|DIR`: a file of one's own, or the folder where data sets lie.
final class DataSource {
  @Option(
      names = "--data",
      paramLabel = "FILE|DIR",
      description =
          "A table of your own (.csv, .tsv, also gzipped); files whose lines belong together"
              + " ('train.{de,en}'); of recipes that read whole files, such as source-code, a folder"
              + " of them; or a folder to look for data sets in before"
              + " $SEQUOR_DATA and the cache. What is nowhere is fetched from its public address.")
  Optional<Path> path = Optional.empty();

  /// The file, if one was given.
  Optional<Path> file() {
    return path.filter(given -> !isFolder(given));
  }

  /// The folder, if one was given.
  Optional<Path> folder() {
    return path.filter(DataSource::isFolder);
  }

  DataFinder finder() {
    var finder = DataFolder.usual();
    return path.filter(DataSource::isFolder).map(finder::withFolder).orElse(finder);
  }

  private static boolean isFolder(Path path) {
    if (!Data.exists(path.toString())) {
      throw new RecipeException(
          "--data: expected a file or a folder, got no %s; check the path".formatted(path));
    }
    return Files.isDirectory(path);
  }
}
