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

/// Trains recipes as they stand, each in a folder of its own, so that their results can be read
/// side by side and be had again. What is trained already is not trained anew, and what was stopped
/// goes on.
///
/// ```java
/// var reproduction = new Reproduction(Path.of("runs/reproduced"), finder, clock);
/// reproduction.train(Recipe.load("names", List.of()), listener);
/// AtomicFile.write(Path.of("results.md"), reproduction.results(recipes));
/// ```
public final class Reproduction {
  private final Path folder;
  private final DataFinder finder;
  private final InstantSource clock;

  /// @param folder where each recipe has its run directory
  public Reproduction(Path folder, DataFinder finder, InstantSource clock) {
    this.folder = folder;
    this.finder = finder;
    this.clock = clock;
  }

  /// A training that is over.
  ///
  /// @param report `report.json`
  /// @param machine what it was computed with; empty where nobody wrote it down
  record Trained(Recipe recipe, JsonObject report, JsonObject machine) {}

  /// Trains a recipe, unless that is done.
  ///
  /// @return whether there was anything left to train
  /// @throws RecipeException if its folder holds the run of a recipe that is another by now
  public boolean train(Recipe recipe, Run.Listener listener) throws IOException {
    var run = run(recipe);
    requireSame(recipe, run);
    if (isDone(run)) {
      return false;
    }
    boolean begun = !run.checkpoints().isEmpty();
    new Run(recipe, run.path(), finder, clock).train(listener, begun);
    machine(run).write(machine().with("resumed", begun));
    return true;
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

  /// A page of Markdown with those of the recipes that are trained, in this order, and with tables
  /// of those that have variants.
  public String results(List<Recipe> recipes) {
    var single = new ArrayList<Trained>();
    var comparisons = new LinkedHashMap<Recipe, List<Trained>>();
    for (var recipe : recipes) {
      var variants = recipe.variants();
      if (variants.isEmpty()) {
        trained(recipe).ifPresent(single::add);
        continue;
      }
      var some = variants.stream().flatMap(variant -> trained(variant).stream()).toList();
      if (!some.isEmpty()) {
        comparisons.put(recipe, some);
      }
    }
    return ResultsPage.of(single, comparisons);
  }

  private Optional<Trained> trained(Recipe recipe) {
    var run = run(recipe);
    if (!isDone(run)) {
      return Optional.empty();
    }
    var machine = machine(run);
    return Optional.of(
        new Trained(
            recipe,
            run.model().report().read(),
            machine.exists() ? machine.read() : Json.object()));
  }
}
