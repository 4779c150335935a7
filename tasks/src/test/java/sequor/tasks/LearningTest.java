package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.settings.SettingsException;
import sequor.tasks.TrainingSettings.OptimizerKind;
import sequor.tasks.TrainingSettings.ScheduleKind;
import sequor.text.Batch;
import sequor.train.Trainer;
import sequor.train.TrainingListener;

/// Every way to learn that settings can name.
class LearningTest {
  private static final DataSet<Row> WORDS = Toy.words(); // 12 batches of 8 an epoch

  private static Trainer<Batch> trainer(DataSet<Row> rows, String... overrides) {
    String[] all = new String[overrides.length + 1];
    all[0] = "data.label=language";
    System.arraycopy(overrides, 0, all, 1, overrides.length);
    var task = Task.all().get("classify");
    var settings = Toy.settings(task, all);
    var learning = Learning.of(settings);
    return learning.trainer((Job) task.prepare(settings, rows, learning.seed()));
  }

  private static List<Double> rates(int epochs, String... overrides) {
    var rates = new ArrayList<Double>();
    trainer(WORDS, overrides)
        .listener(
            new TrainingListener() {
              @Override
              public void stepped(Step step) {
                rates.add(step.learningRate());
              }
            })
        .run(epochs);
    return rates;
  }

  @ParameterizedTest
  @EnumSource
  void everyOptimizerLearns(OptimizerKind kind) {
    double rate =
        switch (kind) {
          case SGD, ADAGRAD -> 0.2;
          case ADADELTA -> 2;
          case ADAM, ADAMW, RMSPROP -> 0.02;
        };
    var result =
        trainer(
                WORDS,
                "training.optimizer=" + kind.name().toLowerCase(Locale.ROOT),
                "training.learning_rate=" + rate,
                "training.momentum=0.5",
                "training.weight_decay=0.001")
            .run(4);
    double first = loss(result.epochs().getFirst());
    double last = loss(result.epochs().getLast());
    assertThat(last).isLessThan(first).isLessThan(Math.log(3));
  }

  private static double loss(TrainingListener.Epoch epoch) {
    return epoch.metrics().getOrDefault("train_loss", Double.NaN);
  }

  /// The rates of the first step of the first and of the second epoch, and of the last step.
  @ParameterizedTest
  @CsvSource({
    "constant, 0.03, 0.03, 0.03",
    "cosine, 0.03, 0.015, 0.000128",
    "step, 0.03, 0.015, 0.015",
    "exponential, 0.03, 0.015, 0.007945",
    "plateau, 0.03, 0.03, 0.03"
  })
  void everyScheduleIsAsItIsNamed(String name, double first, double second, double last) {
    var rates =
        rates(2, "training.schedule=" + name, "training.epochs=2", "training.step_epochs=1");

    assertThat(rates).hasSize(24);
    assertThat(rates.get(0)).isEqualTo(first, within(1e-6));
    assertThat(rates.get(12)).isEqualTo(second, within(1e-6));
    assertThat(rates.get(23)).isEqualTo(last, within(1e-6));
  }

  /// One step over all examples, in one batch or in several that are unlike in how many tokens they
  /// have and what their classes count.
  @ParameterizedTest
  @CsvSource({
    "classify, loss.class_balance=1",
    "classify, loss.label_smoothing=0.1",
    "model-language, loss.label_smoothing=0.1",
    "model-language, data.reading=chunks"
  })
  void batchesThatAreAccumulatedAreAsOneLargeBatch(String task, String more) {
    var rows = unevenWords();
    List<Float> whole = afterOneEpoch(task, rows, more, "training.batch_size=1000");
    List<Float> parts =
        afterOneEpoch(task, rows, more, "training.batch_size=7", "training.accumulate=1000");

    assertThat(parts).hasSameSizeAs(whole).isNotEqualTo(afterOneEpoch(task, rows, more));
    for (int i = 0; i < whole.size(); i++) {
      assertThat(parts.get(i)).isCloseTo(whole.get(i), within(2e-6f));
    }
  }

  /// With many more words of one language than of the others.
  private static DataSet<Row> unevenWords() {
    var train = new ArrayList<>(WORDS.train().toList().subList(0, 40));
    WORDS.train().toList().stream()
        .filter(row -> row.field("language").equals("umu"))
        .forEach(train::add);
    return DataSet.of(train, WORDS.valid().toList(), WORDS.test().toList());
  }

  private static List<Float> afterOneEpoch(String task, DataSet<Row> rows, String... more) {
    var all = new ArrayList<>(List.of(more));
    all.addAll(
        List.of(
            "data.steps=5",
            "model.dropout=0",
            "training.optimizer=sgd",
            "training.clip_norm=0",
            "training.average_last=1",
            "training.learning_rate=0.1"));
    if (task.equals("classify")) {
      all.remove("data.steps=5");
      all.add("data.label=language");
    }
    var kind = Task.all().get(task);
    var settings = Toy.settings(kind, all.toArray(String[]::new));
    var learning = Learning.of(settings);
    var job = (Job) kind.prepare(settings, rows, learning.seed());
    learning.trainer(job).run(1);
    return values(job);
  }

  private static List<Float> values(Job job) {
    var values = new ArrayList<Float>();
    for (var parameter : job.module().parameters().values()) {
      for (float value : parameter.toArray()) {
        values.add(value);
      }
    }
    return values;
  }

  /// A schedule over epochs counts steps, not batches.
  @Test
  void accumulatingTakesFewerSteps() {
    var rates =
        rates(
            2, "training.schedule=cosine", "training.epochs=2", "training.accumulate=5"); // 12 → 3

    assertThat(rates).hasSize(6);
    assertThat(rates.get(3)).isEqualTo(0.015, within(1e-6));
  }

  /// The rate then falls to 0 over those, also where nobody knows how many an epoch has.
  @Test
  void stepsMayBeBounded() {
    var rates =
        rates(2, "training.schedule=cosine", "training.epochs=2", "training.max_steps=8"); // of 24
    assertThat(rates).hasSize(8);
    assertThat(rates.get(4)).isEqualTo(0.015, within(1e-6));

    var streamed =
        trainer(
                Toy.streaming(WORDS),
                "data.stream=true",
                "training.schedule=cosine",
                "training.max_steps=15")
            .run(9);
    assertThat(streamed.epochs()).hasSize(2);
    assertThat(streamed.epochs().getLast().steps()).isEqualTo(15);
  }

  /// The mean of the weights after the last epochs, which is also what is judged.
  @Test
  void theLastEpochsMayBeAveraged() {
    var task = Task.all().get("classify");
    var settings =
        Toy.settings(task, "data.label=language", "training.average_last=2", "training.patience=9");
    var learning = Learning.of(settings);
    var job = (Job) task.prepare(settings, WORDS, learning.seed());
    var after = new ArrayList<List<Float>>();
    learning
        .trainer(job)
        .listener(
            new TrainingListener() {
              @Override
              public void epochEnded(Epoch epoch) {
                after.add(values(job));
              }
            })
        .run(4);

    var mean = values(job);
    for (int i = 0; i < mean.size(); i++) {
      float wanted = (after.get(2).get(i) + after.get(3).get(i)) / 2;
      assertThat(mean.get(i)).isCloseTo(wanted, within(1e-6f));
    }
  }

  @Test
  void aRateIsFoundForEveryTask() {
    for (String task : List.of("classify", "model-language")) {
      var kind = Task.all().get(task);
      var settings = Toy.settings(kind, "data.label=language");
      var learning = Learning.of(settings);
      var job = (Job) kind.prepare(settings, WORDS, learning.seed());
      var before = values(job);

      var found = learning.rateFinder(job).run();

      assertThat(found.suggested().orElseThrow()).isBetween(1e-4, 1.0);
      assertThat(values(job)).isEqualTo(before);
    }
  }

  @Test
  void theRateMayRiseFirst() {
    var rates = rates(1, "training.warm_up=4", "training.schedule=inverse_square_root");
    assertThat(rates.get(0)).isLessThan(rates.get(1));
    assertThat(rates.get(3)).isEqualTo(0.03, within(1e-6));
    assertThat(rates.get(11)).isLessThan(rates.get(4));

    var constant = rates(1, "training.warm_up=4");
    assertThat(constant.get(0)).isLessThan(0.03);
    assertThat(constant.get(11)).isEqualTo(0.03, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void everyScheduleCanBeNamed(ScheduleKind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    assertThat(trainer(WORDS, "training.schedule=" + name).run(1).epochs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cosine", "step", "exponential"})
  void aScheduleOverEpochsMustKnowTheirLength(String name) {
    assertThatThrownBy(
            () -> trainer(Toy.streaming(WORDS), "data.stream=true", "training.schedule=" + name))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "--set: training.schedule: expected constant, inverse_square_root or plateau where the"
                + " number of steps is not known (data.stream, training.batch_tokens), got "
                + name);
    assertThatThrownBy(
            () -> trainer(WORDS, "training.batch_tokens=50", "training.schedule=" + name))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("--set: training.schedule: ");
  }

  @Test
  void theMetricToWatchIsOneOfTheJobs() {
    assertThatThrownBy(() -> trainer(WORDS, "training.watch=acuracy"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: training.watch: expected one of accuracy, macro_recall, macro_precision,"
                + " macro_f1, micro_f1, weighted_f1, matthews, ece, loss, got \"acuracy\"; did you mean \"accuracy\"?");
    assertThat(trainer(WORDS, "training.watch=loss").run(2).bestEpoch()).isEqualTo(2);
    assertThat(trainer(WORDS, "training.watch=").run(1).bestEpoch()).isEqualTo(1);

    var job = Toy.prepare(WORDS, "classify", "data.label=language");
    var none = new Learning(TrainingSettings.standard(), Toy.settings(Task.all().get("classify")));
    assertThat(none.watched(job)).isEqualTo(Metric.high("accuracy"));
  }

  @Test
  void gradientsAreClippedOneWay() {
    assertThatThrownBy(() -> trainer(WORDS, "training.clip_value=1"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: training.clip_value: expected one way of clipping, got clip_norm 5.0 too; set"
                + " one to 0");
    for (String way : List.of("clip_value=1", "clip_value=0")) {
      assertThat(trainer(WORDS, "training.clip_norm=0", "training." + way).run(1).epochs())
          .hasSize(1);
    }
  }

  @Test
  void patienceEndsTraining() {
    var result = trainer(WORDS, "training.patience=1", "training.learning_rate=1e-9").run(30);
    assertThat(result.stoppedEarly()).isTrue();
  }
}
