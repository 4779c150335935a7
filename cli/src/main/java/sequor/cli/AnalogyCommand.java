package sequor.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sequor analogy FILE|RUN A B C`
@Command(name = "analogy", description = "Says what is to C as B is to A: man king woman.")
final class AnalogyCommand implements Callable<Integer> {
  @Mixin VectorSource source;

  @Parameters(index = "1..*", arity = "3", paramLabel = "WORD", description = "A, B and C.")
  List<String> words;

  @Option(
      names = {"-n", "--count"},
      defaultValue = "10",
      paramLabel = "N",
      description = "How many words to show (default: ${DEFAULT-VALUE}).")
  int count;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  AnalogyCommand() {}

  @Override
  public Integer call() {
    int most = VectorSource.count(count, output);
    var asked = source.asked(output);
    var spelled = words.stream().map(asked::spelled).toList();
    asked
        .neighbors()
        .analogy(spelled.get(0), spelled.get(1), spelled.get(2), most)
        .forEach(scored -> VectorSource.print(output, String.join(" ", words), scored));
    return 0;
  }
}
