package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.EpochsJob;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.FrameReader;
import sequor.tasks.FrameSettings;
import sequor.tasks.Frames;
import sequor.tasks.GaussianBayes;
import sequor.tasks.Metric;
import sequor.tasks.RefitSettings;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Labels;

/// Learning to say which label a sequence of vectors has.
final class FrameJob implements EpochsJob {
  private static final String LABEL = "label";

  private final Settings settings;
  private FrameClassifier classifier; // at another temperature when it has learned
  private final DataSet<FrameExample> examples; // in memory
  private final Epochs epochs;
  private final CrossEntropyLoss loss;
  private final float[] balance; // what an example of each class counts
  private Optional<int[]> floor = Optional.empty(); // what it says of the test split

  FrameJob(
      Settings settings,
      FrameReader reader,
      Labels labels,
      DataSet<FrameExample> examples,
      Seed seed) {
    this.settings = settings;
    this.examples = examples;
    this.classifier = new FrameClassifier(settings, reader, labels, seed);
    int[] counts = new int[labels.size()];
    var items = new ArrayList<Item>();
    examples
        .train()
        .forEach(
            example -> {
              int label = labels.id(example.label());
              counts[label]++;
              items.add(classifier.item(example.frames()).id(LABEL, label));
            });
    var training = settings.section("training").as(TrainingSettings.class);
    this.epochs = Epochs.of(items, training);
    var counting = settings.section("loss").as(LossSettings.class);
    var weights = ClassBalance.weights(counts, counting.classBalance()); // (C)
    this.balance = weights.toArray();
    this.loss =
        new CrossEntropyLoss().withWeights(weights).withLabelSmoothing(counting.labelSmoothing());
  }

  /// The job of a table's sequences.
  ///
  /// @throws sequor.settings.SettingsException if the settings are of a model that reads texts
  static FrameJob of(Settings settings, DataSet<Row> rows, Seed seed) {
    requireSense(settings);
    var data = settings.section("data");
    var begun = FrameReader.of(settings, rows.train(), List.of(data.text("label")));
    var examples = rows.map(row -> FrameClassifier.example(row, data, begun)).inMemory();
    var labels = ClassifyTask.labels(examples.train().map(FrameExample::label), data);
    return new FrameJob(settings, learned(begun, examples), labels, examples, seed);
  }

  static FrameReader learned(FrameReader begun, DataSet<FrameExample> examples) {
    return begun.learned(examples.train().map(FrameExample::frames).iterable());
  }

  private static void requireSense(Settings settings) {
    var data = settings.section("data");
    var model = settings.section("model");
    var loss = settings.section("loss");
    var floor = settings.section("floor");
    var more = model.as(ClassifierConfig.More.class);
    FrameSettings.require(data, "pair", data.text("pair").isEmpty(), "none");
    FrameSettings.require(data, "stream", !data.as(DataSettings.class).stream(), "false");
    FrameSettings.require(model, "ngrams", more.ngrams() == ClassifierConfig.Speaking.NONE, "none");
    FrameSettings.require(model, "vectors", model.text("vectors").isEmpty(), "none");
    FrameSettings.require(loss, "teacher", loss.text("teacher").isEmpty(), "none");
    FrameSettings.require(
        floor, "method", floor.text("method").equals("naive_bayes"), "naive_bayes");
    RefitSettings.refuse(settings);
  }

  @Override
  public NnModule module() {
    return classifier.network();
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Optional<Pads> pads() {
    return epochs.pads();
  }

  /// What the examples of the batch count together.
  @Override
  public double weight(Batch batch) {
    return Arrays.stream(batch.ids(LABEL).ids()).mapToDouble(label -> balance[label]).sum();
  }

  @Override
  public Tensor loss(Batch batch) {
    var inputs = Columns.inputs(batch);
    var targets = Columns.ids(batch, LABEL); // (B)
    return classifier.members().mean(member -> loss.of(member.forward(inputs), targets));
  }

  @Override
  public Map<String, Double> evaluate() {
    var valid = examples.valid().toList();
    var gold = gold(valid);
    var judgement = classifier.judgement(gold);
    double[][] rows = classifier.uncalibrated(frames(valid));
    for (int i = 0; i < rows.length; i++) {
      judgement.add(gold.get(i), rows[i]);
    }
    return judgement.metricsWithLoss();
  }

  private static List<String> gold(List<FrameExample> examples) {
    return examples.stream().map(FrameExample::label).toList();
  }

  private static List<Frames> frames(List<FrameExample> examples) {
    return examples.stream().map(FrameExample::frames).toList();
  }

  @Override
  public List<Metric> metrics() {
    return Judgement.kinds(FrameClassifier.positive(settings));
  }

  @Override
  public Evaluation test() {
    return classifier.evaluate(examples.test().toList(), floor);
  }

  @Override
  public Floor floor() {
    var labels = classifier.labels();
    var train = examples.train().toList();
    var simple =
        GaussianBayes.train(
            train.stream().map(this::features).toList(),
            train.stream().map(example -> labels.id(example.label())).toList(),
            labels.size());
    var test = examples.test().toList();
    var judgement = classifier.judgement(gold(test));
    test.forEach(example -> judgement.add(example.label(), simple.predict(features(example))));
    floor = Optional.of(judgement.said());
    return new Floor("naive Bayes over what each column does", judgement.metrics());
  }

  private double[] features(FrameExample example) {
    return GaussianBayes.features(classifier.reader().scaled(example.frames()));
  }

  @Override
  public void finish() {
    var more = settings.section("model").as(ClassifierConfig.More.class);
    if (more.calibration() == ClassifierConfig.Calibrating.TEMPERATURE) {
      var valid = examples.valid().toList();
      double[][] rows = classifier.uncalibrated(frames(valid));
      classifier = classifier.with(Temperature.fitted(rows, gold(valid), classifier.labels()));
    }
  }

  @Override
  public Sizes sizes() {
    return new Sizes(
        examples.train().toList().size(),
        examples.valid().toList().size(),
        examples.test().toList().size());
  }

  @Override
  public FrameClassifier predictor() {
    return classifier;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    var all = new ArrayList<FrameExample>(examples.train().toList());
    all.addAll(examples.valid().toList());
    all.addAll(examples.test().toList());
    long cut = all.stream().filter(each -> classifier.reader().cuts(each.frames())).count();
    if (cut > 0) {
      notices.add(
          "%,d of %,d sequences have more than tokens.max_length %,d steps and are cut"
              .formatted(cut, all.size(), classifier.reader().most()));
    }
    var labels = classifier.labels();
    Judgement.unlearned("the validation split", labels, gold(examples.valid().toList()))
        .ifPresent(notices::add);
    Judgement.unlearned("the test split", labels, gold(examples.test().toList()))
        .ifPresent(notices::add);
    return notices;
  }
}
