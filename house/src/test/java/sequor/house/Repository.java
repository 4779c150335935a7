package sequor.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of this checkout.
final class Repository {
  static final Path ROOT = root();

  private Repository() {}

  /// Maven runs the tests of a room in the room's own folder.
  private static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /// The rooms: every folder with a `pom.xml` of its own.
  static List<Path> rooms() {
    return list(Files::list, ROOT).filter(room -> Files.exists(room.resolve("pom.xml"))).toList();
  }

  /// All Java sources below `folder`.
  static List<Path> javaFiles(Path folder) {
    return Files.isDirectory(folder)
        ? list(Files::walk, folder)
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.toString().contains("/target/"))
            .sorted()
            .toList()
        : List.of();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> list(Lister lister, Path folder) {
    try (var files = lister.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Lister {
    Stream<Path> list(Path folder) throws IOException;
  }
}
