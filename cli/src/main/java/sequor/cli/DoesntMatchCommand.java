package sequor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `sequor doesnt-match FILE|RUN WORD…`
@Command(
    name = "doesnt-match",
    description = "Says which of the words is least like all of them together.")
final class DoesntMatchCommand implements Callable<Integer> {
  @Mixin VectorSource source;

  @Parameters(
      index = "1..*",
      arity = "3..*",
      paramLabel = "WORD",
      description = "Three words or more.")
  List<String> words;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DoesntMatchCommand() {}

  @Override
  public Integer call() {
    var asked = source.asked(output);
    var least = asked.neighbors().leastLike(words.stream().map(asked::spelled).toList());
    VectorSource.print(output, String.join(" ", words), least);
    return 0;
  }
}
