package sequor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.tasks.LearnedVectors;
import sequor.vectors.Neighbors;
import sequor.vectors.WordVectors;

/// Whose vectors a command asks: a file of word vectors, or a trained model.
final class VectorSource {
  @Parameters(
      index = "0",
      paramLabel = "FILE|RUN",
      description =
          "A file of word vectors (GloVe, word2vec, fastText; gzipped or not), or a run whose model"
              + " has vectors of tokens.")
  Path from;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  VectorSource() {}

  Neighbors neighbors(Output output) {
    return Neighbors.of(vectors(output));
  }

  WordVectors vectors(Output output) {
    var vectors = Files.isDirectory(from) ? LearnedVectors.of(from) : WordVectors.read(from);
    vectors.notices().forEach(output::warn);
    return vectors;
  }

  /// A word and how like another it is.
  static void print(Output output, String asked, Neighbors.Scored scored) {
    output.result(
        Json.object()
            .with("asked", asked)
            .with("word", scored.word())
            .with("similarity", scored.similarity()),
        line(scored.word(), scored.similarity()));
  }

  static String line(String word, double similarity) {
    return String.format(Locale.ROOT, "%-24s %.4f", word, similarity);
  }
}
