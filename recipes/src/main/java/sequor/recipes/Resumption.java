package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sequor.SequorException;
import sequor.data.Origin;
import sequor.store.RunDirectory;
import sequor.train.Checkpoint;

/// What must be as it was for a run to go on to the same bits, and where it goes on from.
final class Resumption {
  private final RunDirectory run;
  private final Recipe recipe;

  Resumption(RunDirectory run, Recipe recipe) {
    this.run = run;
    this.recipe = recipe;
  }

  /// Refuses what is finished, never began, or began with another recipe.
  void requireUnfinished() {
    if (run.checkpoints().isEmpty() && run.model().config().exists()) {
      throw unlike("an unfinished run to resume", "a finished one; train it without --resume");
    }
    if (!Files.isRegularFile(run.recipe())) {
      throw unlike("an unfinished run to resume", "none; train it without --resume");
    }
    var before = Recipe.load(run.recipe().toString(), List.of());
    String differences = recipe.differences(before);
    if (!differences.isEmpty()) {
      throw unlike(
          "the recipe that the run began with",
          "another: %s; resume with %s, or train into another folder"
              .formatted(differences, run.recipe()));
    }
  }

  /// Refuses other examples than those that the run began with.
  void requireSameData(String fingerprint, Origin origin) throws IOException {
    if (!Files.readString(fingerprint(run.path())).equals(fingerprint)) {
      throw unlike(
          "the examples that the run began with",
          "others in %s; bring the old ones back, or train into another folder"
              .formatted(origin.name()));
    }
  }

  private RecipeException unlike(String expected, String got) {
    return new RecipeException("%s: expected %s, got %s".formatted(run.path(), expected, got));
  }

  /// Where the fingerprint lies that tells the examples of a run from all others.
  static Path fingerprint(Path run) {
    return run.resolve("data.sha256");
  }

  /// The newest checkpoint that is whole; empty if the run was stopped before its first.
  Optional<Checkpoint> last(Run.Listener listener) {
    Leftovers.deleteTemporary(run.path());
    Optional<SequorException> damage = Optional.empty();
    for (var file : run.checkpoints().reversed()) {
      try {
        var checkpoint = Checkpoint.read(file);
        damage.ifPresent(
            e ->
                listener.warned(
                    "%s; going on from %s, the one before it"
                        .formatted(e.getMessage(), file.getFileName())));
        return Optional.of(checkpoint);
      } catch (SequorException e) {
        damage = Optional.of(damage.orElse(e));
      }
    }
    if (damage.isPresent()) {
      throw damage.get();
    }
    return Optional.empty();
  }
}
