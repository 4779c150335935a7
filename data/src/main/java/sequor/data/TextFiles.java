package sequor.data;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import sequor.FileException;
import sequor.Sha256;

/// The files that one name stands for: a file itself, all files below a folder, or those that a
/// pattern matches.
///
/// ```java
/// TextFiles.of("src/**/*.java");   // those in src too
/// ```
///
/// Files and folders whose names begin with a dot are left out, and the order is that of the paths'
/// letters, so that it is the same on every machine.
final class TextFiles {
  private static final String PATTERN = ".*[*?{\\[].*";

  private TextFiles() {}

  /// @throws DataException if there are none
  static List<Path> of(String name) {
    var path = Path.of(name);
    if (Files.isDirectory(path)) {
      return some(below(path, file -> true), name);
    }
    if (Files.exists(path) || !name.matches(PATTERN)) {
      return List.of(path);
    }
    var pattern = name.replace("/**/", "{/,/**/}");
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return some(below(fixed(name), matcher::matches), name);
  }

  /// Whether a name stands for any file.
  static boolean exist(String name) {
    var path = Path.of(name);
    return Files.exists(path) || (name.matches(PATTERN) && Files.isDirectory(fixed(name)));
  }

  /// Whether a name is that of a file that can be read only once.
  static boolean isPipe(String name) {
    var path = Path.of(name);
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /// The folder above the first part of a pattern that may vary.
  private static Path fixed(String pattern) {
    String before = pattern.replaceFirst("[*?{\\[].*", "");
    return Path.of(before.substring(0, before.lastIndexOf('/') + 1));
  }

  private static List<Path> below(Path folder, Predicate<Path> which) {
    try (var all = Files.walk(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      return all.map(path -> folder.toString().isEmpty() ? path.normalize() : path)
          .filter(path -> Files.isRegularFile(path) && !isHidden(folder, path))
          .filter(which)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw FileException.unreadable(folder, e);
    }
  }

  private static boolean isHidden(Path folder, Path file) {
    var inside = folder.toString().isEmpty() ? file : folder.relativize(file);
    return StreamSupport.stream(inside.spliterator(), false)
        .anyMatch(part -> part.toString().startsWith("."));
  }

  private static List<Path> some(List<Path> files, String name) {
    if (files.isEmpty()) {
      throw new DataException(
          "%s: expected files of text, got none; check the path".formatted(name));
    }
    return files;
  }

  /// One checksum for all of them.
  static String sha256(List<Path> files) {
    if (files.size() == 1) {
      return Sha256.of(files.getFirst());
    }
    var all = new Sha256();
    files.forEach(file -> all.add(Sha256.of(file)));
    return all.hex();
  }
}
