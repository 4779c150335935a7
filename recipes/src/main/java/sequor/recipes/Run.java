package sequor.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sequor.AtomicFile;
import sequor.data.Data;
import sequor.data.DataFinder;
import sequor.data.Origin;
import sequor.settings.Settings;
import sequor.store.RunDirectory;
import sequor.tasks.Floor;
import sequor.tasks.Job;
import sequor.tasks.Learning;
import sequor.tasks.LearningKeys;
import sequor.tasks.Task;
import sequor.tasks.Training;
import sequor.train.Checkpoint;
import sequor.train.Learner;
import sequor.train.LearningRateFinder;
import sequor.train.Trainer;
import sequor.train.TrainingListener;

/// One training of a recipe, and its folder.
///
/// ```java
/// var recipe = Recipe.load("names", List.of("training.seed=7"));
/// var report = new Run(recipe, Path.of("runs/names"), finder, clock).train(listener, false);
/// ```
public final class Run {
  private static final int STEPS_BETWEEN_CHECKPOINTS = 250;

  /// Is told how training goes on: what there is to learn, then every step and epoch.
  public interface Listener extends TrainingListener {
    /// Something that may take its time begins, such as counting for the floor.
    default void began(String what) {}

    /// The data were read and the model was built.
    ///
    /// @param summary the model as a tree
    default void prepared(Origin data, Training.Sizes sizes, String summary) {}

    /// How much of the batches is padding is known.
    default void batched(Training.Pads pads) {}

    /// Learning is over, and what a simple method gets is known.
    default void compared(Floor floor) {}

    /// Something went less well than it should; training goes on.
    default void warned(String message) {}
  }

  private final Recipe recipe;
  private final RunDirectory run;
  private final DataFinder finder;
  private final InstantSource clock;

  /// @param folder the run directory
  public Run(Recipe recipe, Path folder, DataFinder finder, InstantSource clock) {
    this.recipe = recipe;
    this.run = new RunDirectory(folder);
    this.finder = finder;
    this.clock = clock;
  }

  /// The rows that a recipe names, and the job that they make, without learning anything.
  public record Prepared(Data data, Training job) {}

  /// Reads the data of a recipe and builds its model, which finds all that is wrong with either.
  public static Prepared prepare(Recipe recipe, DataFinder finder) {
    var data = data(recipe.task(), recipe.settings().section("data"), finder);
    var seed = LearningKeys.of(recipe.settings()).seedOfAll();
    var job = recipe.task().prepare(recipe.settings(), data.rows(), seed);
    LearningKeys.watched(job, recipe.settings());
    return new Prepared(data, job);
  }

  /// Looks for a learning rate for a recipe, and draws what it saw; nothing is trained, and nothing
  /// else is kept.
  ///
  /// @param picture the .svg file
  /// @throws sequor.FileException if it cannot be written
  public static LearningRateFinder.Found findRate(
      Recipe recipe, DataFinder finder, Path picture, Consumer<LearningRateFinder.Point> listener) {
    if (!(prepare(recipe, finder).job() instanceof Job job)) {
      throw new RecipeException(
          "%s: expected a network, which a rate can be looked for, got what learns in a way of its own;"
                  .formatted(recipe.name())
              + " take the rate that its recipe has");
    }
    var found = Learning.of(recipe.settings()).rateFinder(job).listener(listener).run();
    AtomicFile.write(picture, RatePicture.of(recipe.name(), found).svg());
    return found;
  }

  /// The rows that the section `data` names, which have the columns that a task reads.
  static Data data(Task task, Settings section, DataFinder finder) {
    var label = task.stratified().map(section::text).filter(column -> !column.isEmpty());
    var data = Data.load(section, finder, label);
    try (var rows = data.rows().train().open()) {
      if (rows.hasNext()) {
        Data.requireColumns(section, rows.next(), task.columns(section), data.origin());
      }
    }
    return data;
  }

  /// Trains from the start, or, `resume`, goes on from the last checkpoint to the same bits.
  ///
  /// A training that fails before its first checkpoint leaves nothing behind.
  ///
  /// @throws RecipeException if there is a run already, or none to resume
  /// @throws sequor.settings.SettingsException if the recipe and the data make no sense
  /// @throws sequor.store.StoreException if another training is at work in the folder
  public Report train(Listener listener, boolean resume) throws IOException {
    if (resume) {
      var resumption = new Resumption(run, recipe);
      resumption.requireUnfinished();
      try (var _ = run.lock()) {
        return train(listener, resumption.last(listener));
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
    listener.began("reading the data");
    var prepared = prepare(recipe, finder);
    var job = prepared.job();
    var learner = job.learner(recipe.settings()).listener(listener);
    String fingerprint = fingerprint(prepared.data(), recipe.task(), recipe.settings());
    if (checkpoint.isPresent()) {
      new Resumption(run, recipe).requireSameData(fingerprint, prepared.data().origin());
      learner.resuming(checkpoint.get());
    }
    listener.prepared(prepared.data().origin(), job.sizes(), job.summary());
    job.pads().ifPresent(listener::batched);
    job.notices().forEach(listener::warned);
    var done = checkpoint.map(from -> from.progress().steps()).orElse(0L);
    try {
      AtomicFile.write(run.recipe(), recipe.resolved());
      AtomicFile.write(Resumption.fingerprint(run.path()), fingerprint);
      var result = learn(learner, done);
      job.finish();
      listener.began("asking the floor, a simple method");
      var floor = job.floor();
      listener.compared(floor);
      var report = report(prepared, floor, result, begun);
      new RunWriter(run, recipe).write(job, report).ifPresent(listener::warned);
      Leftovers.delete(run.path().resolve("checkpoints"));
      return report;
    } catch (Throwable e) { // memory that runs out too
      deleteUnlessResumable(e);
      throw e;
    }
  }

  /// @param done how many steps were done before
  private Trainer.Result learn(Learner learner, long done) {
    try (var log = new RunLog(run, clock, done)) {
      return learner
          .listener(log)
          .savingEvery(STEPS_BETWEEN_CHECKPOINTS, this::save)
          .run(LearningKeys.of(recipe.settings()).epochs());
    }
  }

  private Report report(Prepared prepared, Floor floor, Trainer.Result result, Instant begun) {
    var job = prepared.job();
    var judged = clock.instant();
    var test = job.test();
    double judging = judged.until(clock.instant()).toMillis() / 1000.0;
    return new Report(
        run.path().toString(),
        recipe.name(),
        LearningKeys.of(recipe.settings()).seed(),
        prepared.data().origin(),
        job.sizes(),
        job.parameterCount(),
        job.metrics(),
        test,
        floor,
        notices(job),
        result.epochs(),
        result.bestEpoch(),
        judging,
        begun.until(clock.instant()).toMillis() / 1000.0);
  }

  private List<String> notices(Training job) {
    var notices = new ArrayList<>(job.notices());
    if (!(job instanceof Job)) {
      return notices;
    }
    int averaged = Learning.of(recipe.settings()).settings().averageLast();
    if (averaged > 0) {
      notices.add("its weights are the mean of those after the last %d epochs".formatted(averaged));
    }
    return notices;
  }

  /// The columns that a task reads.
  static List<String> columns(Task task, Settings settings) {
    var data = settings.section("data");
    return task.columns(data).stream().map(data::text).filter(column -> !column.isEmpty()).toList();
  }

  /// Tells the rows that a task reads from all others.
  static String fingerprint(Data data, Task task, Settings settings) {
    return task.readsEveryColumn(settings.section("data"))
        ? data.fingerprint()
        : data.fingerprint(columns(task, settings));
  }

  private void requireNoFile() {
    if (Files.isRegularFile(run.path())) {
      throw new RecipeException(
          "%s: expected a new or empty folder, got a file; give another (--out)"
              .formatted(run.path()));
    }
  }

  private void requireEmpty() {
    if (!run.isEmpty()) {
      throw new RecipeException(
          "%s: expected a new or empty folder, got one with files; resume it (--resume), give"
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
}
