package sequor.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.FileException;

/// Finds the files of data sets, and fetches those that are nowhere.
///
/// ```java
/// var finder = DataFinder.of(System.getenv(), Path.of(System.getProperty("user.home")));
/// Path file = finder.find(Catalogue.entry("surnames").files().get(0));
/// ```
///
/// It looks into the folder given with [#withFolder], the folder that `SEQUOR_DATA` names, and the
/// cache (`$XDG_CACHE_HOME/sequor` or `~/.cache/sequor`). A folder may hold a file under its path
/// (`surnames/surnames_with_splits.csv`) or right inside (`surnames_with_splits.csv`), gzipped
/// (then with `.gz` at its end) or not. What lies in the first two is its owner's and taken as it
/// is; the cache is ours, so a file there must have the right checksum or is fetched anew.
public final class DataFinder {
  private final List<Path> folders;
  private final Path cache;
  private final Duration timeout;

  private DataFinder(List<Path> folders, Path cache, Duration timeout) {
    this.folders = folders;
    this.cache = cache;
    this.timeout = timeout;
  }

  /// A finder for the person whose environment and home these are.
  ///
  /// @param environment where `SEQUOR_DATA` and `XDG_CACHE_HOME` are looked up
  /// @param home the folder that holds `.cache`
  public static DataFinder of(Map<String, String> environment, Path home) {
    List<Path> folders =
        variable(environment, "SEQUOR_DATA").map(Path::of).map(List::of).orElse(List.of());
    Path cache =
        variable(environment, "XDG_CACHE_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute) // others must be ignored, says the XDG specification
            .orElse(home.resolve(".cache"));
    return new DataFinder(folders, cache.resolve("sequor"), Duration.ofMinutes(1));
  }

  /// Looks into `folder` before all others.
  ///
  /// @throws DataException when it is not a folder
  public DataFinder withFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "%s: expected a folder, got %s; name the folder that holds the data"
              .formatted(folder, Files.exists(folder) ? "a file" : "no such folder"));
    }
    var more = new ArrayList<Path>();
    more.add(folder);
    more.addAll(folders);
    return new DataFinder(List.copyOf(more), cache, timeout);
  }

  /// How long fetching may take, besides the time that a slow line (100 kB a second) needs for the
  /// bytes; one minute unless said otherwise.
  public DataFinder withTimeout(Duration timeout) {
    return new DataFinder(folders, cache, timeout);
  }

  /// The folders that are looked into, in this order; the cache is the last.
  public List<Path> places() {
    var places = new ArrayList<>(folders);
    places.add(cache);
    return List.copyOf(places);
  }

  /// The file, if it is in one of the [#places].
  public Optional<Path> locate(Catalogue.File file) throws IOException {
    for (Path folder : folders) {
      for (String path : List.of(file.path(), file.name())) {
        for (String written : List.of(path, path + ".gz")) {
          if (Files.isRegularFile(folder.resolve(written))) {
            return Optional.of(folder.resolve(written));
          }
        }
      }
    }
    Path cached = cache.resolve(file.path());
    return Download.isWhole(cached, file) ? Optional.of(cached) : Optional.empty();
  }

  /// The file, fetched into the cache if it is in none of the [#places].
  ///
  /// @throws DataException when it cannot be fetched; the message says what to do
  /// @throws FileException when a file cannot be read or written
  public Path find(Catalogue.File file) {
    try {
      Optional<Path> found = locate(file);
      return found.isPresent() ? found.get() : fetch(file);
    } catch (IOException e) {
      throw FileException.unreadable(Path.of(file.path()), e);
    }
  }

  private Path fetch(Catalogue.File file) throws IOException {
    if (file.url().isEmpty()) {
      throw new DataException(
          "%s: expected it in a folder of yours, got none in %s, and nobody publishes it as it is;"
                  .formatted(file.path(), listed())
              + " make it (sequor data show says of what), and name the folder with --data or"
              + " SEQUOR_DATA");
    }
    Path target = cache.resolve(file.path());
    try {
      new Download(file, timeout.plusMillis(file.size() / 100)).to(target);
    } catch (DataException e) {
      throw new DataException(
          ("%s; it is not in %s either: get %s from %s by other means, put it into a folder, "
                  + "and name the folder with --data or SEQUOR_DATA")
              .formatted(e.getMessage(), listed(), file.name(), file.url().get()),
          e);
    }
    return target;
  }

  private String listed() {
    return String.join(", ", places().stream().map(Path::toString).toList());
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
