package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sequor.train.Checkpoint;
import sequor.train.Learner;
import sequor.train.Trainer;
import sequor.train.TrainingListener;
import sequor.train.TrainingListener.Epoch;

/// Learns at once, in one epoch without steps. There is nothing to go on with, so it hands over no
/// checkpoints: what is stopped begins again, to the same bits.
final class SolvedLearner implements Learner {
  private final Runnable solve;
  private final Supplier<Map<String, Double>> evaluation;
  private final List<TrainingListener> listeners = new ArrayList<>();

  SolvedLearner(Runnable solve, Supplier<Map<String, Double>> evaluation) {
    this.solve = solve;
    this.evaluation = evaluation;
  }

  @Override
  public Learner listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  @Override
  public Learner resuming(Checkpoint from) {
    return this;
  }

  @Override
  public Learner savingEvery(long steps, Consumer<Checkpoint> saver) {
    return this;
  }

  @Override
  public Trainer.Result run(int epochs) {
    solve.run();
    var epoch = new Epoch(1, 0, 0, evaluation.get(), true);
    listeners.forEach(listener -> listener.epochEnded(epoch));
    return new Trainer.Result(List.of(epoch), 1, false);
  }
}
