package sequor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sequor.tasks.embed.Embedder;
import sequor.vectors.Neighbors;
import sequor.vectors.VectorsException;

/// `sequor neighbors FILE|RUN WORD…`
@Command(
    name = "neighbors",
    description =
        "Shows the words, or the texts, whose vectors are nearest to that of each word, by the cosine.")
final class NeighborsCommand implements Callable<Integer> {
  @Mixin VectorSource source;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "WORD",
      description = "What to look for.")
  List<String> words;

  @Option(
      names = {"-n", "--count"},
      defaultValue = "10",
      paramLabel = "N",
      description = "How many words to show (default: ${DEFAULT-VALUE}).")
  int count;

  @Option(
      names = "--documents",
      description =
          "Show the texts, of those that a run has learned from with model.documents=true, that are"
              + " nearest to each WORD, which may be a whole text then.")
  boolean documents;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  NeighborsCommand() {}

  /// Words without a vector are told of, and the others answered.
  @Override
  public Integer call() {
    int most = VectorSource.count(count, output);
    var nearby = nearby();
    int missing = 0;
    for (var word : words) {
      try {
        var nearest = nearby.of(word, most);
        if (words.size() > 1) {
          output.line(word);
        }
        nearest.forEach(scored -> VectorSource.print(output, word, scored));
      } catch (VectorsException e) {
        if (words.size() == 1) {
          throw e;
        }
        output.err().println("sequor: " + e.getMessage());
        missing++;
      }
    }
    return missing == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /// What is near to what was asked.
  private interface Nearby {
    List<Neighbors.Scored> of(String asked, int most);
  }

  private Nearby nearby() {
    if (documents) {
      return Embedder.load(source.from)::nearestDocuments;
    }
    var asked = source.asked(output);
    return (word, most) -> asked.neighbors().of(asked.spelled(word), most);
  }
}
