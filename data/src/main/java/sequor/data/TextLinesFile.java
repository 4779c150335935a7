package sequor.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sequor.FileException;

/// All lines of a file, empty ones included: one text each. They end with LF, or CR LF; texts hold
/// all other line breaks.
public final class TextLinesFile {
  private TextLinesFile() {}

  /// @throws DataException if it is no text in UTF-8
  /// @throws sequor.FileException if it cannot be read
  public static List<String> read(Path file) {
    AutoFormat.requireText(file);
    var lines = new ArrayList<String>();
    String source = String.valueOf(file.getFileName());
    try (var reader = Format.reader(file)) {
      for (var line = PlainLines.next(reader, source, 1);
          line != null;
          line = PlainLines.next(reader, source, lines.size() + 1L)) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
    return lines;
  }
}
