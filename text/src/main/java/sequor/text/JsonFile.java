package sequor.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import sequor.json.Json;
import sequor.json.JsonObject;

/// The files of this room: JSON that says what it is and in which version.
final class JsonFile {
  private JsonFile() {}

  static JsonObject header(String format, int version) {
    return Json.object().with("format", format).with("version", version);
  }

  static void write(Path file, JsonObject json) throws IOException {
    AtomicFile.write(file, json.pretty().getBytes(StandardCharsets.UTF_8));
  }

  static JsonObject read(Path file, String format, int version) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file)) {
      throw new TextException(
          file + ": no such file — a model's folder must hold " + name + " beside its weights");
    }
    if (Files.size(file) > Json.MAX_LENGTH) {
      throw new TextException(
          "%s: %,d bytes — at most %,d are read; is it another file?"
              .formatted(file, Files.size(file), Json.MAX_LENGTH));
    }
    JsonObject json = Json.parseObject(Files.readAllBytes(file), name);
    if (!json.text("format").equals(format)) {
      throw new TextException(
          "%s: format \"%s\" — it must be \"%s\"; is it another file?"
              .formatted(file, json.text("format"), format));
    }
    int found = json.wholeNumber("version", 1, Integer.MAX_VALUE);
    if (found > version) {
      throw new TextException(
          "%s: version %d — this Sequor reads up to %d; it was written by a newer one, so update"
              .formatted(file, found, version));
    }
    return json;
  }
}
