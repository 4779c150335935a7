package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import sequor.json.Json;
import sequor.recipes.HeatMaps;
import sequor.recipes.RecipeException;
import sequor.recipes.TrainedRun;
import sequor.tasks.HeatMap;
import sequor.tasks.Inspected;
import sequor.tasks.Inspects;
import sequor.tasks.View;

/// `sequor inspect RUN [TEXT…]`
@Command(
    name = "inspect",
    description =
        "Shows how a trained run comes to its answer: which words speak for it, where it looked, what its"
            + " gates and hidden units did; in the terminal, or as a picture.")
final class InspectCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "A run, such as runs/names.")
  Path run;

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      description =
          "What it is to answer (default: standard input, one text a line); two texts that belong"
              + " together, for a run that reads pairs, with a tab between them.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--view",
      paramLabel = "NAME",
      description =
          "What to look at: alignment, saliency, attention, cross-attention, decoder-attention,"
              + " pooling, gates, decoder-gates or hidden, as far as the model has it (default: what"
              + " tells most).")
  Optional<String> view = Optional.empty();

  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "The layer, from 1 at the bottom (default: the last; of gates all).")
  Optional<Integer> layer = Optional.empty();

  @Option(
      names = "--head",
      paramLabel = "N",
      description =
          "Of attention: the head, from 1; mean, or all for each by itself (default: their mean).")
  Optional<String> head = Optional.empty();

  @Option(
      names = "--gate",
      paramLabel = "NAME",
      description =
          "Of gates: the gate, unit by unit; mean, or all for each by itself (default: the mean over"
              + " the units of each).")
  Optional<String> gate = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Draw a picture of one text (.svg or .png) instead.")
  Optional<Path> out = Optional.empty();

  @Mixin Output output;
  @Mixin Threads threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  InspectCommand() {}

  @Override
  public Integer call() throws IOException {
    if (out.isPresent() && texts.size() > 1) {
      throw misuse("--out: expected one text for one picture, got %d".formatted(texts.size()));
    }
    if (out.filter(file -> !HeatMaps.draws(file)).isPresent()) {
      throw misuse("--out: expected a .svg or .png file, got " + out.get());
    }
    var predictor = TrainedRun.load(run).predictor();
    if (!(predictor instanceof Inspects inspects)) {
      throw new RecipeException(
          "inspect: expected a run that classifies, labels, tags, rates, translates or writes texts, got"
              + " %s, which does not; take another".formatted(run));
    }
    if (!texts.isEmpty()) {
      texts.forEach(text -> show(inspects.inspect(text)));
      return 0;
    }
    try (var lines = TextLines.ofStandardInput()) {
      if (out.isPresent()) {
        show(inspects.inspect(one(lines)));
      } else {
        lines.forEach(output, text -> show(inspects.inspect(text)));
      }
    }
    return 0;
  }

  private String one(TextLines lines) throws IOException {
    var first = lines.next(1);
    if (first.isEmpty() || !lines.next(1).isEmpty()) {
      throw misuse(
          "--out: expected one text for one picture, got %s on standard input"
              .formatted(first.isEmpty() ? "none" : "more"));
    }
    return first.getFirst();
  }

  private ParameterException misuse(String message) {
    return new ParameterException(output.command.commandLine(), message);
  }

  private void show(Inspected inspected) {
    var looked = view.map(inspected::view).orElse(inspected.views().getFirst());
    var number = layer.map(OptionalInt::of).orElse(OptionalInt.empty());
    var maps = looked.maps(new View.Choice(number, head, gate));
    inspected.notices().forEach(output::warn);
    if (out.isPresent()) {
      String title = maps.size() == 1 ? maps.getFirst().title() : looked.name();
      new HeatMaps(title, about(inspected), maps).write(out.get()).forEach(output::warn);
    }
    var object =
        Json.object()
            .with("text", inspected.text())
            .with("answer", inspected.answer())
            .with("view", looked.name())
            .with("maps", Json.ofList(maps.stream().map(HeatMap::json).toList()))
            .with("views", Json.ofList(inspected.views().stream().map(View::json).toList()));
    output.result(
        out.isPresent() ? object.with("picture", out.get().toString()) : object,
        out.isPresent()
            ? "picture: %s; %s".formatted(out.get(), looked.about())
            : shown(inspected, maps));
    output.line(others(inspected, looked));
  }

  private static String about(Inspected inspected) {
    return "%s → %s".formatted(inspected.text().strip(), inspected.answer());
  }

  private static String shown(Inspected inspected, List<HeatMap> maps) {
    var text = new StringBuilder(about(inspected).replaceAll("\\p{Cntrl}", " ")).append("\n");
    var blocks = new HeatBlocks(Terminal.width(), Terminal.seesColors());
    for (var map : maps) {
      text.append('\n').append(blocks.of(map));
    }
    return text.toString();
  }

  /// What else there is to see.
  private static String others(Inspected inspected, View looked) {
    String parts = parts(looked);
    String rest =
        inspected.views().stream()
            .filter(each -> !each.name().equals(looked.name()))
            .map(each -> each.name() + parts(each))
            .collect(Collectors.joining(", "));
    return "seen: %s%s%s"
        .formatted(looked.name(), parts, rest.isEmpty() ? "" : "; other views (--view): " + rest);
  }

  private static String parts(View view) {
    var parts = new ArrayList<String>();
    var layers = view.layers();
    if (layers.size() > 1) {
      parts.add("--layer 1–%d".formatted(layers.getLast()));
    }
    var names = view.names().subList(1, view.names().size());
    if (view.parts() == View.Parts.HEADS && names.size() > 1) {
      parts.add("--head 1–%d".formatted(names.size()));
    }
    if (view.parts() == View.Parts.GATES) {
      parts.add("--gate " + String.join("|", names));
    }
    return parts.isEmpty() ? "" : " (%s)".formatted(String.join(", ", parts));
  }
}
