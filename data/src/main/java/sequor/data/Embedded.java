package sequor.data;

import java.io.IOException;
import java.io.UncheckedIOException;

/// The data sets that are always there.
final class Embedded {
  /// Short talks: what is said, and an answer.
  static final String TALK = "talk";

  private Embedded() {}

  /// The rows of the one of that name.
  static Source<Row> rows(String name) {
    return switch (name) {
      case Passage.NAME -> Passage.rows();
      case TALK -> talk();
      default -> Source.of(Names.table().rows());
    };
  }

  private static Source<Row> talk() {
    try (var in = Embedded.class.getResourceAsStream("talk.tsv")) {
      if (in == null) {
        throw new IllegalStateException("talk.tsv is missing from this build");
      }
      return Source.of(TableReader.tsv().read(in, TALK).rows());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
