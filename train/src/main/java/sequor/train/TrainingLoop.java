package sequor.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.store.Weights;
import sequor.tensor.InPlace;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.TrainingListener.Epoch;
import sequor.train.TrainingListener.Step;

/// One run of a [Trainer]: the loop, and what changes while it goes on.
final class TrainingLoop<B> {
  /// Names of the loss per example or token; the first that there is tells equals apart.
  private static final List<String> HELD_OUT_LOSSES = List.of("loss", "nats_per_token");

  private final Trainer<B> settings;
  private final Objective<B> objective;
  private final Map<String, Tensor> parameters;
  private final Optimizer optimizer;
  private final EarlyStopping stopping;
  private final Optional<ReduceOnPlateau> plateau;
  private final List<Epoch> history = new ArrayList<>();

  private Progress progress = Progress.START;
  private List<Tensor> carried = List.of();
  private Map<String, Tensor> best = Map.of();
  private Map<String, Tensor> snapshot = Map.of();
  private final Deque<Map<String, Tensor>> recent = new ArrayDeque<>(); // oldest first

  TrainingLoop(Trainer<B> settings) {
    this.settings = settings;
    objective = settings.objective;
    parameters = objective.module().parameters();
    optimizer = settings.optimizer;
    stopping = new EarlyStopping(settings.stopping);
    plateau = settings.plateau.map(ReduceOnPlateau::new);
    settings.start.ifPresent(this::restore);
  }

  Trainer.Result run(int epochs) {
    while (progress.epochs() < epochs && !stopping.stops() && isGoingOn()) {
      learnEpoch();
      evaluateEpoch();
      save();
    }
    if (settings.averaged > 0) {
      assign(Weights.average(recent.stream()));
    } else if (!settings.keepsLast) {
      assign(best);
    }
    return new Trainer.Result(history, stopping.bestEpoch(), stopping.stops());
  }

  private boolean isGoingOn() {
    return progress.steps() < settings.mostSteps;
  }

  private void learnEpoch() {
    int epoch = progress.epochs() + 1;
    var random = settings.seed.child("shuffle").child(epoch).generator();
    try (var feed = objective.batches(epoch, random)) {
      feed.skip(progress.batches());
      if (!feed.hasNext()) {
        throw Check.wrong(
            "trainer: expected batches in epoch %d after the %d that are done, got none; give it"
                + " data, and resume with the data that training began with",
            epoch, progress.batches());
      }
      int batches = Math.toIntExact(feed.size().orElse(0));
      while (isGoingOn() && feed.hasNext()) {
        var step = learn(some(feed), batches);
        settings.listeners.forEach(listener -> listener.stepped(step));
        if (progress.steps() % settings.savesEvery == 0 && isGoingOn() && feed.hasNext()) {
          save();
        }
      }
    }
  }

  /// The batches of one step.
  private List<B> some(Feed<B> feed) {
    var some = new ArrayList<B>();
    while (some.size() < settings.accumulated && feed.hasNext()) {
      some.add(feed.next());
    }
    return some;
  }

  /// One step, with the mean of the gradients of some batches.
  ///
  /// @param batches how many the epoch has; 0 if that is not known
  private Step learn(List<B> some, int batches) {
    long number = progress.steps() + 1;
    var seed = settings.seed.child("dropout").child(number);
    optimizer.scaleLearningRate(factor());
    snapshot = Map.of();
    parameters.values().forEach(Tensor::clearGrad); // also of those that are not learned
    int count = some.size();
    double[] weights = weights(some);
    double losses = 0;
    double mean = 0;
    for (int i = 0; i < count; i++) {
      var random = (i == 0 ? seed : seed.child(i)).generator();
      float loss = backward(some.get(i), progress.batches() + i + 1, random, weights[i]);
      losses += loss;
      mean += loss * weights[i];
    }
    if (count > 1) {
      optimizer.parameters().values().forEach(p -> InPlace.scaleGrad(p, 1f / count));
    }
    double norm = settings.clipping.apply(optimizer.parameters());
    optimizer.step();
    progress = progress.afterStep(count, losses);
    return new Step(
        number,
        progress.epochs() + 1,
        progress.batches(),
        batches,
        mean / count,
        norm,
        optimizer.learningRate());
  }

  /// How much each of some batches counts, in the mean 1.
  private double[] weights(List<B> some) {
    double[] weights = some.stream().mapToDouble(objective::weight).toArray();
    double mean = Arrays.stream(weights).sum() / weights.length;
    boolean even = !(mean > 0) || Arrays.stream(weights).allMatch(w -> w == weights[0]);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = even ? 1 : weights[i] / mean;
    }
    return weights;
  }

  /// Adds the gradients of a batch to those that are there.
  ///
  /// @param number which batch of the epoch, from 1
  /// @param weight what its gradients are multiplied by
  private float backward(B batch, int number, RandomGenerator random, double weight) {
    try (var tape = Tape.open(random)) {
      var result = objective.loss(batch, carried);
      float loss = finite(result.loss().item(), number);
      tape.backward(weight == 1 ? result.loss() : result.loss().times((float) weight));
      carried = result.state().stream().map(Tensor::copy).toList();
      return loss;
    }
  }

  /// What the base rates are multiplied by.
  private double factor() {
    long done = settings.perEpoch ? progress.epochs() : progress.steps();
    double factor = settings.baseFactor * settings.schedule.factor(done);
    return factor * plateau.map(ReduceOnPlateau::factor).orElse(1.0);
  }

  private float finite(float loss, int batch) {
    if (!Float.isFinite(loss)) {
      throw Check.wrong(
          "trainer: the loss is %s at step %d (epoch %d, batch %d); lower the learning rate, now"
              + " %s, clip gradients, and look for a log or a division by 0 in the loss",
          loss, progress.steps() + 1, progress.epochs() + 1, batch, optimizer.learningRate());
    }
    return loss;
  }

  /// Not that of the training data, which gets better even when nothing does; NaN if there is none.
  private static double heldOutLoss(Map<String, Double> metrics) {
    return HELD_OUT_LOSSES.stream()
        .filter(metrics::containsKey)
        .findFirst()
        .map(metrics::get)
        .orElse(Double.NaN);
  }

  private void evaluateEpoch() {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("train_loss", progress.meanLoss());
    metrics.putAll(objective.evaluate());
    var value = metrics.get(settings.monitored);
    if (value == null) {
      throw Check.wrong(
          "trainer: the metric to monitor, '%s', is not among %s; monitor one of these, or let the"
              + " task's evaluate() give it",
          settings.monitored, metrics.keySet());
    }
    boolean better = stopping.observe(value, heldOutLoss(metrics));
    if (better) {
      best = snapshot();
    }
    plateau.ifPresent(p -> p.observe(value));
    if (settings.averaged > 0) {
      recent.addLast(snapshot());
    }
    if (recent.size() > settings.averaged) {
      recent.removeFirst();
    }
    progress = progress.afterEpoch();
    carried = List.of();
    float rate = optimizer.learningRate();
    var epoch = new Epoch(progress.epochs(), progress.steps(), rate, metrics, better);
    history.add(epoch);
    settings.listeners.forEach(listener -> listener.epochEnded(epoch));
  }

  // Checkpoints

  private void save() {
    settings.saver.accept(
        new Checkpoint(
            settings.seed,
            progress,
            settings.accumulated,
            snapshot(),
            optimizer.state(),
            stopping.state(),
            plateau.map(ReduceOnPlateau::state),
            best,
            List.copyOf(recent),
            carried,
            history));
  }

  private void restore(Checkpoint from) {
    if (!from.seed().equals(settings.seed)) {
      throw Check.wrong(
          "resume: the checkpoint was made with seed %d, this run has %d; give it the same seed",
          from.seed().value(), settings.seed.value());
    }
    if (from.plateau().isPresent() != plateau.isPresent()) {
      throw Check.wrong(
          "resume: the checkpoint was made %s reduce-on-plateau; resume with the same settings",
          from.plateau().isPresent() ? "with" : "without");
    }
    if (from.batchesPerStep() != settings.accumulated) {
      throw Check.wrong(
          "resume: the checkpoint was made with %d batches a step, this run has %d; resume with the"
              + " same settings",
          from.batchesPerStep(), settings.accumulated);
    }
    Check.sameTensors("resume", parameters, from.parameters());
    if (!from.best().isEmpty()) {
      Check.sameTensors("resume", parameters, from.best());
    }
    from.recent().forEach(weights -> Check.sameTensors("resume", parameters, weights));
    if (from.recent().size() != Math.min(settings.averaged, from.progress().epochs())) {
      throw Check.wrong(
          "resume: the checkpoint holds the parameters after %d epochs to average, this run wants"
              + " those of the last %d; resume with the same settings",
          from.recent().size(), settings.averaged);
    }
    optimizer.restore(from.optimizer());
    assign(from.parameters());
    stopping.restore(from.stopping());
    plateau.ifPresent(p -> p.restore(from.plateau().orElseThrow()));
    progress = from.progress();
    carried = from.carried();
    best = from.best();
    recent.addAll(from.recent());
    history.addAll(from.history());
  }

  private void assign(Map<String, Tensor> values) {
    values.forEach((name, value) -> Check.named(parameters, name).assign(value));
  }

  /// A copy of the parameters, the same one until the next step.
  private Map<String, Tensor> snapshot() {
    if (snapshot.isEmpty()) {
      var copies = new LinkedHashMap<String, Tensor>();
      parameters.forEach((name, tensor) -> copies.put(name, tensor.copy()));
      snapshot = copies;
    }
    return snapshot;
  }
}
