package sequor.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import sequor.AtomicFile;
import sequor.FileException;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.JsonObject;

/// One JSON object a line, appended as training goes on.
///
/// A process killed while it appends leaves half a line at the end; that half is not read, and is
/// dropped by the next append. So a line is there whole or not at all.
public record MetricsFile(Path path) {
  /// Adds a line.
  ///
  /// @throws StoreException if it cannot be written
  public void append(JsonObject line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(path.toAbsolutePath().normalize().getParent());
      try (var channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.truncate(wholeLines(channel)).position(channel.size());
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    } catch (IOException e) {
      throw FileException.unwritable(path, e);
    }
  }

  /// All whole lines; none if there is no file.
  ///
  /// @throws StoreException if it cannot be read
  /// @throws JsonException if a whole line is not a JSON object; the message has its number
  public List<JsonObject> lines() {
    var lines = new ArrayList<JsonObject>();
    for (byte[] line : split(bytes())) {
      lines.add(Json.parseObject(line, path.getFileName() + ", line " + (lines.size() + 1)));
    }
    return lines;
  }

  /// Keeps the lines that pass, atomically: after a resume, those up to the checkpoint.
  ///
  /// @throws StoreException if it cannot be read or written
  /// @throws JsonException if a whole line is not a JSON object
  public void retain(Predicate<JsonObject> keep) {
    var kept = new StringBuilder();
    lines().stream().filter(keep).forEach(line -> kept.append(line).append('\n'));
    AtomicFile.write(path, kept.toString());
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw FileException.unreadable(path, e);
    }
  }

  /// The lines that end with a line break, without it.
  private static List<byte[]> split(byte[] bytes) {
    var lines = new ArrayList<byte[]>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  /// How many bytes at the head of the file are whole lines.
  private static long wholeLines(FileChannel channel) throws IOException {
    var last = ByteBuffer.allocate(1);
    long end = channel.size();
    while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
      end--;
    }
    return end;
  }
}
