package sequor.tasks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A name of the public data set `surnames`.
public record Surname(String nationality, String split, String name) {
  public static List<Surname> read(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .skip(1) // names the columns
          .map(line -> line.split(",", 3))
          .map(fields -> new Surname(fields[0], fields[1], fields[2]))
          .toList();
    }
  }
}
