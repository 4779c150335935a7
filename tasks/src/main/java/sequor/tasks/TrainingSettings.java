package sequor.tasks;

import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// How a model learns, whatever it learns: the section `training` of every task.
public record TrainingSettings(
    @Setting(value = "50", min = 1, max = 1 << 20, about = "at most; early stopping ends it before")
        int epochs,
    @Setting(
            value = "0",
            min = 0,
            max = 1 << 30,
            about = "at most, where an epoch is more than anybody waits for; 0 for any number")
        int maxSteps,
    @Setting(value = "64", min = 1, max = 1 << 20, about = "examples a step") int batchSize,
    @Setting(
            value = "0",
            min = 0,
            max = 1 << 30,
            about = "tokens a step at most, pads included; 0 for any number")
        int batchTokens,
    @Setting(
            value = "1",
            min = 1,
            max = 1 << 20,
            about = "batches a step, as one so many times as large that memory has no room for")
        int accumulate,
    @Setting(value = "adamw", about = "sgd, adam, adamw, adagrad, adadelta or rmsprop")
        OptimizerKind optimizer,
    @Setting(value = "0.001", min = 1e-12, max = 1000, about = "of the optimizer")
        float learningRate,
    @Setting(value = "0.0", min = 0, max = 1, about = "of sgd and rmsprop") float momentum,
    @Setting(value = "0.0", min = 0, max = 1000, about = "of weights, not of biases")
        float weightDecay,
    @Setting(
            value = "constant",
            about = "constant, cosine, step, exponential, inverse_square_root or plateau")
        ScheduleKind schedule,
    @Setting(
            value = "0.5",
            min = 1e-6,
            max = 1,
            about = "what step, exponential and plateau multiply the rate by")
        float gamma,
    @Setting(value = "10", min = 1, max = 1 << 20, about = "how often step does so") int stepEpochs,
    @Setting(value = "0", min = 0, max = 1 << 30, about = "steps over which the rate rises")
        int warmUp,
    @Setting(value = "5.0", min = 0, max = 1e6, about = "of all gradients together; 0 for none")
        float clipNorm,
    @Setting(value = "0.0", min = 0, max = 1e6, about = "of each gradient's numbers; 0 for none")
        float clipValue,
    @Setting(value = "", about = "the metric that tells the best epoch") String watch,
    @Setting(value = "5", min = 1, max = 1 << 20, about = "epochs without a better one at the end")
        int patience,
    @Setting(
            value = "0",
            min = 0,
            max = 1000,
            about =
                "keep the mean of the weights after the last so many epochs; 0: the best epoch's")
        int averageLast,
    @Setting(value = "1", min = 0, max = Integer.MAX_VALUE, about = "another one, another training")
        int seed) {
  /// The optimizers there are.
  public enum OptimizerKind {
    SGD,
    ADAM,
    ADAMW,
    ADAGRAD,
    ADADELTA,
    RMSPROP
  }

  /// How the learning rate changes.
  public enum ScheduleKind {
    CONSTANT,
    COSINE,
    STEP,
    EXPONENTIAL,
    INVERSE_SQUARE_ROOT,
    PLATEAU
  }

  /// What holds where nobody says otherwise.
  public static TrainingSettings standard() {
    return Settings.defaults(TrainingSettings.class);
  }

  /// The keys of the section, watching that metric.
  public static Section section(String watch) {
    return Section.of(TrainingSettings.class).withDefault("watch", watch);
  }

  /// These settings with another value of one key, written as in a recipe: `with("batch_size",
  /// 8).with("optimizer", "sgd")`.
  ///
  /// @throws sequor.settings.SettingsException if there is no such key, or it may not be that
  public TrainingSettings with(String key, Object value) {
    return Section.of(TrainingSettings.class)
        .complete(Settings.json(this).with(key, value), "training.", Places.NOWHERE)
        .as(TrainingSettings.class);
  }

  public TrainingSettings withEpochs(int epochs) {
    return with("epochs", epochs);
  }

  public TrainingSettings withLearningRate(float learningRate) {
    return with("learning_rate", learningRate);
  }

  public TrainingSettings withSeed(int seed) {
    return with("seed", seed);
  }
}
