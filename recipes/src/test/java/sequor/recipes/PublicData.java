package sequor.recipes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The public data sets, where this machine has them.
final class PublicData {
  private PublicData() {}

  /// A file of `SEQUOR_DATA`, or of the folder `shared/data` beside the repository.
  static Optional<Path> file(String name) {
    return Stream.of(System.getenv().getOrDefault("SEQUOR_DATA", ""), "../../shared/data")
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::exists)
        .findFirst();
  }
}
