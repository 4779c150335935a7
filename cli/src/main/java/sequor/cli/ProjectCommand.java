package sequor.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.WordPlane;
import sequor.vectors.Projection;

/// `sequor project FILE|RUN [WORD…]`
@Command(
    name = "project",
    description =
        "Draws words on a plane, where they differ most (principal components), as an SVG file.")
final class ProjectCommand implements Callable<Integer> {
  private static final int MOST_FREQUENT = 100;

  @Mixin VectorSource source;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "WORD",
      description = "What to draw; without any the first 100 words.")
  List<String> words = List.of();

  @Option(
      names = "--out",
      defaultValue = "words.svg",
      paramLabel = "FILE",
      description = "The picture (default: ${DEFAULT-VALUE}).")
  Path out;

  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ProjectCommand() {}

  @Override
  public Integer call() {
    var asked = source.asked(output);
    var vectors = asked.vectors();
    var drawn =
        Optional.of(words.stream().map(asked::spelled).toList())
            .filter(some -> !some.isEmpty())
            .orElseGet(() -> vectors.words().stream().limit(MOST_FREQUENT).toList());
    var projection = Projection.of(vectors, drawn);
    String about =
        String.format(
            Locale.ROOT,
            "to the right %.0f %% of how %d words differ, upwards %.0f %%",
            100 * projection.shares().get(0),
            drawn.size(),
            100 * projection.shares().get(1));
    var places =
        projection.places().stream()
            .map(place -> new WordPlane.Word(place.word(), place.x(), place.y()))
            .toList();
    new WordPlane(source.from.toString(), about, places).write(out);
    output.result(
        Json.object()
            .with("picture", out.toString())
            .with("words", drawn.size())
            .with("shares", projection.shares()),
        "picture: %s; %s".formatted(out, about));
    return 0;
  }
}
