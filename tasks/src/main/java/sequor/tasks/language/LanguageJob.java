package sequor.tasks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Job;
import sequor.tasks.Metric;
import sequor.tasks.Pretrained;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Encoding;
import sequor.text.Item;
import sequor.train.Feed;

/// Learning what comes next in texts.
final class LanguageJob implements Job {
  /// A floor counts no more tokens than so many; a stream may have any number.
  private static final long MOST_FOR_FLOOR = 20_000_000;

  /// A text and what it is conditioned on.
  record Example(String text, String label) {}

  /// How it learns.
  ///
  /// @param floorOrder of the n-gram model beside it
  /// @param streams whether the training texts are read anew each epoch
  record Plan(
      LanguageConfig.LossSettings loss,
      TrainingSettings training,
      int floorOrder,
      boolean streams) {}

  private final Generator generator;
  private final Plan plan;
  private final Source<Example> train;
  private final Generator.Judged valid;
  private final Generator.Judged test;
  private final Epochs epochs;
  private final CrossEntropyLoss loss;
  private final Optional<Pretrained> vectors;
  private long trained; // texts
  private long cut; // of them

  LanguageJob(
      LanguageConfig config,
      Plan plan,
      Generator.Parts parts,
      Optional<Pretrained> vectors,
      DataSet<Example> examples,
      Seed seed) {
    this.plan = plan;
    this.vectors = vectors;
    this.generator = new Generator(config, parts, vectors.map(Pretrained::vectors), seed);
    this.train = examples.train();
    this.valid = generator.judged(examples.valid());
    this.test = generator.judged(examples.test());
    this.epochs =
        plan.streams
            ? Epochs.streaming(train.map(example -> item(example, encoded(example))), plan.training)
            : Epochs.of(counted(), plan.training);
    this.loss =
        new CrossEntropyLoss()
            .withIgnoreIndex(Item.IGNORED)
            .withLabelSmoothing(plan.loss.labelSmoothing());
  }

  private List<Item> counted() {
    var items = new ArrayList<Item>();
    for (var example : train.toList()) {
      var whole = encoded(example);
      cut += generator.texts().isCut(whole) ? 1 : 0;
      vectors.ifPresent(known -> known.count(whole.ids()));
      items.add(item(example, whole));
    }
    trained = items.size();
    return items;
  }

  private Encoding encoded(Example example) {
    return generator.tokenizer().encode(example.text());
  }

  private Item item(Example example, Encoding whole) {
    return generator.item(whole, example.label());
  }

  @Override
  public NnModule module() {
    return generator.network();
  }

  @Override
  public Feed<Batch> batches(int epoch, RandomGenerator random) {
    return epochs.next(random);
  }

  @Override
  public OptionalLong batchesPerEpoch() {
    return epochs.count();
  }

  @Override
  public Tensor loss(Batch batch) {
    var ids = Columns.ids(batch, NextTokens.TEXT); // (B,T)
    var spans = Columns.spans(batch, NextTokens.TEXT);
    var labels = Columns.ids(batch, NextTokens.LABEL); // (B)
    var targets = Columns.ids(batch, NextTokens.NEXT); // (B,T)
    return generator
        .members()
        .mean(member -> loss.of(member.hidden(ids, labels, spans), member.head(), targets));
  }

  @Override
  public Map<String, Double> evaluate() {
    var tally = new Tally();
    generator.scoring().forEach(valid.items(), tally::add);
    tally.addCharacters(valid.characters());
    return tally.metrics();
  }

  @Override
  public List<Metric> metrics() {
    return Tally.kinds();
  }

  @Override
  public Evaluation test() {
    return generator.evaluate(test);
  }

  /// An n-gram model with Kneser-Ney smoothing; it knows no labels.
  @Override
  public Floor floor() {
    var known = new ArrayList<int[]>();
    long tokens = 0;
    try (var cursor = train.open()) {
      while (cursor.hasNext() && tokens < MOST_FOR_FLOOR) {
        known.add(generator.texts().said(cursor.next().text()));
        tokens += known.getLast().length;
      }
    }
    var model = KneserNey.train(plan.floorOrder, generator.tokenizer().vocabulary().size(), known);
    var tally = new Tally();
    for (var text : test.texts()) {
      int[] ids = generator.texts().said(text);
      for (int i = 0; i < ids.length; i++) {
        int[] history = Arrays.copyOfRange(ids, Math.max(0, i - plan.floorOrder), i);
        double surprise = -Math.log(model.probability(history, ids[i]));
        tally.add(surprise, i == ids.length - 1, false);
      }
    }
    tally.addCharacters(test.characters());
    String of = tokens >= MOST_FOR_FLOOR ? ", of the first %,d tokens".formatted(tokens) : "";
    return new Floor(model + of, tally.surprise());
  }

  @Override
  public Sizes sizes() {
    return new Sizes(plan.streams ? -1 : trained, valid.texts().size(), test.texts().size());
  }

  @Override
  public Generator predictor() {
    return generator;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    var tokens = generator.texts().settings();
    long all = trained + valid.texts().size() + test.texts().size();
    tokens.cutNotice(cut + valid.cut() + test.cut(), all).ifPresent(notices::add);
    notices.addAll(generator.texts().tokenizer().notices());
    vectors.map(Pretrained::notices).ifPresent(notices::addAll);
    long left = valid.left() + test.left();
    if (left > 0) {
      notices.add(
          "%,d texts to validate and test have a label that no training text has, and are left out"
              .formatted(left));
    }
    return notices;
  }
}
