package sequor.text;

import java.nio.file.Path;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.json.JsonObject;

/// The files of this room: JSON that says what it is and in which version.
final class TextFile {
  private TextFile() {}

  static JsonObject header(String format, int version) {
    return Json.object().with("format", format).with("version", version);
  }

  static JsonObject read(Path file, String format, int version) {
    JsonObject json = new JsonFile(file).read();
    if (!json.text("format").equals(format)) {
      throw new TextException(
          "%s: expected the format \"%s\", got \"%s\"; look whether it is the right file"
              .formatted(file, format, json.text("format")));
    }
    int found = json.wholeNumber("version", 1, Integer.MAX_VALUE);
    if (found > version) {
      throw new TextException(
          "%s: expected a version up to %d, got %d, which a newer Sequor wrote; update Sequor"
              .formatted(file, version, found));
    }
    return json;
  }
}
