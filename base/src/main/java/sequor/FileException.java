package sequor;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file could not be read or written, whatever it holds: it is missing, the disk is full,
/// somebody else owns it. The same call may succeed later.
public final class FileException extends SequorException {
  private static final long serialVersionUID = 1L;

  FileException(String message) {
    super(message);
  }

  private FileException(String message, Throwable cause) {
    super(message, cause);
  }

  public static FileException unreadable(Path file, IOException e) {
    return new FileException(
        "%s: expected to read it, got %s; check the path and its permissions"
            .formatted(file, reason(e)),
        e);
  }

  public static FileException unwritable(Path file, IOException e) {
    return new FileException(
        "%s: expected to write it, got %s; check the folder, its permissions and the free space"
            .formatted(file, reason(e)),
        e);
  }

  /// What the operating system says, in words: the exceptions' own messages are often only a path.
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "access denied";
      case FileSystemException f when f.getReason() != null -> String.valueOf(f.getReason());
      case FileSystemException f -> f.getClass().getSimpleName();
      case ClosedChannelException _ -> "a file that was closed";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
