package sequor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sequor neighbors FILE|RUN WORD…`
@Command(
    name = "neighbors",
    description = "Shows the words whose vectors are nearest to that of each word, by the cosine.")
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

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  NeighborsCommand() {}

  @Override
  public Integer call() {
    var neighbors = source.neighbors(output);
    for (var word : words) {
      var nearest = neighbors.of(word, count);
      if (words.size() > 1) {
        output.line(word);
      }
      nearest.forEach(scored -> VectorSource.print(output, word, scored));
    }
    return 0;
  }
}
