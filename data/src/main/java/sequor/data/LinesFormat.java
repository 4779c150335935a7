package sequor.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  private static final class Lines extends LookAhead<Row> {
    private final BufferedReader reader;
    private final Path file;
    private final Row.Header header;
    private long number;

    Lines(BufferedReader reader, Path file, Row.Header header) {
      this.reader = reader;
      this.file = file;
      this.header = header;
    }

    @Override
    @Nullable Row fetch() {
      try {
        while (true) {
          String line = PlainLines.next(reader, header.source(), number + 1);
          if (line == null) {
            return null;
          }
          number++;
          if (!line.isEmpty()) {
            return new Row(header, number, List.of(line));
          }
        }
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      }
    }

    @Override
    public void close() {
      Format.close(reader);
    }
  }
}
