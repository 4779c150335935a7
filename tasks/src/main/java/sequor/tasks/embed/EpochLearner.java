package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sequor.Seed;
import sequor.tasks.Metric;
import sequor.tasks.TaskException;
import sequor.tensor.Tensor;
import sequor.train.Checkpoint;
import sequor.train.EarlyStopping;
import sequor.train.Learner;
import sequor.train.Optimizer;
import sequor.train.Progress;
import sequor.train.Trainer;
import sequor.train.TrainingListener;
import sequor.train.TrainingListener.Epoch;
import sequor.train.TrainingListener.Pace;
import sequor.train.TrainingListener.Step;

/// What all ways to learn word vectors share: epochs, how they are told of, and checkpoints, of
/// which there is one behind each epoch. What was learned last is kept.
abstract class EpochLearner implements Learner {
  private static final long BETWEEN = 200_000_000; // ns from one line on the terminal to the next

  private final Corpus corpus;
  private final Learned learned;
  private final Seed seed;
  private final Metric watched;
  private final Supplier<Map<String, Double>> evaluation;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Consumer<Checkpoint> saver = checkpoint -> {};
  private Optional<Checkpoint> start = Optional.empty();
  private long steps;
  private long begun;
  private long told;
  private double shareBegun;

  /// @param learned the tables that learn
  EpochLearner(Corpus corpus, Learned learned, Judging judging) {
    this.corpus = corpus;
    this.learned = learned;
    this.seed = judging.seed;
    this.watched = judging.watched;
    this.evaluation = judging.evaluation;
  }

  /// From what all randomness follows, and how each epoch is judged.
  record Judging(Seed seed, Metric watched, Supplier<Map<String, Double>> evaluation) {}

  /// Learns from all of the text once; gives the mean loss.
  ///
  /// @param epoch from 1
  abstract double epoch(int epoch, int epochs);

  /// The rate of the last step.
  abstract double rate();

  Seed seed() {
    return seed;
  }

  @Override
  public Learner listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  @Override
  public Learner resuming(Checkpoint from) {
    start = Optional.of(from);
    return this;
  }

  @Override
  public Learner savingEvery(long steps, Consumer<Checkpoint> saver) {
    this.saver = saver;
    return this;
  }

  @Override
  public Trainer.Result run(int epochs) {
    var history = new ArrayList<Epoch>();
    start.ifPresent(from -> resume(from, history));
    begun = System.nanoTime();
    shareBegun = (double) history.size() / epochs;
    double best = history.stream().mapToDouble(this::value).reduce(this::better).orElse(Double.NaN);
    for (int epoch = history.size() + 1; epoch <= epochs; epoch++) {
      var metrics = new LinkedHashMap<String, Double>();
      metrics.put("train_loss", epoch(epoch, epochs));
      metrics.putAll(evaluation.get());
      double value = metrics.getOrDefault(watched.name(), Double.NaN);
      boolean isBest = Double.isNaN(best) || watched.isBetter(value, best);
      best = isBest ? value : best;
      var ended = new Epoch(epoch, steps, rate(), metrics, isBest);
      history.add(ended);
      listeners.forEach(listener -> listener.epochEnded(ended));
      saver.accept(checkpoint(history));
    }
    return new Trainer.Result(history, history.size(), false);
  }

  private double value(Epoch epoch) {
    return epoch.metrics().getOrDefault(watched.name(), Double.NaN);
  }

  private double better(double one, double other) {
    return watched.isBetter(other, one) ? other : one;
  }

  /// Tells that some words were read.
  ///
  /// @param share of the epoch
  void stepped(int epoch, int epochs, double share, int step, int stepsOfEpoch, double loss) {
    if (!Double.isFinite(loss)) {
      throw new TaskException(
          "embed: expected losses that are numbers, got %s in epoch %d; set a smaller rate (training.learning_rate)"
              .formatted(loss, epoch));
    }
    steps++;
    long now = System.nanoTime();
    double all = (epoch - 1 + share) / epochs;
    double seconds = Math.max(1e-9, (now - begun) / 1e9);
    double done = all - shareBegun;
    if (now - told > BETWEEN || all >= 1) {
      told = now;
      double perSecond = done * epochs * corpus.words() / seconds;
      double left = done <= 0 ? 0 : (1 - all) * seconds / done;
      var pace = new Pace(all, perSecond, "words", rate(), loss, left);
      listeners.forEach(listener -> listener.paced(pace));
    }
    var made = new Step(steps, epoch, step, stepsOfEpoch, loss, Double.NaN, rate());
    listeners.forEach(listener -> listener.stepped(made));
  }

  private void resume(Checkpoint from, List<Epoch> history) {
    if (!from.seed().equals(seed)) {
      throw new TaskException(
          "embed: expected a checkpoint of the seed %d, got one of %d; resume with the recipe that it"
                  .formatted(seed.value(), from.seed().value())
              + " began with");
    }
    learned.load(from.parameters());
    history.addAll(from.history());
    steps = from.progress().steps();
  }

  private Checkpoint checkpoint(List<Epoch> history) {
    int epochs = history.size();
    var none = Map.<String, Tensor>of();
    return new Checkpoint(
        seed,
        new Progress(steps, epochs, 0, 0),
        1,
        learned.tensors(),
        new Optimizer.State("sgd", none, Map.of(), (float) rate(), 1),
        new EarlyStopping.State(OptionalDouble.empty(), OptionalDouble.empty(), 0, epochs),
        Optional.empty(),
        none,
        List.of(),
        List.of(),
        history);
  }
}
