package sequor.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The public data sets, where this machine has them.
public final class PublicData {
  private PublicData() {}

  /// A name of the set `surnames`.
  public record Surname(String nationality, String split, String name) {}

  /// A file of `SEQUOR_DATA`, or of the folder `shared/data` beside the repository.
  public static Optional<Path> file(String name) {
    return Stream.of(System.getenv().getOrDefault("SEQUOR_DATA", ""), "../../shared/data")
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::exists)
        .findFirst();
  }

  public static List<Surname> surnames(Path file) throws IOException {
    var all = new ArrayList<Surname>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) { // the first names the columns
      String[] fields = line.split(",", 3);
      all.add(new Surname(fields[0], fields[1], fields[2]));
    }
    return all;
  }
}
