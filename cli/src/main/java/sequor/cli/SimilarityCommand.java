package sequor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sequor.json.Json;

/// `sequor similarity FILE|RUN WORD WORD`
@Command(
    name = "similarity",
    description = "Says how alike two words are: the cosine of their vectors, from -1 to 1.")
final class SimilarityCommand implements Callable<Integer> {
  @Mixin VectorSource source;

  @Parameters(index = "1..*", arity = "2", paramLabel = "WORD", description = "The two words.")
  List<String> words;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SimilarityCommand() {}

  @Override
  public Integer call() {
    var asked = source.asked(output);
    double similarity =
        asked.neighbors().similarity(asked.spelled(words.get(0)), asked.spelled(words.get(1)));
    output.result(
        Json.object().with("words", words).with("similarity", similarity),
        "%.4f".formatted(similarity));
    return 0;
  }
}
