package sequor.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What the operating system says, in words: the exceptions' own messages are often only a path.
final class IoErrors {
  private IoErrors() {}

  static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "access denied";
      case FileSystemException f when f.getReason() != null -> String.valueOf(f.getReason());
      case FileSystemException f -> f.getClass().getSimpleName();
      default -> String.valueOf(e.getMessage());
    };
  }

  static StoreException unreadable(Path file, IOException e) {
    return new StoreException(
        "%s: expected to read it, got %s; check the path and its permissions"
            .formatted(file, of(e)),
        e);
  }

  static StoreException unwritable(Path file, IOException e) {
    return new StoreException(
        "%s: expected to write it, got %s; check the folder, its permissions and the free space"
            .formatted(file, of(e)),
        e);
  }
}
