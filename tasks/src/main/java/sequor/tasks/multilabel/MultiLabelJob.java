package sequor.tasks.multilabel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.nn.Losses;
import sequor.nn.NnModule;
import sequor.nn.Reduction;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.EpochsJob;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Metric;
import sequor.tasks.Pretrained;
import sequor.tasks.TextConfig;
import sequor.tasks.TextReader;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Labels;

/// Learning to say which labels a text has: a binary cross-entropy for each of them.
final class MultiLabelJob implements EpochsJob {
  private static final String TARGET = "target";

  private final MultiLabelConfig config;
  private MultiLabeler labeler; // another one when its thresholds are fitted
  private final MultiLabeler.Judged valid;
  private final MultiLabeler.Judged test;
  private final Epochs epochs;
  private final Optional<Pretrained> vectors;
  private final long[] counts; // of each label in the training split
  private long trained; // examples
  private int cut; // of what is in memory
  private Optional<boolean[][]> floor = Optional.empty(); // what it says of the test split

  /// @param streams whether the training texts are read anew each epoch
  MultiLabelJob(
      MultiLabelConfig.More more,
      TrainingSettings training,
      boolean streams,
      TextConfig.Begun begun,
      DataSet<Example> examples,
      Seed seed) {
    this.config = new MultiLabelConfig(begun.config(), more);
    this.vectors = begun.vectors();
    var train = examples.train();
    var names = new TreeSet<String>();
    train.forEach(example -> names.addAll(example.labels()));
    var labels = Labels.of(names);
    if (labels.size() == 0) {
      throw new DataException(
          "multilabel: expected examples with labels to learn from, got none; give some");
    }
    this.counts = new long[labels.size()];
    train.forEach(
        example -> {
          trained++;
          example.labels().forEach(label -> counts[labels.id(label)]++);
        });
    this.labeler = new MultiLabeler(config, begun.tokenizer(), begun.tokenVectors(), labels, seed);
    this.valid = labeler.judged(examples.valid());
    this.test = labeler.judged(examples.test());
    this.epochs =
        streams
            ? Epochs.streaming(
                train.map(each -> item(each, labeler.reader().read(each.text()))), training)
            : Epochs.of(items(train), training);
  }

  private List<Item> items(Source<Example> examples) {
    var read = labeler.reader().items(examples.iterable(), Example::text, this::learned);
    cut = read.cut();
    return read.items();
  }

  private Item learned(Example example, TextReader.Read read) {
    vectors.ifPresent(known -> known.count(read.encoding().ids()));
    return item(example, read);
  }

  private Item item(Example example, TextReader.Read read) {
    float[] targets = new float[counts.length];
    example.labels().forEach(label -> targets[labeler.labels().id(label)] = 1);
    return labeler.reader().item(read).vector(TARGET, targets);
  }

  @Override
  public NnModule module() {
    return labeler.network();
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Tensor loss(Batch batch) {
    var inputs = Columns.inputs(batch);
    var targets = Columns.numbers(batch, TARGET); // (B,L)
    return labeler
        .members()
        .mean(member -> Losses.bceWithLogits(member.forward(inputs), targets, Reduction.MEAN));
  }

  @Override
  public Map<String, Double> evaluate() {
    return labeler.metrics(valid);
  }

  @Override
  public List<Metric> metrics() {
    return Judgement.kinds();
  }

  @Override
  public void finish() {
    if (config.more().threshold() == MultiLabelConfig.Threshold.FITTED) {
      labeler = labeler.fitted(valid);
    }
  }

  @Override
  public Evaluation test() {
    return labeler.evaluate(test, floor);
  }

  /// The labels that more than half of the training texts have, whatever the text.
  @Override
  public Floor floor() {
    boolean[] usual = new boolean[test.all().size()];
    for (int l = 0; l < counts.length; l++) {
      usual[l] = 2 * counts[l] > trained;
    }
    boolean[][] said = new boolean[test.gold().length][];
    Arrays.fill(said, usual);
    floor = Optional.of(said);
    var names = new ArrayList<String>();
    for (int l = 0; l < counts.length; l++) {
      if (usual[l]) {
        names.add(labeler.labels().name(l));
      }
    }
    return new Floor(
        "always what more than half have: " + (names.isEmpty() ? "none" : String.join(", ", names)),
        new LinkedHashMap<>(new Judgement(test.all(), test.gold(), said).metrics()));
  }

  @Override
  public Sizes sizes() {
    return new Sizes(trained, valid.gold().length, test.gold().length);
  }

  @Override
  public MultiLabeler predictor() {
    return labeler;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    long all = trained + valid.gold().length + test.gold().length;
    config.text().tokens().cutNotice(cut + valid.cut() + test.cut(), all).ifPresent(notices::add);
    notices.addAll(labeler.reader().tokenizer().notices());
    notices.addAll(config.text().notices());
    vectors.map(Pretrained::notices).ifPresent(notices::addAll);
    notices.addAll(labeler.labels().notices());
    valid.unlearned("the validation split").ifPresent(notices::add);
    test.unlearned("the test split").ifPresent(notices::add);
    return notices;
  }
}
