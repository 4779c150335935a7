package sequor.tasks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import sequor.Seed;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.train.Adadelta;
import sequor.train.Adagrad;
import sequor.train.Adam;
import sequor.train.AdamW;
import sequor.train.Clipping;
import sequor.train.EarlyStopping;
import sequor.train.LearningRateFinder;
import sequor.train.Mode;
import sequor.train.Optimizer;
import sequor.train.ReduceOnPlateau;
import sequor.train.RmsProp;
import sequor.train.Schedule;
import sequor.train.Sgd;
import sequor.train.Trainer;

/// Makes the trainer of a job, as [TrainingSettings] say.
public final class Learning {
  private final TrainingSettings training;
  private final Settings section;

  /// @param section where the settings were written, for errors
  public Learning(TrainingSettings training, Settings section) {
    this.training = training;
    this.section = section;
  }

  /// What the section `training` says.
  public static Learning of(Settings settings) {
    var section = settings.section("training");
    return new Learning(section.as(TrainingSettings.class), section);
  }

  public TrainingSettings settings() {
    return training;
  }

  /// Whether what has learned learns once more, from the validation split too.
  public boolean refits() {
    return section.has("refit") && section.as(RefitSettings.class).refit();
  }

  public Seed seed() {
    return new Seed(training.seed());
  }

  /// The metric that tells the best epoch.
  ///
  /// @throws sequor.settings.SettingsException if the training does not give it
  public Metric watched(Training job) {
    return LearningKeys.watched(job, training.watch(), section);
  }

  /// A trainer that has not begun.
  public Trainer<Batch> trainer(Job job) {
    var watched = watched(job);
    var stopping = EarlyStopping.Config.of(watched.better()).withPatience(training.patience());
    return trainer(job, watched.name(), stopping);
  }

  /// A trainer of a job that learns once more ([Job#again]), which leaves it as it is after the
  /// last epoch.
  public Trainer<Batch> trainerAgain(Job job) {
    var endless = EarlyStopping.Config.of(Mode.MIN).withoutEnd();
    return trainer(job, "train_loss", endless).keepingLast();
  }

  private Trainer<Batch> trainer(Job job, String metric, EarlyStopping.Config stopping) {
    var trainer =
        new Trainer<>(job, optimizer(learned(job.module())), seed())
            .clipping(clipping())
            .accumulating(training.accumulate())
            .monitoring(metric, stopping);
    if (training.averageLast() > 0) {
      trainer.averagingLast(training.averageLast());
    }
    if (training.maxSteps() > 0) {
      trainer.atMost(training.maxSteps());
    }
    return scheduled(trainer, job.batchesPerEpoch(), stopping.mode());
  }

  /// Parameters that are frozen have no state in an optimizer.
  private static Map<String, Tensor> learned(NnModule module) {
    var learned = new LinkedHashMap<String, Tensor>();
    module
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGrad()) {
                learned.put(name, parameter);
              }
            });
    return learned;
  }

  /// What looks for a learning rate, with the optimizer and clipping that the settings say.
  public LearningRateFinder<Batch> rateFinder(Job job) {
    return new LearningRateFinder<>(job, optimizer(learned(job.module())), seed())
        .clipping(clipping());
  }

  private Optimizer optimizer(Map<String, Tensor> parameters) {
    float rate = training.learningRate();
    float decay = training.weightDecay();
    float momentum = training.momentum();
    var optimizer =
        switch (training.optimizer()) {
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
    float norm = training.clipNorm();
    float value = training.clipValue();
    if (norm > 0 && value > 0) {
      throw section.wrong(
          "clip_value", "expected one way of clipping, got clip_norm %s too; set one to 0", norm);
    }
    return norm > 0 ? Clipping.byNorm(norm) : value > 0 ? Clipping.byValue(value) : Clipping.none();
  }

  private Trainer<Batch> scheduled(Trainer<Batch> trainer, OptionalLong perEpoch, Mode better) {
    long warmUp = training.warmUp();
    double gamma = training.gamma();
    int every = training.stepEpochs();
    return switch (training.schedule()) {
      case CONSTANT -> trainer.schedulePerStep(Schedule.constant().withWarmUp(warmUp));
      case COSINE ->
          trainer.schedulePerStep(
              Schedule.cosine(Math.max(1, steps(perEpoch) - warmUp)).withWarmUp(warmUp));
      case STEP ->
          trainer.schedulePerStep(Schedule.step(every * known(perEpoch), gamma).withWarmUp(warmUp));
      case EXPONENTIAL ->
          trainer.schedulePerStep(
              Schedule.exponential(Math.pow(gamma, 1.0 / known(perEpoch))).withWarmUp(warmUp));
      case INVERSE_SQUARE_ROOT ->
          trainer.schedulePerStep(Schedule.inverseSquareRoot(Math.max(1, warmUp)));
      case PLATEAU ->
          trainer
              .schedulePerStep(Schedule.constant().withWarmUp(warmUp))
              .reduceOnPlateau(
                  ReduceOnPlateau.Config.of(better).withFactor(gamma).withPatience(every));
    };
  }

  /// How many steps there are in all, unless it stops early.
  private long steps(OptionalLong perEpoch) {
    long most = training.maxSteps();
    boolean known = most == 0 || perEpoch.isPresent();
    return !known
        ? most
        : Math.min(most == 0 ? Long.MAX_VALUE : most, training.epochs() * known(perEpoch));
  }

  /// How many steps an epoch has, which a schedule over epochs must know.
  private long known(OptionalLong perEpoch) {
    return Math.ceilDiv(batches(perEpoch), training.accumulate());
  }

  private long batches(OptionalLong perEpoch) {
    return perEpoch.orElseThrow(
        () ->
            section.wrong(
                "schedule",
                "expected constant, inverse_square_root or plateau where the number of steps is not"
                    + " known (data.stream, training.batch_tokens), got %s; take one of these",
                training.schedule().name().toLowerCase(Locale.ROOT)));
  }
}
