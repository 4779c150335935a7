package sequor.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import sequor.FileException;

/// A run directory that nobody else trains in until this is closed: a file in it that the operating
/// system locks, so that a process which is killed leaves it free.
public final class RunLock implements AutoCloseable {
  static final String NAME = ".lock";

  private static final int ATTEMPTS = 10;
  private static final int LOCKED_BYTE = 1 << 20; // behind the end of the file

  /// What this process has. It must not even open such a file a second time: whoever closes one
  /// gives back all locks that the process has on it (POSIX, fcntl).
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

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
    try {
      Files.createDirectories(directory);
      Path file = directory.toRealPath().resolve(NAME);
      if (!OURS.add(file)) {
        throw taken(directory);
      }
      Optional<FileChannel> channel = Optional.empty();
      try {
        channel = locked(file);
      } finally {
        if (channel.isEmpty()) {
          OURS.remove(file);
        }
      }
      return new RunLock(file, channel.orElseThrow(() -> taken(directory)));
    } catch (IOException e) {
      throw FileException.unwritable(directory.resolve(NAME), e);
    }
  }

  /// Empty if another process has it.
  private static Optional<FileChannel> locked(Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Files.createDirectories(file.getParent());
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel, file)) {
        return Optional.of(channel);
      }
      channel.close();
    }
    return Optional.empty();
  }

  /// Whether this is the file that stands there now: the one that was opened may have been deleted
  /// by who had it before. The file's size is the sign, which is seen without opening it.
  private static boolean isLocked(FileChannel channel, Path file) throws IOException {
    if (!tryLock(channel)) {
      return false;
    }
    int size = ThreadLocalRandom.current().nextInt(1, LOCKED_BYTE);
    channel.truncate(0).write(ByteBuffer.allocate(1), size - 1);
    try {
      return Files.size(file) == size;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean tryLock(FileChannel channel) {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (IOException e) {
      return true; // some disks of a network know no locks: nobody can have one
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
      throw FileException.unwritable(file, e);
    } finally {
      OURS.remove(file);
    }
  }
}
