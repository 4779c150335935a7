package sequor.train;

import java.util.function.Consumer;

/// Something that learns in epochs, and tells how that goes on: a [Trainer], or what learns in a
/// way of its own.
public interface Learner {
  /// Adds a listener, which is called as learning goes on.
  Learner listener(TrainingListener listener);

  /// Goes on from a checkpoint of the same training.
  Learner resuming(Checkpoint from);

  /// Hands over checkpoints: at the end of each epoch, and, where steps are short enough for that
  /// to make sense, every so many steps.
  Learner savingEvery(long steps, Consumer<Checkpoint> saver);

  /// Learns for at most so many epochs, those before a checkpoint included.
  Trainer.Result run(int epochs);
}
