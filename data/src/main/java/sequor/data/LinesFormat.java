package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import sequor.FileException;
import sequor.settings.Settings;

/// `format: lines`: plain text, each line a row with the one column `text`. Lines end with LF, or
/// CR LF; texts hold all other line breaks. Empty lines are left out.
public record LinesFormat() implements Format {
  @Override
  public String name() {
    return "lines";
  }

  @Override
  public String about() {
    return "a text a line";
  }

  @Override
  public boolean fits(String name, String head) {
    return name.matches(".*\\.(text|md)") || (name.endsWith(".txt") && !TableFormat.hasTab(head));
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    String source = String.valueOf(file.getFileName());
    var header = Row.Header.of(source, List.of("text"));
    return () -> new Lines(Format.reader(file), file, header);
  }

  private static final class Lines implements Cursor<Row> {
    private final BufferedReader reader;
    private final Path file;
    private final Row.Header header;
    private long number;
    private @Nullable Row next;

    Lines(BufferedReader reader, Path file, Row.Header header) {
      this.reader = reader;
      this.file = file;
      this.header = header;
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        String line = Lines.read(reader, file, number + 1);
        if (line == null) {
          return false;
        }
        number++;
        next = line.isEmpty() ? null : new Row(header, number, List.of(line));
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException("lines: no more");
      }
      var row = next;
      next = null;
      return row;
    }

    @Override
    public void close() {
      Format.close(reader);
    }

    private static @Nullable String read(BufferedReader reader, Path file, long number) {
      try {
        return PlainLines.next(reader, String.valueOf(file.getFileName()), number);
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      }
    }
  }
}
