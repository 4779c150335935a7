package sequor.tasks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
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

  /// Texts that are judged, encoded once.
  private record Judged(List<String> texts, List<String> labels, List<Item> items) {}

  private final Generator generator;
  private final Plan plan;
  private final Source<Example> train;
  private final Judged valid;
  private final Judged test;
  private final Epochs epochs;
  private final CrossEntropyLoss loss;
  private long trained; // texts
  private long cut; // of all
  private long left; // texts with a label that no training text has

  LanguageJob(
      LanguageConfig config,
      Plan plan,
      Generator.Parts parts,
      DataSet<Example> examples,
      Seed seed) {
    this.plan = plan;
    this.generator = new Generator(config, parts, seed);
    this.train = examples.train();
    this.valid = judged(examples.valid());
    this.test = judged(examples.test());
    this.epochs =
        plan.streams
            ? Epochs.streaming(train.map(this::item), plan.training)
            : Epochs.of(counted(), plan.training);
    this.loss =
        new CrossEntropyLoss()
            .withIgnoreIndex(Item.IGNORED)
            .withLabelSmoothing(plan.loss.labelSmoothing());
  }

  private List<Item> counted() {
    var items = new ArrayList<Item>();
    for (var example : train.toList()) {
      cut += generator.texts().isCut(example.text()) ? 1 : 0;
      items.add(item(example));
    }
    trained = items.size();
    return items;
  }

  private Item item(Example example) {
    return generator.item(example.text(), example.label());
  }

  private Judged judged(Source<Example> examples) {
    var judged = new Judged(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var example : examples.toList()) {
      if (!generator.knows(example.label())) {
        left++;
        continue;
      }
      cut += generator.texts().isCut(example.text()) ? 1 : 0;
      judged.texts.add(example.text());
      judged.labels.add(example.label());
      judged.items.add(item(example));
    }
    return judged;
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
    generator.scoring().forEach(valid.items, tally::add);
    valid.texts.forEach(text -> tally.addCharacters(generator.texts().characters(text)));
    return tally.metrics();
  }

  @Override
  public List<Metric> metrics() {
    return Tally.kinds();
  }

  @Override
  public Evaluation test() {
    return generator.evaluate(test.texts, test.labels, test.items);
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
    for (var text : test.texts) {
      int[] ids = generator.texts().said(text);
      for (int i = 0; i < ids.length; i++) {
        int[] history = Arrays.copyOfRange(ids, Math.max(0, i - plan.floorOrder), i);
        double surprise = -Math.log(model.probability(history, ids[i]));
        tally.add(surprise, i == ids.length - 1, false);
      }
      tally.addCharacters(generator.texts().characters(text));
    }
    String of = tokens >= MOST_FOR_FLOOR ? ", of the first %,d tokens".formatted(tokens) : "";
    return new Floor(model + of, tally.surprise());
  }

  @Override
  public Sizes sizes() {
    return new Sizes(plan.streams ? -1 : trained, valid.texts.size(), test.texts.size());
  }

  @Override
  public Generator predictor() {
    return generator;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    if (cut > 0) {
      notices.add(
          "%,d of %,d texts are longer than tokens.max_length %,d and are cut"
              .formatted(
                  cut,
                  trained + valid.texts.size() + test.texts.size(),
                  generator.texts().settings().maxLength()));
    }
    if (left > 0) {
      notices.add(
          "%,d texts to validate and test have a label that no training text has, and are left out"
              .formatted(left));
    }
    return notices;
  }
}
