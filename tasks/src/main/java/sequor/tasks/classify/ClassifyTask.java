package sequor.tasks.classify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.Seed;
import sequor.data.Data;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Nearest;
import sequor.settings.Schema;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.FrameSettings;
import sequor.tasks.Job;
import sequor.tasks.Predictor;
import sequor.tasks.RefitSettings;
import sequor.tasks.Task;
import sequor.tasks.TeacherSettings;
import sequor.tasks.TextConfig;
import sequor.tasks.TrainingSettings;
import sequor.text.Labels;

/// `task: classify`
public record ClassifyTask() implements Task {
  /// What recipes call it.
  public static final String NAME = "classify";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a text, or a sequence of numbers, belongs to one of several classes";
  }

  @Override
  public Schema schema() {
    return Schema.of("data", ClassifierConfig.dataSection())
        .and("tokens", TextConfig.tokensSection())
        .and("model", ClassifierConfig.modelSection())
        .and("loss", Section.of(LossSettings.class).and(TeacherSettings.class))
        .and("training", TrainingSettings.section("accuracy").and(RefitSettings.class))
        .and("floor", floorSection())
        .moved("training.class_balance", "loss.class_balance")
        .moved("training.label_smoothing", "loss.label_smoothing")
        .moved("model.naive_bayes", "model.ngrams", Map.of("true", "naive_bayes", "false", "none"));
  }

  private static Section floorSection() {
    return Section.none()
        .choosing(
            "method", "naive_bayes", "the simple method beside the model", ClassifierFloor.all());
  }

  @Override
  public List<String> columns(Settings data) {
    return FrameSettings.asks(data)
        ? List.of("sequence", "step", "label")
        : List.of("text", "pair", "label");
  }

  @Override
  public boolean readsEveryColumn(Settings data) {
    return FrameSettings.asks(data);
  }

  @Override
  public Optional<String> stratified() {
    return Optional.of("label");
  }

  @Override
  public Job prepare(Settings settings, DataSet<Row> rows, Seed seed) {
    if (FrameSettings.asks(settings.section("data"))) {
      return FrameJob.of(settings, rows, seed);
    }
    var config = ClassifierConfig.of(settings);
    var data = settings.section("data");
    var examples = rows.map(row -> example(row, config, data));
    boolean streams = data.as(DataSettings.class).stream();
    var held = streams ? examples : examples.inMemory();
    var floor = settings.section("floor");
    var loss = settings.section("loss");
    var teacher = Teacher.of(loss);
    if (streams && teacher.isPresent()) {
      throw loss.wrong(
          "teacher", "expected none where data.stream is true, got one; set data.stream to false");
    }
    var plan =
        new ClassifyJob.Plan(
            loss.as(LossSettings.class),
            teacher,
            settings.section("training").as(TrainingSettings.class),
            ClassifierFloor.all().get(floor.text("method")),
            floor,
            streams,
            RefitSettings.asked(settings, streams));
    var labels = labels(held.train().map(Example::label), data);
    var begun = config.text().begun(settings, held.train().map(Example::text), seed);
    return new ClassifyJob(
        new ClassifierConfig(begun.config(), config.more()),
        plan,
        begun.tokenizer(),
        labels,
        begun.vectors(),
        held,
        seed);
  }

  private static Example example(Row row, ClassifierConfig config, Settings data) {
    return new Example(
        config.text().text(row), config.text().pairs(), Data.filled(data, row, "label"));
  }

  /// @param train the labels of the training examples
  static Labels labels(Source<String> train, Settings data) {
    var labels = labels(train);
    if (labels.size() < 2) {
      throw data.wrong(
          "label",
          "expected two labels or more, got only '%s'; is it the column you mean?",
          labels.name(0));
    }
    var positive = data.text("positive");
    if (!positive.isEmpty() && !labels.contains(positive)) {
      throw data.wrong("positive", "%s", Nearest.unknown("label", positive, labels.names()));
    }
    return labels;
  }

  /// The different ones among the labels of the training examples.
  static Labels labels(Source<String> train) {
    var labels = Labels.of(train.iterable());
    if (labels.size() == 0) {
      throw new DataException("classify: expected examples to learn from, got none; give some");
    }
    return labels;
  }

  @Override
  public Predictor<?, ?> load(ModelDirectory directory, Settings settings) {
    return FrameSettings.asks(settings.section("data"))
        ? FrameClassifier.load(directory, settings)
        : Classifier.load(directory, settings);
  }
}
