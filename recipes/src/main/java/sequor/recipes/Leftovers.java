package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// Files of a run that nobody needs any more.
final class Leftovers {
  private Leftovers() {}

  /// Deletes a file, or a folder with all that is in it; nothing if it is not there.
  ///
  /// @throws RecipeException if something cannot be deleted
  static void delete(Path path) {
    delete(path, file -> true);
  }

  /// Deletes the temporary files and folders that a killed process left in a run.
  ///
  /// @throws RecipeException if one cannot be deleted
  static void deleteTemporary(Path run) {
    delete(run, file -> isTemporary(run.relativize(file)));
  }

  private static boolean isTemporary(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .anyMatch(name -> name.toString().matches("\\..*\\.(tmp|part)"));
  }

  private static void delete(Path root, Predicate<Path> which) {
    for (var path : deepestFirst(root)) {
      if (which.test(path)) {
        try {
          Files.deleteIfExists(path);
        } catch (IOException e) {
          throw new RecipeException(
              "%s: expected to delete it, got %s; delete it yourself"
                  .formatted(path, e.getClass().getSimpleName()),
              e);
        }
      }
    }
  }

  private static List<Path> deepestFirst(Path root) {
    try (var all = Files.walk(root)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new RecipeException(
          "%s: expected a folder that can be read, got %s; look at its rights"
              .formatted(root, e.getClass().getSimpleName()),
          e);
    }
  }
}
