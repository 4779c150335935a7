package sequor.cli;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.tasks.embed.AskedVectors;
import sequor.vectors.Neighbors;
import sequor.vectors.VectorReading;

/// Whose vectors a command asks: a file of word vectors, or a trained model.
final class VectorSource {
  @Parameters(
      index = "0",
      paramLabel = "FILE|RUN",
      description =
          "A file of word vectors (GloVe, word2vec, fastText; gzipped or not), or a run whose model"
              + " has vectors of tokens.")
  Path from;

  @Option(
      names = "--lenient",
      description =
          "Leave out rows of a file that are wrong, and take the words that there are where its first"
              + " line speaks of more.")
  boolean lenient;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  VectorSource() {}

  AskedVectors asked(Output output) {
    var reading = VectorReading.of(from);
    var asked = AskedVectors.of(lenient ? reading.lenient() : reading);
    asked.vectors().notices().forEach(output::warn);
    return asked;
  }

  /// @throws ParameterException if it is not a count
  static int count(int count, Output output) {
    if (count < 1) {
      throw new ParameterException(
          output.command.commandLine(), "--count: expected 1 or more, got " + count);
    }
    return count;
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
