package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Lines that end with LF, with CR before it or not: texts hold all other line breaks.
final class PlainLines {
  /// Longer ones are not text that a model reads, but a file of another kind.
  static final int MOST = 16 << 20;

  private PlainLines() {}

  /// The next line, or null at the end.
  static @Nullable String next(BufferedReader reader, String source, long number)
      throws IOException {
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    var line = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      line.append((char) c);
      if (line.length() > MOST) {
        throw new DataException(
            "%s:%d: expected a line of at most %,d characters, got more; is it the right file?"
                .formatted(source, number, MOST));
      }
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }
}
