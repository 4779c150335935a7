package sequor.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A run directory that nobody else trains in until this is closed: a file in it that the operating
/// system locks, so that a process which is killed leaves it free.
public final class RunLock implements AutoCloseable {
  static final String NAME = ".lock";

  private static final int ATTEMPTS = 10;
  private static final long LOCKED_BYTE = 1 << 20; // behind all that is read

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Makes the directory, if there is none, and takes it.
  ///
  /// @throws StoreException if another training has it, or it cannot be written
  static RunLock take(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Files.createDirectories(directory);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(channel, file)) {
          return new RunLock(file, channel);
        }
        channel.close();
      }
    } catch (OverlappingFileLockException e) {
      throw taken(directory);
    } catch (IOException e) {
      throw IoErrors.unwritable(file, e);
    }
    throw taken(directory);
  }

  /// Whether this is the file that stands there now: the one that was opened may have been deleted
  /// by who had it before.
  private static boolean isLocked(FileChannel channel, Path file) throws IOException {
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        return false;
      }
      var sign = UUID.randomUUID().toString();
      channel.truncate(0).write(ByteBuffer.wrap(sign.getBytes(StandardCharsets.UTF_8)));
      return Files.readString(file).equals(sign);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static StoreException taken(Path directory) {
    return new StoreException(
        directory,
        "a run that nobody trains",
        "one that another process trains",
        "wait for it, or train into another folder");
  }

  /// Gives the directory back.
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw IoErrors.unwritable(file, e);
    }
  }
}
