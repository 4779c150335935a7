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
import sequor.models.Ensemble;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Job;
import sequor.tasks.Metric;
import sequor.tasks.Pretrained;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.train.Feed;

/// Learning what comes next in texts.
final class LanguageJob implements Job {
  /// A floor counts no more tokens than so many.
  private static final long MOST_FOR_FLOOR = 20_000_000;

  /// Of a stream, which is not in memory, fewer: their n-grams take half a gigabyte.
  private static final long MOST_OF_STREAM = 2_000_000;

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
  private final Judged valid;
  private final Judged test;
  private final Course course;
  private final CrossEntropyLoss loss;
  private final Optional<Pretrained> vectors;

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
    this.course = Course.of(generator, train, plan, vectors);
    this.loss =
        new CrossEntropyLoss()
            .withIgnoreIndex(Item.IGNORED)
            .withLabelSmoothing(plan.loss.labelSmoothing());
  }

  @Override
  public NnModule module() {
    return generator.network();
  }

  @Override
  public Feed<Batch> batches(int epoch, RandomGenerator random) {
    return course.batches(random);
  }

  @Override
  public OptionalLong batchesPerEpoch() {
    return course.batchesPerEpoch();
  }

  @Override
  public Optional<Pads> pads() {
    return course.pads();
  }

  /// How many tokens are to be said.
  @Override
  public double weight(Batch batch) {
    return Arrays.stream(batch.ids(NextTokens.NEXT).ids()).filter(id -> id != Item.IGNORED).count();
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

  /// Of a window that goes on where the one before it stopped, for each member of an ensemble.
  @Override
  public Carried loss(Batch batch, List<Tensor> state) {
    if (!course.carries()) {
      return new Carried(loss(batch), List.of());
    }
    var ids = Columns.ids(batch, NextTokens.TEXT); // (B,T)
    var spans = Columns.spans(batch, NextTokens.TEXT);
    var targets = Columns.ids(batch, NextTokens.NEXT); // (B,T)
    var members = generator.members().all();
    int each = state.size() / members.size();
    var losses = new ArrayList<Tensor>();
    var next = new ArrayList<Tensor>();
    for (int m = 0; m < members.size(); m++) {
      var before = state.subList(m * each, (m + 1) * each);
      var stretch = members.get(m).stretch(ids, before, spans);
      losses.add(loss.of(stretch.hidden(), members.get(m).head(), targets));
      next.addAll(stretch.state());
    }
    return new Carried(Ensemble.mean(losses), next);
  }

  @Override
  public Map<String, Double> evaluate() {
    var tally = new Tally();
    valid.score(generator.scoring(), tally::add);
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
    long most = plan.streams ? MOST_OF_STREAM : MOST_FOR_FLOOR;
    var known = course.said(most);
    long tokens = known.stream().mapToLong(said -> said.length).sum();
    var vocabulary = generator.tokenizer().vocabulary();
    var model = KneserNey.train(plan.floorOrder, vocabulary.size(), known);
    var tally = new Tally();
    for (int[] ids : test.said()) {
      for (int i = 0; i < ids.length; i++) {
        int[] history = Arrays.copyOfRange(ids, Math.max(0, i - plan.floorOrder), i);
        double surprise = -Math.log(model.probability(history, ids[i]));
        tally.add(surprise, ids[i] == vocabulary.eos(), false);
      }
    }
    tally.addCharacters(test.characters());
    String of = tokens >= most ? ", of the first %,d tokens".formatted(tokens) : "";
    return new Floor(model + of, tally.surprise());
  }

  @Override
  public Sizes sizes() {
    return new Sizes(course.size(), valid.size(), test.size());
  }

  @Override
  public Generator predictor() {
    return generator;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    var tokens = generator.texts().settings();
    long all = Math.max(0, course.size()) + valid.size() + test.size();
    tokens.cutNotice(course.cut() + valid.cut() + test.cut(), all).ifPresent(notices::add);
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
