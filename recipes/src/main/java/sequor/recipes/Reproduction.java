package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import sequor.data.DataFinder;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.json.JsonObject;
import sequor.store.RunDirectory;

/// Trains recipes as they stand, each in a folder of its own, and keeps what they got as small
/// files, so that results of many days and machines can be read side by side and be had again. What
/// has a result is not trained anew while its recipe stays what it was, and what was stopped goes
/// on.
///
/// ```java
/// var reproduction = new Reproduction(Path.of("runs"), Path.of("results"), finder, clock);
/// reproduction.train(Recipe.load("names", List.of()), listener);
/// AtomicFile.write(Path.of("results.md"), reproduction.page(recipes));
/// ```
public final class Reproduction {
  private final Path folder;
  private final Path results;
  private final DataFinder finder;
  private final InstantSource clock;

  /// @param folder where each recipe has its run directory
  /// @param results where each recipe has the file of its result
  public Reproduction(Path folder, Path results, DataFinder finder, InstantSource clock) {
    this.folder = folder;
    this.results = results;
    this.finder = finder;
    this.clock = clock;
  }

  /// Trains a recipe, unless that is done.
  ///
  /// @return whether there was anything left to train
  /// @throws RecipeException if its folder holds the run of a recipe that is another by now
  public boolean train(Recipe recipe, Run.Listener listener) throws IOException {
    if (result(recipe).isPresent()) {
      return false;
    }
    var run = run(recipe);
    requireSame(recipe, run);
    boolean done = isDone(run);
    if (!done) {
      boolean begun = !run.checkpoints().isEmpty();
      new Run(recipe, run.path(), finder, clock).train(listener, begun);
      machine(run).write(machine().with("resumed", begun));
    }
    Result.of(recipe, run.model().report().read(), machine(run)).write(file(recipe));
    return !done;
  }

  private static boolean isDone(RunDirectory run) {
    return run.checkpoints().isEmpty() && run.model().config().exists();
  }

  private static void requireSame(Recipe recipe, RunDirectory run) {
    if (!Files.isRegularFile(run.recipe())) {
      return;
    }
    var before = Recipe.load(run.recipe().toString(), List.of());
    String differences = recipe.differences(before);
    if (!differences.isEmpty()) {
      throw new RecipeException(
          "%s: expected a run of the recipe as it is now, got one of another: %s; delete it, or train"
                  .formatted(run.path(), differences)
              + " into another folder (--runs)");
    }
  }

  private static JsonFile machine(RunDirectory run) {
    return new JsonFile(run.path().resolve("machine.json"));
  }

  private static JsonObject machine() {
    var machine = Json.object();
    for (var fact : Machine.facts().entrySet()) {
      machine = machine.with(fact.getKey(), fact.getValue());
    }
    return machine;
  }

  /// Where a recipe is trained.
  public Path folder(Recipe recipe) {
    return run(recipe).path();
  }

  private RunDirectory run(Recipe recipe) {
    return new RunDirectory(folder.resolve(recipe.name()));
  }

  /// A page of Markdown with the results of those of the recipes that have one, in this order, and
  /// with tables of those that have variants.
  public String page(List<Recipe> recipes) {
    var single = new ArrayList<Result>();
    var comparisons = new LinkedHashMap<Recipe, List<Result>>();
    for (var recipe : recipes) {
      var variants = recipe.variants();
      if (variants.isEmpty()) {
        result(recipe).ifPresent(single::add);
        continue;
      }
      var some = variants.stream().flatMap(variant -> result(variant).stream()).toList();
      if (!some.isEmpty()) {
        comparisons.put(recipe, some);
      }
    }
    return ResultsPage.of(single, comparisons);
  }

  /// What a recipe got; empty if nothing yet, or if that was another recipe than it is now.
  public Optional<Result> result(Recipe recipe) {
    var file = file(recipe);
    return file.exists()
        ? Optional.of(Result.read(file, recipe)).filter(Result::isOfThis)
        : Optional.empty();
  }

  private JsonFile file(Recipe recipe) {
    return new JsonFile(results.resolve(recipe.name() + ".json"));
  }
}
