package sequor.toy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sequor.FileException;
import sequor.data.DataException;
import sequor.data.Format;
import sequor.data.Row;
import sequor.data.Source;
import sequor.settings.Settings;

/// `format: slashes`: a sentence a line, each word with its tag: `the/D-old/A-boat/N`.
public record SlashFormat() implements Format {
  @Override
  public String name() {
    return "slashes";
  }

  @Override
  public String about() {
    return "words with tags";
  }

  @Override
  public boolean fits(String name, String head) {
    return name.endsWith(".slashes");
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    var header = Row.Header.of(file.getFileName().toString(), List.of("words", "tags"));
    var rows = new ArrayList<Row>();
    try (var reader = Format.reader(file)) {
      for (var line : reader.lines().toList()) {
        rows.add(row(header, rows.size() + 1, line));
      }
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
    return Source.of(rows);
  }

  private static Row row(Row.Header header, int number, String line) {
    var words = new ArrayList<String>();
    var tags = new ArrayList<String>();
    for (var pair : List.of(line.split("-", -1))) {
      int slash = pair.indexOf('/');
      if (slash < 1) {
        throw new DataException(
            "%s:%d: expected word/TAG-word/TAG, got '%s'; mend the line"
                .formatted(header.source(), number, pair));
      }
      words.add(pair.substring(0, slash));
      tags.add(pair.substring(slash + 1));
    }
    return new Row(header, number, List.of(String.join("-", words), String.join(" ", tags)));
  }
}
