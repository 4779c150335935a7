package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.SequorException;
import sequor.store.AtomicFile;
import sequor.store.RunDirectory;
import sequor.store.StoreException;
import sequor.text.DataFinder;
import sequor.text.DataSet;
import sequor.text.Example;
import sequor.train.Checkpoint;
import sequor.train.TrainingListener;

/// Trains a recipe, judges it on the test split beside its floor, and writes the run directory.
///
/// ```java
/// var recipe = Recipe.load("names", List.of("training.seed=7"));
/// var report = new Training(recipe, Path.of("runs/names"), finder, clock).run(listener, false);
/// ```
public final class Training {
  private static final int STEPS_BETWEEN_CHECKPOINTS = 250;

  /// Is told how training goes on: what there is to learn, then every step and epoch.
  public interface Listener extends TrainingListener {
    /// The data were read and the model was built; learning begins.
    ///
    /// @param summary the model as a tree
    default void prepared(Report.Origin data, List<Integer> sizes, String summary, Floor floor) {}

    /// Something went less well than it should; training goes on.
    default void warned(String message) {}
  }

  private final Recipe recipe;
  private final RunDirectory run;
  private final DataFinder finder;
  private final InstantSource clock;

  /// @param folder the run directory
  public Training(Recipe recipe, Path folder, DataFinder finder, InstantSource clock) {
    this.recipe = recipe;
    this.run = new RunDirectory(folder);
    this.finder = finder;
    this.clock = clock;
  }

  /// Trains from the start, or, `resume`, goes on from the last checkpoint to the same bits.
  ///
  /// A training that fails before its first checkpoint leaves nothing behind.
  ///
  /// @throws RecipeException if the recipe or the data make no sense, or there is a run already, or
  ///   none to resume
  /// @throws StoreException if another training is at work in the folder, or it cannot be written
  public Report run(Listener listener, boolean resume) throws IOException {
    if (resume) {
      requireUnfinished();
      try (var _ = run.lock()) {
        return train(listener, lastCheckpoint(listener));
      }
    }
    requireNoFile();
    try (var _ = run.lock()) {
      requireEmpty();
      return train(listener, Optional.empty());
    } finally {
      run.deleteIfEmpty();
    }
  }

  private Report train(Listener listener, Optional<Checkpoint> checkpoint) throws IOException {
    var begun = clock.instant();
    var learning = new Learning(recipe.settings().section("training"));
    var job = Job.prepare(recipe, finder);
    var trainer = learning.trainer(job).listener(listener);
    if (checkpoint.isPresent()) {
      requireSameData(job.data());
      trainer.resuming(checkpoint.get());
    }
    var floor = job.floor();
    var sizes = sizes(job.data().examples());
    listener.prepared(job.data().origin(), sizes, job.module().summary(), floor);
    var cut = Tokens.cutNotice(job.trained(), job.data().examples());
    cut.ifPresent(listener::warned);

    var done = checkpoint.map(from -> from.progress().steps()).orElse(0L);
    try (var log = new RunLog(run, clock, done)) {
      AtomicFile.write(run.recipe(), recipe.resolved());
      AtomicFile.write(fingerprint(run.path()), job.data().fingerprint());
      var result =
          trainer
              .listener(log)
              .savingEvery(STEPS_BETWEEN_CHECKPOINTS, this::save)
              .run(learning.epochs());
      var test = job.test();
      var report =
          new Report(
              run.path().toString(),
              recipe.name(),
              learning.seed().value(),
              job.data().origin(),
              sizes,
              job.module().parameterCount(),
              test.metrics(),
              test.confusion(),
              floor,
              result.epochs(),
              result.bestEpoch(),
              begun.until(clock.instant()).toMillis() / 1000.0);
      new RunWriter(run, recipe, learning).write(job, report, cut).forEach(listener::warned);
      Leftovers.delete(run.path().resolve("checkpoints"));
      return report;
    } catch (Throwable e) { // memory that runs out too
      deleteUnlessResumable(e);
      throw e;
    }
  }

  private void requireUnfinished() {
    if (run.checkpoints().isEmpty() && run.model().config().exists()) {
      throw new RecipeException(
          "%s: expected an unfinished run to resume, found a finished one; train it without --resume"
              .formatted(run.path()));
    }
    if (!Files.isRegularFile(run.recipe())) {
      throw new RecipeException(
          "%s: expected an unfinished run to resume, found none; train it without --resume"
              .formatted(run.path()));
    }
    requireSameRecipe();
  }

  /// The newest that is whole; empty if the run was stopped before its first.
  private Optional<Checkpoint> lastCheckpoint(Listener listener) {
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
    damage.ifPresent(
        e -> {
          throw e;
        });
    return Optional.empty();
  }

  /// A run can only go on to the same bits with the recipe that it began with.
  private void requireSameRecipe() {
    var before = Recipe.load(run.recipe().toString(), List.of());
    String differences = recipe.differences(before);
    if (!differences.isEmpty()) {
      throw new RecipeException(
          "%s: expected the recipe that the run began with, found another: %s; resume with %s, or"
                  .formatted(run.path(), differences, run.recipe())
              + " train into another folder");
    }
  }

  /// Nor with other data.
  private void requireSameData(Data data) throws IOException {
    if (!Files.readString(fingerprint(run.path())).equals(data.fingerprint())) {
      throw new RecipeException(
          "%s: expected the examples that the run began with, found others in %s; bring the old ones"
                  .formatted(run.path(), data.origin().name())
              + " back, or train into another folder");
    }
  }

  /// Tells the examples of the run from all others.
  private static Path fingerprint(Path run) {
    return run.resolve("data.sha256");
  }

  private void requireNoFile() {
    if (Files.isRegularFile(run.path())) {
      throw new RecipeException(
          "%s: expected a new or empty folder, found a file; give another (--out)"
              .formatted(run.path()));
    }
  }

  private void requireEmpty() {
    if (!run.isEmpty()) {
      throw new RecipeException(
          "%s: expected a new or empty folder, found one with files; resume it (--resume), give"
                  .formatted(run.path())
              + " another (--out), or delete it");
    }
  }

  /// The last two are kept: should the newest be damaged, the one before it is there.
  private void save(Checkpoint checkpoint) {
    var file = run.checkpoint(checkpoint.progress().steps());
    checkpoint.write(file);
    run.checkpoints().reversed().stream().skip(2).forEach(Leftovers::delete);
  }

  /// The folder was new or empty when training began, so all in it is ours.
  private void deleteUnlessResumable(Throwable cause) {
    try {
      if (run.checkpoints().isEmpty()) {
        Leftovers.delete(run.path());
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e); // the cause says more
    }
  }

  private static List<Integer> sizes(DataSet<Example> examples) {
    return List.of(examples.train().size(), examples.valid().size(), examples.test().size());
  }

  /// How a trained run does on a file of examples, or on the test split of its own data.
  ///
  /// @param run a run, or the model of one
  /// @param file empty for the test split
  /// @throws RecipeException if the run's own data are not those it was trained on: drawn anew from
  ///   others, a test split would hold what the model has learned
  public static Map<String, Double> evaluate(Path run, Optional<Path> file, DataFinder finder)
      throws IOException {
    var trained = Trained.load(run);
    if (file.isPresent()) {
      return Job.evaluate(trained, file.get()).metrics();
    }
    var data = Job.data(trained, finder);
    if (!isTrainedOn(run, data)) {
      throw new RecipeException(
          "%s: expected the examples that it was trained on, found others in %s, whose test split may"
                  .formatted(run, data.origin().name())
              + " hold what it has learned; bring the old ones back, or score it on a file of others"
              + " (--data FILE)");
    }
    return Job.evaluate(trained, data.examples().test(), "the test split").metrics();
  }

  /// By its examples, or, of a model without its run, by the file that they came from.
  private static boolean isTrainedOn(Path run, Data data) throws IOException {
    var fingerprint = fingerprint(run);
    if (Files.isRegularFile(fingerprint)) {
      return Files.readString(fingerprint).equals(data.fingerprint());
    }
    var report = Trained.directory(run).report();
    return !report.exists()
        || report.read().object("data").text("sha256").equals(data.origin().sha256());
  }
}
