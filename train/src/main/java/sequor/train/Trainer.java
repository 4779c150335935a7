package sequor.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sequor.Seed;
import sequor.train.TrainingListener.Epoch;

/// The training loop, with all that a long run wants around it.
///
/// ```java
/// var result =
///     new Trainer<>(task, new Adam(objective.module().parameters(), 0.001f), new Seed(1))
///         .clipping(Clipping.byNorm(1))
///         .monitoring("accuracy", EarlyStopping.Config.of(Mode.MAX))
///         .savingEvery(500, checkpoint -> checkpoint.write(file))
///         .run(20);
/// ```
///
/// Training ends when the metric that is monitored has stopped getting better, and the module is
/// then as it was when that metric was best.
///
/// All randomness follows from the seed and the number of the epoch or step, so a run that resumes
/// from a checkpoint comes to the same bits as one that was never stopped.
///
/// @param <B> a batch
public final class Trainer<B> implements Learner {
  final Objective<B> objective;
  final Optimizer optimizer;
  final double baseFactor;
  final Seed seed;
  final List<TrainingListener> listeners = new ArrayList<>();

  Clipping clipping = Clipping.none();
  Schedule schedule = Schedule.constant();
  boolean perEpoch;
  Optional<ReduceOnPlateau.Config> plateau = Optional.empty();
  String monitored = "loss";
  EarlyStopping.Config stopping = EarlyStopping.Config.of(Mode.MIN);
  boolean keepsLast;
  int averaged;
  int accumulated = 1;
  long mostSteps = Long.MAX_VALUE;
  long savesEvery = Long.MAX_VALUE;
  Consumer<Checkpoint> saver = checkpoint -> {};
  Optional<Checkpoint> start = Optional.empty();

  /// @param optimizer over the parameters that learn; its rate, and those of its groups, are the
  ///   base rates of schedules
  public Trainer(Objective<B> objective, Optimizer optimizer, Seed seed) {
    this.objective = objective;
    this.optimizer = optimizer;
    this.baseFactor = optimizer.learningRateFactor();
    this.seed = seed;
  }

  /// Clips gradients; without this they are only checked to be finite.
  public Trainer<B> clipping(Clipping clipping) {
    this.clipping = clipping;
    return this;
  }

  /// Changes the learning rate from step to step.
  public Trainer<B> schedulePerStep(Schedule schedule) {
    this.schedule = schedule;
    this.perEpoch = false;
    return this;
  }

  /// Changes the learning rate from epoch to epoch.
  public Trainer<B> schedulePerEpoch(Schedule schedule) {
    this.schedule = schedule;
    this.perEpoch = true;
    return this;
  }

  /// Lowers the learning rate when the monitored metric has stopped getting better; together with a
  /// schedule both factors count.
  public Trainer<B> reduceOnPlateau(ReduceOnPlateau.Config config) {
    this.plateau = Optional.of(config);
    return this;
  }

  /// The metric that tells which epoch is best and when to stop; without this `loss`, the lower the
  /// better, with the patience of [EarlyStopping.Config#of].
  ///
  /// @param metric one that the objective's evaluation gives, or `train_loss`
  public Trainer<B> monitoring(String metric, EarlyStopping.Config config) {
    this.monitored = metric;
    this.stopping = config;
    return this;
  }

  /// Takes one step for so many batches, with the mean of their gradients, each as heavy as
  /// [Objective#weight] says: as one batch of all their items. What is left at the end of an epoch
  /// makes a step of its own, with the mean over those that there are. Schedules, listeners and
  /// checkpoints count steps.
  public Trainer<B> accumulating(int batches) {
    Check.positive("trainer", "the number of batches a step", batches);
    this.accumulated = batches;
    return this;
  }

  /// Ends after so many steps, those before a checkpoint included, also in the midst of an epoch,
  /// which is then evaluated as if it were whole: for data of which one epoch is more than anybody
  /// waits for.
  public Trainer<B> atMost(long steps) {
    Check.positive("trainer", "the number of steps", steps);
    this.mostSteps = steps;
    return this;
  }

  /// Leaves the module with the mean of its parameters after each of the last so many epochs, not
  /// with those after the best (Vaswani et al. 2017, section 6.1). Checkpoints then hold them all.
  public Trainer<B> averagingLast(int epochs) {
    Check.positive("trainer", "the number of epochs to average", epochs);
    this.averaged = epochs;
    return this;
  }

  /// Leaves the module as it is after the last epoch, not as it was after the best.
  public Trainer<B> keepingLast() {
    this.keepsLast = true;
    return this;
  }

  /// Hands over a checkpoint at the end of each epoch.
  public Trainer<B> saving(Consumer<Checkpoint> saver) {
    return savingEvery(Long.MAX_VALUE, saver);
  }

  /// Hands over a checkpoint every so many steps and at the end of each epoch, after the listeners
  /// were called.
  @Override
  public Trainer<B> savingEvery(long steps, Consumer<Checkpoint> saver) {
    Check.positive("trainer", "the number of steps between checkpoints", steps);
    this.savesEvery = steps;
    this.saver = saver;
    return this;
  }

  /// Adds a listener, which is called after each step and epoch.
  @Override
  public Trainer<B> listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /// Goes on from a checkpoint of a trainer with the same objective, settings and seed.
  @Override
  public Trainer<B> resuming(Checkpoint from) {
    this.start = Optional.of(from);
    return this;
  }

  /// Trains for at most so many epochs, those before a checkpoint included.
  ///
  /// @throws TrainException if a loss or a gradient is not finite, an epoch has no batches, the
  ///   evaluation does not give the metric that is monitored, or the checkpoint to resume from is
  ///   that of another seed, module, optimizer, number of batches a step or amount of data
  @Override
  public Result run(int epochs) {
    Check.positive("trainer", "the number of epochs", epochs);
    if (plateau.isPresent() && plateau.get().mode() != stopping.mode()) {
      throw Check.wrong(
          "trainer: '%s' is monitored for %s, and reduce-on-plateau wants %s; give both one mode",
          monitored, stopping.mode(), plateau.get().mode());
    }
    return new TrainingLoop<>(this).run(epochs);
  }

  /// How a training ended.
  ///
  /// @param epochs all epochs, in order
  /// @param bestEpoch the number of the best, from 1; 0 if the metric monitored was never finite
  /// @param stoppedEarly whether it ended because nothing got better
  public record Result(List<Epoch> epochs, int bestEpoch, boolean stoppedEarly) {
    public Result {
      epochs = List.copyOf(epochs);
    }

    /// The best epoch, if the metric monitored ever was finite.
    public Optional<Epoch> best() {
      return bestEpoch == 0 ? Optional.empty() : Optional.of(epochs.get(bestEpoch - 1));
    }
  }
}
