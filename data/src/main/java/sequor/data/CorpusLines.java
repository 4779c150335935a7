package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.FileException;

/// The lines of a corpus, the long ones in pieces.
final class CorpusLines extends LookAhead<Row> {
  /// From here on a line ends with the word.
  static final int LONG = 1 << 16;

  /// A word of so many characters is none.
  private static final int LONGEST_WORD = 1 << 16;

  private final BufferedReader reader;
  private final Path file;
  private final Row.Header header;
  private long number = 1;

  CorpusLines(BufferedReader reader, Path file, Row.Header header) {
    this.reader = reader;
    this.file = file;
    this.header = header;
  }

  @Override
  @Nullable Row fetch() {
    try {
      var text = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        boolean ends = c == '\n';
        if (!ends && !(text.length() >= LONG && Character.isWhitespace(c))) {
          text.append((char) c);
          requireWords(text);
          continue;
        }
        long line = ends ? number++ : number;
        if (!isBlank(text)) {
          return row(text, line);
        }
        text.setLength(0);
      }
      return isBlank(text) ? null : row(text, number);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private void requireWords(StringBuilder text) {
    if (text.length() > LONG + LONGEST_WORD) {
      throw new DataException(
          "%s:%d: expected words with spaces between them, got %,d characters without one; is it"
                  .formatted(header.source(), number, LONGEST_WORD)
              + " the right file?");
    }
  }

  private static boolean isBlank(StringBuilder text) {
    return text.chars().allMatch(Character::isWhitespace);
  }

  private Row row(StringBuilder text, long line) {
    int end = text.length();
    boolean before = end > 0 && text.charAt(end - 1) == '\r'; // of CR LF
    return new Row(header, line, List.of(text.substring(0, before ? end - 1 : end)));
  }

  @Override
  public void close() {
    Format.close(reader);
  }
}
