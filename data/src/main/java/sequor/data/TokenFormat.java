package sequor.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sequor.settings.Settings;

/// A kind of file that holds a token a line, and whose rows are sentences: each column holds one
/// value for each token ([Row#list]).
public interface TokenFormat extends Format {
  /// The sentences of a file with all that stands beside them, so that they can be written again.
  ///
  /// @param settings with the keys of [#settings()]
  /// @throws DataException if it is not such a file, now or while it is read
  Source<Sentence> sentences(Path file, Settings settings);

  @Override
  default Source<Row> open(Path file, Settings settings) {
    var sentences = sentences(file, settings);
    return () -> rows(sentences.open());
  }

  /// Without what holds no token, as comments at the end.
  private static Cursor<Row> rows(Cursor<Sentence> sentences) {
    return new LookAhead<>() {
      @Override
      @Nullable Row fetch() {
        while (sentences.hasNext()) {
          var sentence = sentences.next();
          if (sentence.size() > 0) {
            return sentence.row();
          }
        }
        return null;
      }

      @Override
      public void close() {
        sentences.close();
      }
    };
  }
}
