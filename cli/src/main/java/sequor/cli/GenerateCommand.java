package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.recipes.RecipeException;
import sequor.recipes.TrainedRun;
import sequor.tasks.Generates;

/// `sequor generate RUN`
@Command(
    name = "generate",
    description = "Makes up texts with a trained run; the same seed gives the same texts.")
final class GenerateCommand implements Callable<Integer> {
  private static final int TRACED = 5;

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
      names = "--scale",
      paramLabel = "X",
      description =
          "What logits are multiplied by, the inverse of the temperature: above 1 safer, below 1"
              + " wilder.")
  Optional<Double> scale = Optional.empty();

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      defaultValue = "1.0",
      description =
          "Above 1 tokens that were there already are less likely; 1.2 is usual (default:"
              + " ${DEFAULT-VALUE}).")
  double repetitionPenalty;

  @Option(
      names = "--stop",
      paramLabel = "S",
      description =
          "End a text before this; may be given more than once. \\n stands for a line end, \\t for a"
              + " tab.")
  List<String> stop = List.of();

  @Option(
      names = "--trace",
      description = "Show the likeliest tokens of every step, and the one that was drawn.")
  boolean trace;

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
    requireSense();
    if (!(TrainedRun.load(run).predictor() instanceof Generates generator)) {
      throw new RecipeException(
          "generate: expected a run that makes up texts, got %s, which does not; use sequor predict"
              .formatted(run));
    }
    var request =
        new Generates.Request(
            prompt,
            label.orElse(""),
            scale.map(factor -> 1 / factor).orElse(temperature),
            topK,
            topP,
            maxTokens,
            repetitionPenalty,
            stop.stream().map(GenerateCommand::unescaped).toList(),
            trace ? TRACED : 0);
    generator.generate(request, count, seed).forEach(this::print);
    return 0;
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t");
  }

  private void requireSense() {
    require(count >= 1, "--count: expected 1 or more, got " + count);
    require(maxTokens >= 1, "--max-tokens: expected 1 or more, got " + maxTokens);
    require(
        temperature >= 0 && temperature < Double.POSITIVE_INFINITY,
        "--temperature: expected a number from 0 on, got " + temperature);
    require(
        scale.isEmpty() || (scale.get() > 0 && scale.get() < Double.POSITIVE_INFINITY),
        "--scale: expected a number above 0, got " + scale.orElse(0.0));
    require(
        scale.isEmpty() || !isGiven("--temperature"),
        "--scale: expected it or --temperature, got both; leave one out");
    require(
        repetitionPenalty > 0 && repetitionPenalty < Double.POSITIVE_INFINITY,
        "--repetition-penalty: expected a number above 0, got " + repetitionPenalty);
    require(!stop.contains(""), "--stop: expected a text, got an empty one");
    require(topK >= 0, "--top-k: expected 0 or more, got " + topK);
    require(topP > 0 && topP <= 1, "--top-p: expected more than 0 and at most 1, got " + topP);
  }

  private void require(boolean sense, String message) {
    if (!sense) {
      throw new ParameterException(output.command.commandLine(), message);
    }
  }

  private boolean isGiven(String option) {
    return output.command.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void print(Generates.Generated made) {
    boolean labelled = !made.label().isEmpty();
    var object = Json.object().with("text", made.text());
    object = labelled ? object.with("label", made.label()) : object;
    object = trace ? object.with("trace", made.trace().stream().map(this::json).toList()) : object;
    output.result(
        object, labelled && label.isEmpty() ? made.text() + "\t" + made.label() : made.text());
    if (!output.json) {
      made.trace().forEach(draw -> output.out().println(line(draw)));
    }
  }

  private JsonObject json(Generates.Draw draw) {
    return Json.object()
        .with("token", draw.token())
        .with("probability", draw.probability())
        .with(
            "likeliest",
            draw.likeliest().stream()
                .map(
                    c ->
                        Json.object().with("token", c.token()).with("probability", c.probability()))
                .toList());
  }

  /// What was drawn, and what could have been.
  private static String line(Generates.Draw draw) {
    var line =
        new StringBuilder("  ").append(shown(draw.token(), draw.probability())).append("  of");
    draw.likeliest().forEach(c -> line.append("  ").append(shown(c.token(), c.probability())));
    return line.toString();
  }

  private static String shown(String token, double probability) {
    return String.format(Locale.ROOT, "%s %.3f", Json.of(token), probability);
  }
}
