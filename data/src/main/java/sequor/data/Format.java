package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import sequor.FileException;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.settings.Settings;

/// A kind of file that holds rows of named columns, chosen as `data.format`. One of your own is a
/// service: a public class with a public constructor without arguments, and a line `provides
/// sequor.data.Format with …` (or a file in `META-INF/services`).
public interface Format extends Named {
  /// The rows of a file, which is read again each time that they are gone through.
  ///
  /// @param settings with the keys of [#settings()]
  /// @throws DataException if it is not such a file, now or while its rows are read
  Source<Row> open(Path file, Settings settings);

  /// Whether a file is probably of this kind.
  ///
  /// @param name in small letters, without `.gz`
  /// @param head how it begins: as text, or, where that is none, one character a byte
  boolean fits(String name, String head);

  /// Whether a row is a whole text in the column `text`, which may be cut into parts anywhere.
  default boolean readsWhole() {
    return false;
  }

  /// Whether a name may also be that of a folder, or a pattern such as `src/**/*.java`.
  default boolean readsFolders() {
    return readsWhole();
  }

  /// All there are.
  static Choices<Format> all() {
    return Choices.of("format", ServiceLoader.load(Format.class));
  }

  /// A reader of the text in a file, gzipped or not.
  ///
  /// @throws DataException if it is a folder, or not gzipped as it says
  /// @throws FileException if it cannot be read
  static BufferedReader reader(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException(
          "%s: expected a file, got a folder; name a file in it".formatted(file));
    }
    try {
      return new BufferedReader(Utf8Reader.of(file), 1 << 16);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /// Closes a reader of a cursor.
  static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
