package sequor.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sequor.text.DataFinder;

/// `--data DIR`: where data sets lie.
final class DataFolder {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Look for data sets in this folder first, then in $SEQUOR_DATA and the cache;"
              + " what is nowhere is fetched from its public address.")
  Optional<Path> folder = Optional.empty();

  DataFinder finder() {
    var finder = DataFinder.of(System.getenv(), Path.of(System.getProperty("user.home")));
    return folder.map(finder::withFolder).orElse(finder);
  }
}
