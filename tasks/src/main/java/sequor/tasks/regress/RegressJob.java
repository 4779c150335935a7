package sequor.tasks.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.nn.NnModule;
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

/// Learning to say which number a text has.
final class RegressJob implements EpochsJob {
  private static final String TARGET = "target";

  private final RegressorConfig config;
  private final Regressor regressor;
  private final Regressor.Judged valid;
  private final Regressor.Judged test;
  private final Epochs epochs;
  private final double[] learned; // the numbers of the training split
  private final Optional<Pretrained> vectors;
  private int cut; // of what is in memory
  private Optional<double[]> floor = Optional.empty(); // what it says of the test split

  /// @param streams whether the training texts are read anew each epoch
  RegressJob(
      RegressorConfig.More more,
      TrainingSettings training,
      boolean streams,
      TextConfig.Begun begun,
      DataSet<Example> examples,
      Seed seed) {
    this.config = new RegressorConfig(begun.config(), more);
    this.vectors = begun.vectors();
    var train = examples.train();
    var numbers = DoubleStream.builder();
    train.forEach(example -> numbers.add(example.value()));
    this.learned = numbers.build().toArray();
    if (learned.length == 0) {
      throw new DataException("regress: expected examples to learn from, got none; give some");
    }
    var scale = more.target().scale(learned);
    this.regressor = new Regressor(config, begun.tokenizer(), begun.tokenVectors(), scale, seed);
    this.valid = regressor.judged(examples.valid());
    this.test = regressor.judged(examples.test());
    this.epochs =
        streams
            ? Epochs.streaming(
                train.map(each -> item(each, regressor.reader().read(each.text()))), training)
            : Epochs.of(items(train), training);
  }

  private List<Item> items(Source<Example> examples) {
    var read = regressor.reader().items(examples.iterable(), Example::text, this::learned);
    cut = read.cut();
    return read.items();
  }

  private Item learned(Example example, TextReader.Read read) {
    vectors.ifPresent(known -> known.count(read.encoding().ids()));
    return item(example, read);
  }

  private Item item(Example example, TextReader.Read read) {
    return regressor.reader().item(read).vector(TARGET, regressor.scale().target(example.value()));
  }

  @Override
  public NnModule module() {
    return regressor.network();
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Tensor loss(Batch batch) {
    var inputs = Columns.inputs(batch);
    var targets = Columns.numbers(batch, TARGET); // (B,S)
    var scale = regressor.scale();
    return regressor.members().mean(member -> scale.loss(member.forward(inputs), targets));
  }

  @Override
  public Map<String, Double> evaluate() {
    return regressor.errors(valid).metricsWithLoss();
  }

  @Override
  public List<Metric> metrics() {
    return Errors.kinds(regressor.scale());
  }

  @Override
  public Evaluation test() {
    return regressor.evaluate(test, floor);
  }

  /// The best that can be said whatever the text.
  @Override
  public Floor floor() {
    double[] said = new double[test.gold().length];
    Arrays.fill(said, regressor.scale().constant());
    floor = Optional.of(said);
    return new Floor(
        regressor.scale().constantly(),
        new Errors(test.gold(), said, regressor.scale(), 0).metrics());
  }

  @Override
  public Sizes sizes() {
    return new Sizes(learned.length, valid.gold().length, test.gold().length);
  }

  @Override
  public Regressor predictor() {
    return regressor;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    long all = (long) learned.length + valid.gold().length + test.gold().length;
    config.text().tokens().cutNotice(cut + valid.cut() + test.cut(), all).ifPresent(notices::add);
    notices.addAll(regressor.reader().tokenizer().notices());
    notices.addAll(config.text().notices());
    vectors.map(Pretrained::notices).ifPresent(notices::addAll);
    if (Arrays.stream(learned).distinct().count() == 1) {
      notices.add("all training examples have the number " + learned[0]);
    }
    return notices;
  }
}
