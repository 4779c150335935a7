package sequor.recipes;

import java.util.List;
import java.util.Map;
import sequor.tensor.Seed;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.train.Adadelta;
import sequor.train.Adagrad;
import sequor.train.Adam;
import sequor.train.AdamW;
import sequor.train.Clipping;
import sequor.train.EarlyStopping;
import sequor.train.Mode;
import sequor.train.Optimizer;
import sequor.train.ReduceOnPlateau;
import sequor.train.RmsProp;
import sequor.train.Schedule;
import sequor.train.Sgd;
import sequor.train.Trainer;

/// What the section `training` of a recipe says.
final class Learning {
  private static final List<String> FALLING = List.of("loss", "nats_per_char", "perplexity");

  private enum OptimizerKind {
    SGD,
    ADAM,
    ADAMW,
    ADAGRAD,
    ADADELTA,
    RMSPROP
  }

  private enum ScheduleKind {
    CONSTANT,
    COSINE,
    STEP,
    EXPONENTIAL,
    INVERSE_SQUARE_ROOT,
    PLATEAU
  }

  private final Settings training;
  private final int epochs;

  Learning(Settings training) {
    this.training = training;
    this.epochs = training.wholeNumber("epochs", 1, 1 << 20);
  }

  int epochs() {
    return epochs;
  }

  Seed seed() {
    return new Seed(training.wholeNumber("seed", 0, Integer.MAX_VALUE));
  }

  /// The metric that tells which epoch is best.
  String watched() {
    return training.text("watch");
  }

  private Mode mode() {
    return mode(watched());
  }

  /// Whether a metric is better the lower or the higher it is.
  static Mode mode(String metric) {
    return FALLING.contains(metric) ? Mode.MIN : Mode.MAX;
  }

  /// A trainer as the recipe wants it.
  Trainer<Batch> trainer(Job job) {
    var stopping =
        EarlyStopping.Config.of(mode()).withPatience(training.wholeNumber("patience", 1, 1 << 20));
    var trainer =
        new Trainer<>(job, optimizer(job.module().parameters()), seed())
            .clipping(clipping())
            .monitoring(training.text("watch", job.metrics()), stopping);
    return scheduled(trainer, job);
  }

  private Optimizer optimizer(Map<String, Tensor> parameters) {
    float rate = training.number("learning_rate", 0, 1000);
    float decay = training.number("weight_decay", 0, 1000);
    float momentum = training.number("momentum", 0, 1);
    var optimizer =
        switch (training.choice("optimizer", OptimizerKind.class)) {
          case SGD ->
              new Sgd(
                  parameters, Sgd.Config.of(rate).withMomentum(momentum).withWeightDecay(decay));
          case ADAM -> new Adam(parameters, Adam.Config.of(rate).withWeightDecay(decay));
          case ADAMW -> new AdamW(parameters, AdamW.Config.of(rate).withWeightDecay(decay));
          case ADAGRAD -> new Adagrad(parameters, Adagrad.Config.of(rate).withWeightDecay(decay));
          case ADADELTA ->
              new Adadelta(parameters, Adadelta.Config.of(rate).withWeightDecay(decay));
          case RMSPROP ->
              new RmsProp(
                  parameters,
                  RmsProp.Config.of(rate).withMomentum(momentum).withWeightDecay(decay));
        };
    return optimizer.withoutDecay(name -> name.contains("bias"));
  }

  private Clipping clipping() {
    float norm = training.number("clip_norm", 0, 1e6);
    float value = training.number("clip_value", 0, 1e6);
    if (norm > 0 && value > 0) {
      throw training.wrong(
          "clip_value", "expected one way of clipping, found clip_norm %s too; set one to 0", norm);
    }
    return norm > 0 ? Clipping.byNorm(norm) : value > 0 ? Clipping.byValue(value) : Clipping.none();
  }

  private Trainer<Batch> scheduled(Trainer<Batch> trainer, Job job) {
    long batches = job.batches(1, seed().generator()).size();
    long warmUp = training.wholeNumber("warm_up", 0, 1 << 30);
    double gamma = training.number("gamma", 1e-6, 1);
    int every = training.wholeNumber("step_epochs", 1, 1 << 20);
    return switch (training.choice("schedule", ScheduleKind.class)) {
      case CONSTANT -> trainer.schedulePerStep(Schedule.constant().withWarmUp(warmUp));
      case COSINE ->
          trainer.schedulePerStep(
              Schedule.cosine(Math.max(1, epochs() * batches - warmUp)).withWarmUp(warmUp));
      case STEP ->
          trainer.schedulePerStep(Schedule.step(every * batches, gamma).withWarmUp(warmUp));
      case EXPONENTIAL ->
          trainer.schedulePerStep(
              Schedule.exponential(Math.pow(gamma, 1.0 / batches)).withWarmUp(warmUp));
      case INVERSE_SQUARE_ROOT ->
          trainer.schedulePerStep(Schedule.inverseSquareRoot(Math.max(1, warmUp)));
      case PLATEAU ->
          trainer
              .schedulePerStep(Schedule.constant().withWarmUp(warmUp))
              .reduceOnPlateau(
                  ReduceOnPlateau.Config.of(mode()).withFactor(gamma).withPatience(every));
    };
  }
}
