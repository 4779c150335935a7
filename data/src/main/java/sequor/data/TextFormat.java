package sequor.data;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import sequor.FileException;
import sequor.settings.Settings;

/// `format: text`: each file a row with the one column `text`, which is all of it, lines and
/// indentation kept. Lines end with LF; CR LF becomes LF.
///
/// A name may also be a folder, of which all files are read, or a pattern such as `src/**/*.java`;
/// their rows are in the order of their paths. Files without a text are left out.
public record TextFormat() implements Format {
  @Override
  public String name() {
    return "text";
  }

  @Override
  public String about() {
    return "a text a file";
  }

  @Override
  public Class<? extends Record> settings() {
    return TextSettings.class;
  }

  /// Never: one text a line is what most files of text are.
  @Override
  public boolean fits(String name, String head) {
    return false;
  }

  @Override
  public boolean readsWhole() {
    return true;
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    var marks = settings.as(TextSettings.class);
    var files = TextFiles.of(file.toString());
    return () ->
        Cursor.of(
            files.stream()
                .map(each -> files.size() > 1 ? ofSome(each, marks) : row(each, marks))
                .filter(row -> !row.field("text").isEmpty())
                .iterator());
  }

  /// A row of a file that nobody named.
  private static Row ofSome(Path file, TextSettings marks) {
    try {
      return row(file, marks);
    } catch (DataException e) {
      throw new DataException(
          "%s; where not all files are meant, name those that are by a pattern, such as '%s/**/*.txt'"
              .formatted(e.getMessage(), file.toAbsolutePath().getParent()),
          e);
    }
  }

  private static Row row(Path file, TextSettings marks) {
    String all = contents(file).replace("\r\n", "\n");
    int from = marks.start().isEmpty() ? 0 : place(all, marks.start(), 0, "start", file);
    int to =
        marks.end().isEmpty()
            ? all.length()
            : place(all, marks.end(), from + marks.start().length(), "end", file);
    long line = 1 + all.substring(0, from).chars().filter(c -> c == '\n').count();
    var header = Row.Header.of(String.valueOf(file.getFileName()), List.of("text"));
    return new Row(header, line, List.of(all.substring(from, to)));
  }

  private static int place(String text, String mark, int from, String key, Path file) {
    int at = text.indexOf(mark, from);
    if (at < 0) {
      throw new DataException(
          "%s: expected \"%s\" in it, which data.%s names, got none; write it as it stands there"
              .formatted(file, mark, key));
    }
    return at;
  }

  private static String contents(Path file) {
    var all = new StringWriter();
    try (var reader = Format.reader(file)) {
      reader.transferTo(all);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
    return all.toString();
  }
}
