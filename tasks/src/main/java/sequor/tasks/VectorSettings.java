package sequor.tasks;

import java.nio.file.Files;
import java.nio.file.Path;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// What the tokens' vectors begin as: keys of the section `model`.
///
/// @param vectors a file of word vectors, or a run that learned some, which a trained model does
///   not need any more; empty for none
/// @param vectorsFrozen whether they stay as they are
/// @param vectorsUnseen what tokens get that the file lacks
public record VectorSettings(
    @Setting(
            value = "",
            about =
                "file of word vectors that tokens begin with (GloVe, word2vec, fastText), or a run of embed")
        String vectors,
    @Setting(value = "false", about = "whether these vectors stay as they are")
        boolean vectorsFrozen,
    @Setting(value = "random", about = "vectors of tokens that the file lacks: random, zero, mean")
        Unseen vectorsUnseen) {
  /// The vector of a token that the file lacks.
  public enum Unseen {
    /// Drawn from a normal distribution with the deviation of the numbers that were found (Kim
    /// 2014, section 3.1).
    RANDOM,
    ZERO,
    /// That of the vectors that were found.
    MEAN
  }

  /// The file of vectors, be it that of a run.
  ///
  /// @throws TaskException if the run learned none
  Path file() {
    var path = Path.of(vectors);
    if (!Files.isDirectory(path)) {
      return path;
    }
    var file = Models.directory(path).vectors();
    if (!Files.isRegularFile(file)) {
      throw new TaskException(
          "model.vectors: expected a file of word vectors or a run of sequor train embed, got %s, a run without any; name"
                  .formatted(path)
              + " another");
    }
    return file;
  }

  /// Those of a file, which are learned further.
  public static VectorSettings of(Path file) {
    var none = none();
    return new VectorSettings(file.toString(), none.vectorsFrozen, none.vectorsUnseen);
  }

  /// Those of the same file, which stay as they are.
  public VectorSettings frozen() {
    return new VectorSettings(vectors, true, vectorsUnseen);
  }

  /// No file.
  public static VectorSettings none() {
    return Settings.defaults(VectorSettings.class);
  }
}
