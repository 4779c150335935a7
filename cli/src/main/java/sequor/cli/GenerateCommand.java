package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.Generator;
import sequor.recipes.RecipeException;
import sequor.recipes.Trained;

/// `sequor generate RUN`
@Command(
    name = "generate",
    description = "Makes up texts with a trained run; the same seed gives the same texts.")
final class GenerateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "A run that models language.")
  Path run;

  @Option(
      names = "--prompt",
      paramLabel = "S",
      defaultValue = "",
      description = "How every text begins.")
  String prompt;

  @Option(
      names = "--label",
      paramLabel = "L",
      description = "What to condition on (default: a label drawn at random for every text).")
  Optional<String> label = Optional.empty();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many texts (default: ${DEFAULT-VALUE}).")
  int count;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "1.0",
      description =
          "Below 1 safer, above 1 wilder, 0 always the likeliest (default: ${DEFAULT-VALUE}).")
  double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Draw from the K likeliest tokens only; 0 for all (default: ${DEFAULT-VALUE}).")
  int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1.0",
      description =
          "Draw from the fewest likeliest tokens that have this probability together"
              + " (default: ${DEFAULT-VALUE}).")
  double topP;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "200",
      description = "Cut texts that find no end (default: ${DEFAULT-VALUE}).")
  int maxTokens;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same texts (default: ${DEFAULT-VALUE}).")
  long seed;

  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  GenerateCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!(Trained.load(run) instanceof Generator generator)) {
      throw new RecipeException(
          "generate: expected a run that models language, found %s, which classifies; use sequor"
                  .formatted(run)
              + " predict");
    }
    requirePositive("--count", count);
    requirePositive("--max-tokens", maxTokens);
    var request =
        new Generator.Request(prompt, label.orElse(""), temperature, topK, topP, maxTokens);
    generator.generate(request, count, seed).forEach(this::print);
    return 0;
  }

  private void requirePositive(String option, int number) {
    if (number < 1) {
      throw new ParameterException(
          output.command.commandLine(), option + ": expected 1 or more, found " + number);
    }
  }

  private void print(Generator.Generated made) {
    boolean labelled = !made.label().isEmpty();
    var object = Json.object().with("text", made.text());
    output.result(
        labelled ? object.with("label", made.label()) : object,
        labelled && label.isEmpty() ? made.text() + "\t" + made.label() : made.text());
  }
}
