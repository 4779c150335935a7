package sequor.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The text that is always there: a passage of 60 words, short enough to follow by eye what a model
/// makes of it.
final class Passage {
  /// What the catalogue calls it.
  static final String NAME = "harbour";

  private Passage() {}

  /// A row a sentence, with the column `text`.
  static Source<Row> rows() {
    try (InputStream in = Passage.class.getResourceAsStream("harbour.txt")) {
      if (in == null) {
        throw new IllegalStateException("harbour.txt is missing from this build");
      }
      var header = Row.Header.of(NAME, List.of("text"));
      var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return Source.of(lines.stream().map(line -> new Row(header, 1, List.of(line))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
