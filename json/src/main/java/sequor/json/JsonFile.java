package sequor.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sequor.AtomicFile;
import sequor.FileException;

/// A file that holds one JSON object, such as `config.json`.
public record JsonFile(Path path) {
  /// Reads the object. Errors about its members name this file.
  ///
  /// @throws FileException if it cannot be read
  /// @throws JsonException if it is not a JSON object
  public JsonObject read() {
    try {
      if (Files.size(path) > Json.MAX_LENGTH) {
        throw new JsonException(
            path,
            "at most " + Json.MAX_LENGTH + " bytes",
            String.valueOf(Files.size(path)),
            "look whether it is the right file");
      }
      return Json.parseObject(Files.readAllBytes(path), String.valueOf(path.getFileName()));
    } catch (IOException e) {
      throw FileException.unreadable(path, e);
    }
  }

  /// Writes the object, indented, atomically.
  ///
  /// @throws FileException if it cannot be written
  public void write(JsonObject json) {
    AtomicFile.write(path, json.pretty());
  }

  /// Whether the file is there.
  public boolean exists() {
    return Files.isRegularFile(path);
  }
}
