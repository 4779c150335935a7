package sequor.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sequor.data.DataFinder;

/// `--data DIR`: where data sets lie.
final class DataFolder {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Look for data sets in this folder first, then in $SEQUOR_DATA and the cache.")
  Optional<Path> folder = Optional.empty();

  /// A finder that looks into the usual places.
  static DataFinder usual() {
    return DataFinder.of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  DataFinder finder() {
    return folder.map(usual()::withFolder).orElse(usual());
  }
}
