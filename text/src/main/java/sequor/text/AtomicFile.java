package sequor.text;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// Writes files that are either there whole or not there.
final class AtomicFile {
  private static final AtomicLong COUNT = new AtomicLong();

  private AtomicFile() {}

  static void write(Path file, byte[] bytes) throws IOException {
    Path part = part(file);
    try {
      Files.write(part, bytes);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// An empty file beside `file`, to be filled and moved there. Not [Files#createTempFile]: its
  /// files are closed to everyone but their owner, and a server under another account could not
  /// read the model.
  static Path part(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new TextException(file + ": is a folder — name a file to write");
    }
    Files.createDirectories(folder);
    while (true) {
      var name =
          ".%s.%d-%d.part"
              .formatted(
                  file.getFileName(), ProcessHandle.current().pid(), COUNT.incrementAndGet());
      Path part = folder.resolve(name);
      if (Files.notExists(part)) { // it may be left by a killed process of the same number
        return Files.createFile(part);
      }
    }
  }

  /// Puts a filled part in its place; its bytes are on the disk before its name is.
  static void move(Path part, Path file) throws IOException {
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
