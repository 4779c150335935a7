package sequor.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.TrainingListener.Epoch;
import sequor.train.TrainingListener.Step;

/// One run of a [Trainer]: the loop, and what changes while it goes on.
final class Training<B> {
  private final Trainer<B> settings;
  private final Task<B> task;
  private final Map<String, Tensor> parameters;
  private final Optimizer optimizer;
  private final EarlyStopping stopping;
  private final Optional<ReduceOnPlateau> plateau;
  private final List<Epoch> history = new ArrayList<>();

  private Progress progress = Progress.START;
  private List<Tensor> carried = List.of();
  private Map<String, Tensor> best = Map.of();

  Training(Trainer<B> settings) {
    this.settings = settings;
    task = settings.task;
    parameters = task.module().parameters();
    optimizer = settings.optimizer;
    stopping = new EarlyStopping(settings.stopping);
    plateau = settings.plateau.map(ReduceOnPlateau::new);
    settings.start.ifPresent(this::restore);
  }

  Trainer.Result run(int epochs) {
    while (progress.epochs() < epochs && !stopping.stops()) {
      learnEpoch();
      evaluateEpoch();
      save();
    }
    if (!settings.keepsLast) {
      assign(best);
    }
    return new Trainer.Result(history, stopping.bestEpoch(), stopping.stops());
  }

  private void learnEpoch() {
    int epoch = progress.epochs() + 1;
    var random = settings.seed.child("shuffle").child(epoch).generator();
    var batches = task.batches(epoch, random);
    if (progress.batches() >= batches.size()) {
      throw Check.wrong(
          "trainer: epoch %d has %d batches, and %d of them are done; give it data, and resume"
              + " with the data that training began with",
          epoch, batches.size(), progress.batches());
    }
    while (progress.batches() < batches.size()) {
      var step = learn(batches.get(progress.batches()), batches.size());
      progress = progress.afterStep(step.loss());
      settings.listeners.forEach(listener -> listener.stepped(step));
      if (progress.steps() % settings.savesEvery == 0 && progress.batches() < batches.size()) {
        save();
      }
    }
  }

  private Step learn(B batch, int batches) {
    long number = progress.steps() + 1;
    var random = settings.seed.child("dropout").child(number).generator();
    optimizer.scaleLearningRate(factor());
    parameters.values().forEach(Tensor::clearGrad); // also of those that are not learned
    try (var tape = Tape.open(random)) {
      var result = task.loss(batch, carried);
      float loss = finite(result.loss().item());
      tape.backward(result.loss());
      double norm = settings.clipping.apply(optimizer.parameters());
      optimizer.step();
      carried = result.state().stream().map(Tensor::copy).toList();
      int epoch = progress.epochs() + 1;
      int place = progress.batches() + 1;
      return new Step(number, epoch, place, batches, loss, norm, optimizer.learningRate());
    }
  }

  /// What the base rates are multiplied by.
  private double factor() {
    long turns = settings.perEpoch ? progress.epochs() : progress.steps();
    double factor = settings.baseFactor * settings.schedule.factor(turns);
    return factor * plateau.map(ReduceOnPlateau::factor).orElse(1.0);
  }

  private float finite(float loss) {
    if (!Float.isFinite(loss)) {
      throw Check.wrong(
          "trainer: the loss is %s at step %d (epoch %d, batch %d); lower the learning rate, now"
              + " %s, clip gradients, and look for a log or a division by 0 in the loss",
          loss,
          progress.steps() + 1,
          progress.epochs() + 1,
          progress.batches() + 1,
          optimizer.learningRate());
    }
    return loss;
  }

  private void evaluateEpoch() {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("train_loss", progress.meanLoss());
    metrics.putAll(task.evaluate());
    var value = metrics.get(settings.watched);
    if (value == null) {
      throw Check.wrong(
          "trainer: the metric to watch, '%s', is not among %s; watch one of these, or let the"
              + " task's evaluate() give it",
          settings.watched, metrics.keySet());
    }
    boolean better = stopping.observe(value);
    if (better) {
      best = copy(parameters);
    }
    plateau.ifPresent(p -> p.observe(value));
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
            copy(parameters),
            optimizer.state(),
            stopping.state(),
            plateau.map(ReduceOnPlateau::state),
            best,
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
    Check.sameTensors("resume", parameters, from.parameters());
    if (!from.best().isEmpty()) {
      Check.sameTensors("resume", parameters, from.best());
    }
    optimizer.restore(from.optimizer());
    assign(from.parameters());
    stopping.restore(from.stopping());
    plateau.ifPresent(p -> p.restore(from.plateau().orElseThrow()));
    progress = from.progress();
    carried = from.carried();
    best = from.best();
    history.addAll(from.history());
  }

  private void assign(Map<String, Tensor> values) {
    values.forEach((name, value) -> Check.named(parameters, name).assign(value));
  }

  private static Map<String, Tensor> copy(Map<String, Tensor> tensors) {
    var copies = new LinkedHashMap<String, Tensor>();
    tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
    return copies;
  }
}
