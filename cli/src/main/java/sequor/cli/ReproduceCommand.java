package sequor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sequor.AtomicFile;
import sequor.json.Json;
import sequor.recipes.Recipe;
import sequor.recipes.Reproduction;

/// `sequor reproduce [RECIPE…]`
@Command(
    name = "reproduce",
    description =
        "Trains recipes as they stand, one after another, keeps what they got, and writes a page with"
            + " all results. What has a result of the same recipe is not trained anew; what was"
            + " stopped goes on.")
final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RECIPE",
      arity = "0..*",
      description =
          "Names of the catalogue, or .yaml files; the whole catalogue where none is given.")
  List<String> recipes = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "docs/results.md",
      description =
          "The page, in Markdown; each result is a file in the folder beside it that is named alike"
              + " (default: ${DEFAULT-VALUE}).")
  Path page;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs/reproduced",
      description = "Where the runs stand (default: ${DEFAULT-VALUE}).")
  Path runs;

  @Mixin Output output;
  @Mixin Threads threads;
  @Mixin DataFolder data;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ReproduceCommand() {}

  @Override
  public Integer call() throws IOException {
    var ours = Recipe.catalogue().stream().map(ReproduceCommand::recipe).toList();
    var wanted =
        recipes.isEmpty()
            ? ours.stream().filter(this::isWhole).toList()
            : recipes.stream().map(ReproduceCommand::recipe).toList();
    var shown = new LinkedHashMap<String, Recipe>(); // and those of one's own
    Stream.concat(ours.stream(), wanted.stream()).forEach(each -> shown.put(each.name(), each));
    var reproduction = new Reproduction(runs, results(), data.finder(), InstantSource.system());
    for (var recipe : wanted.stream().flatMap(each -> each.trainings().stream()).toList()) {
      output.line("reproduce  " + recipe.name());
      boolean trained = reproduction.train(recipe, TrainProgress.of(output, recipe));
      AtomicFile.write(page, reproduction.page(List.copyOf(shown.values())));
      output.result(
          Json.object()
              .with("recipe", recipe.name())
              .with("run", reproduction.folder(recipe).toString())
              .with("trained", trained)
              .with("page", page.toString()),
          recipe.name() + (trained ? ": trained" : ": was trained already") + "; see " + page);
    }
    return 0;
  }

  /// The folder beside the page that is named as it is.
  private Path results() {
    String name = String.valueOf(page.getFileName());
    int dot = name.lastIndexOf('.');
    return page.resolveSibling(dot > 0 ? name.substring(0, dot) : name + "-results");
  }

  /// Whether nothing is missing that only the user has.
  private boolean isWhole(Recipe recipe) {
    var missing = recipe.missing();
    if (!missing.isEmpty()) {
      output.line(
          "reproduce  %s is left out: it needs a file of yours, or a run made before (%s)"
              .formatted(recipe.name(), String.join(", ", missing)));
    }
    return missing.isEmpty();
  }

  private static Recipe recipe(String name) {
    return Recipe.load(name, List.of());
  }
}
