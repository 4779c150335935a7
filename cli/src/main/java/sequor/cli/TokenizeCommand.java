package sequor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.Recipe;
import sequor.recipes.RecipeException;
import sequor.recipes.Run;
import sequor.recipes.TrainedRun;
import sequor.tasks.Reading;
import sequor.tasks.Tokenizes;

/// `sequor tokenize RUN|RECIPE [TEXT…]`
@Command(
    name = "tokenize",
    description =
        "Shows what a model reads of texts: each token with its id and where it stands in the text."
            + " For a recipe the tokenizer is made from the recipe's data first.")
final class TokenizeCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN|RECIPE",
      description = "A run, such as runs/names, a recipe's name, or a .yaml file.")
  String from;

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      description = "What to read (default: standard input, one text a line).")
  List<String> texts = new ArrayList<>();

  @Option(names = "--show-steps", description = "Show the text behind each of its transforms too.")
  boolean steps;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a value of the recipe, such as tokens.tokenizer=bpe.")
  List<String> overrides = List.of();

  @Mixin Output output;
  @Mixin DataSource data;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TokenizeCommand() {}

  @Override
  public Integer call() throws IOException {
    var reader = reader();
    if (!texts.isEmpty()) {
      texts.forEach(text -> print(reader.reading(text)));
      return 0;
    }
    try (var lines = TextLines.ofStandardInput()) {
      lines.forEach(output, text -> print(reader.reading(text)));
    }
    return 0;
  }

  private Tokenizes reader() {
    boolean run = Files.isDirectory(Path.of(from));
    if (run && (!overrides.isEmpty() || data.path.isPresent())) {
      throw new ParameterException(
          output.command.commandLine(),
          "--set and --data: expected a recipe, got a run, whose tokenizer is made");
    }
    var predictor = run ? TrainedRun.load(Path.of(from)).predictor() : prepared();
    if (predictor instanceof Tokenizes reader) {
      return reader;
    }
    throw new RecipeException(
        "tokenize: expected a model that reads texts as tokens, got %s, which does not; take another"
            .formatted(from));
  }

  private Object prepared() {
    var all = new ArrayList<String>();
    data.file().ifPresent(file -> all.add(Recipe.override("data.file", file.toString())));
    all.addAll(overrides);
    var job = Run.prepare(Recipe.load(from, all), data.finder()).job();
    job.notices().forEach(output::warn);
    return job.predictor();
  }

  private void print(Reading reading) {
    var object = reading.json();
    var text = new StringBuilder();
    if (steps) {
      for (var step : reading.steps()) {
        text.append("%-18s  %s%n".formatted(step.name(), quoted(step.text())));
      }
    }
    for (var token : reading.tokens()) {
      text.append(
          "%-18s  %7d  %s%s%n"
              .formatted(
                  quoted(token.token()),
                  token.id(),
                  token.end() > token.start() ? token.start() + "-" + token.end() : "",
                  token.known() ? "" : "  unknown"));
    }
    if (reading.left() > 0) {
      text.append("%,d tokens more are not read%n".formatted(reading.left()));
    }
    output.result(
        steps ? object : object.without("steps"),
        text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n")));
  }

  /// What has spaces or what nobody sees is easier to tell in quotes.
  private static String quoted(String text) {
    boolean plain =
        !text.isEmpty()
            && text.codePoints()
                .noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    return plain ? text : Json.of(text).toString();
  }
}
