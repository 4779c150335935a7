package sequor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// Files that appear whole or not at all, whenever the process or the machine stops.
///
/// The bytes go to a temporary file in the same folder, because a rename is atomic only within one
/// file system; they are forced to the disk before the rename, because otherwise a crash may leave
/// the new name on an empty file; and the folder is forced after it, so that the new name lasts.
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;
  private static final AtomicLong COUNT = new AtomicLong();

  private AtomicFile() {}

  /// What is written, piece by piece.
  @FunctionalInterface
  public interface Content {
    /// Writes all of it; need not flush or close.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes a text in UTF-8.
  ///
  /// @throws FileException if that fails; then the file is as it was before
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes these bytes.
  ///
  /// @throws FileException if that fails; then the file is as it was before
  public static void write(Path file, byte[] bytes) {
    write(file, out -> out.write(bytes));
  }

  /// Writes a content of any length, and makes the folders it needs.
  ///
  /// @throws FileException if that fails; then the file is as it was before. What `content` itself
  ///   throws unchecked comes through, and leaves the file as it was too
  public static void write(Path file, Content content) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new FileException(
          file + ": expected a file to write, got a file system's root; name a file");
    }
    try {
      Files.createDirectories(folder);
      writeIn(folder, file, content);
      force(folder);
    } catch (IOException e) {
      throw FileException.unwritable(file, e);
    }
  }

  private static void writeIn(Path folder, Path file, Content content) throws IOException {
    Path temporary = temporary(folder, file);
    try {
      try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary); // after the move there is nothing left to delete
    }
  }

  /// A new empty file. Not [Files#createTempFile]: its files are closed to everyone but the owner,
  /// and a server under another account could not read the model.
  private static Path temporary(Path folder, Path file) throws IOException {
    while (true) {
      var name =
          ".%s.%d-%d.tmp"
              .formatted(
                  file.getFileName(), ProcessHandle.current().pid(), COUNT.incrementAndGet());
      Path temporary = folder.resolve(name);
      if (Files.notExists(temporary)) { // it may be left by a killed process of the same number
        return Files.createFile(temporary);
      }
    }
  }

  /// Best effort: not every file system lets a folder be opened.
  private static void force(Path folder) {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    }
  }
}
