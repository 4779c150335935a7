package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sequor.InOrder;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.EpochsJob;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Job;
import sequor.tasks.Metric;
import sequor.tasks.Predictor;
import sequor.tasks.Pretrained;
import sequor.tasks.TextReader;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.Tokenizer;

/// Learning to say which label a text has.
final class ClassifyJob implements EpochsJob {
  /// A floor learns from no more examples than so many.
  private static final int MOST_FOR_FLOOR = 200_000;

  private static final String LABEL = "label";

  /// The column of what a teacher says (B,C).
  private static final String TAUGHT = "taught";

  /// How it learns.
  ///
  /// @param teacher whom it learns from beside the labels
  /// @param floor the simple method beside it
  /// @param floorSettings the keys of that method
  /// @param streams whether the training texts are read anew each epoch
  /// @param refits whether it learns once more, from the validation texts too
  record Plan(
      LossSettings loss,
      Optional<Teacher> teacher,
      TrainingSettings training,
      ClassifierFloor floor,
      Settings floorSettings,
      boolean streams,
      boolean refits) {}

  /// Tokenizers that cut between the letters of a word.
  private static final Set<String> OF_CHARACTERS = Set.of("characters", "jamo");

  private final ClassifierConfig config;
  private Classifier classifier; // another one when it has learned, if n-grams speak along
  private final Plan plan;
  private final Seed seed;
  private final DataSet<Example> examples;
  private final Optional<Chosen> chosen; // by the validation split, if that is learned from too
  private final Source<Example> train;
  private final Judged valid;
  private final Judged test;
  private final Epochs epochs;
  private final CrossEntropyLoss loss;
  private final Optional<Pretrained> vectors;
  private final List<float[]> taught; // what a teacher says of each example; empty without one
  private final float[] balance; // what an example of each class counts
  private long trained; // examples
  private int cut; // of them
  private Optional<NGramModel> ngrams = Optional.empty();
  private Optional<NGramModel> floorNGrams = Optional.empty();
  private Optional<int[]> floor = Optional.empty(); // what it says of the test split

  ClassifyJob(
      ClassifierConfig config,
      Plan plan,
      Tokenizer tokenizer,
      Labels labels,
      Optional<Pretrained> vectors,
      DataSet<Example> examples,
      Seed seed) {
    this(config, plan, tokenizer, labels, vectors, examples, seed, Optional.empty());
  }

  private ClassifyJob(
      ClassifierConfig config,
      Plan plan,
      Tokenizer tokenizer,
      Labels labels,
      Optional<Pretrained> vectors,
      DataSet<Example> examples,
      Seed seed,
      Optional<Chosen> chosen) {
    this.config = config;
    this.plan = plan;
    this.vectors = vectors;
    this.examples = examples;
    this.seed = seed;
    this.chosen = chosen;
    this.classifier =
        new Classifier(config, tokenizer, labels, vectors.map(Pretrained::vectors), seed);
    this.train = examples.train();
    this.valid = classifier.judged(examples.valid());
    this.test = classifier.judged(examples.test());
    this.taught =
        plan.teacher
            .map(teacher -> teacher.say(train.map(Example::text).toList(), labels))
            .orElse(List.of());
    int[] counts = new int[labels.size()];
    this.epochs = plan.streams ? streamed(counts) : inMemory(counts);
    var weights = ClassBalance.weights(counts, plan.loss.classBalance()); // (C)
    this.balance = weights.toArray();
    this.loss =
        new CrossEntropyLoss().withWeights(weights).withLabelSmoothing(plan.loss.labelSmoothing());
  }

  private Epochs inMemory(int[] counts) {
    var read =
        classifier
            .reader()
            .items(
                train.iterable(), Example::text, (example, each) -> counted(example, each, counts));
    cut = read.cut();
    return Epochs.of(read.items(), plan.training);
  }

  private Epochs streamed(int[] counts) {
    train.forEach(
        example -> {
          counts[classifier.labels().id(example.label())]++;
          trained++;
        });
    return Epochs.streaming(
        train.map(example -> item(example, classifier.reader().read(example.text()))),
        plan.training);
  }

  private Item counted(Example example, TextReader.Read read, int[] counts) {
    counts[classifier.labels().id(example.label())]++;
    trained++;
    vectors.ifPresent(known -> known.count(read.encoding().ids()));
    var item = item(example, read);
    return taught.isEmpty() ? item : item.vector(TAUGHT, taught.get((int) trained - 1));
  }

  private Item item(Example example, TextReader.Read read) {
    return classifier.reader().item(read).id(LABEL, classifier.labels().id(example.label()));
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
    return classifier
        .members()
        .mean(
            member -> {
              var logits = member.forward(inputs); // (B,C)
              var ofLabels = loss.of(logits, targets);
              return plan.teacher
                  .map(each -> each.loss(ofLabels, logits, Columns.numbers(batch, TAUGHT)))
                  .orElse(ofLabels);
            });
  }

  @Override
  public Map<String, Double> evaluate() {
    if (chosen.isPresent()) {
      return Map.of();
    }
    var judgement = new Judgement(classifier.labels(), valid.gold(), config.positive());
    for (var piece : valid.pieces(classifier.labels().size())) {
      double[][] rows = classifier.ofNetwork(piece.items());
      for (int i = 0; i < rows.length; i++) {
        judgement.add(piece.gold().get(i), rows[i]);
      }
    }
    return judgement.metricsWithLoss();
  }

  @Override
  public List<Metric> metrics() {
    return Judgement.kinds(config.positive());
  }

  @Override
  public Evaluation test() {
    return classifier.evaluate(test, floor);
  }

  @Override
  public Floor floor() {
    if (chosen.flatMap(Chosen::floor).isPresent()) {
      floor = chosen.get().said();
      return chosen.get().floor().get();
    }
    var simple = learned();
    var judgement = new Judgement(classifier.labels(), test.gold(), config.positive());
    var gold = test.gold().iterator();
    InOrder.forEach(
        test.texts(),
        String::length,
        text -> simple.guess().of(classifier.reader().part(text)),
        guessed -> judgement.add(gold.next(), guessed));
    floor = Optional.of(judgement.said());
    String of = trained > MOST_FOR_FLOOR ? ", of %,d examples".formatted(MOST_FOR_FLOOR) : "";
    return new Floor(simple.method() + of, judgement.metrics());
  }

  private ClassifierFloor.Trained learned() {
    if (floorSpeaks()) {
      return trained(ngrams());
    }
    if (plan.floor instanceof StrongFloor) {
      var model = learnedNGrams(ClassifierConfig.Speaking.STRONG);
      floorNGrams = Optional.of(model);
      return trained(model);
    }
    return plan.floor.train(
        plan.floorSettings,
        labelled(some()),
        labelled(validExamples()),
        readsWords(),
        classifier.labels().size());
  }

  /// Whether the n-grams that speak along are the floor too.
  private boolean floorSpeaks() {
    return plan.floor.name().equals(config.more().ngrams().name().toLowerCase(Locale.ROOT));
  }

  private static ClassifierFloor.Trained trained(NGramModel model) {
    return new ClassifierFloor.Trained(model.method(), model::predict);
  }

  /// The strong floor, where it does not speak along, which is worth more than a mark: an answer of
  /// its own.
  @Override
  public Optional<Predictor<?, ?>> floorModel() {
    return floorNGrams.map(classifier::ofNGrams);
  }

  /// The n-grams that speak along, which may be the floor too.
  private NGramModel ngrams() {
    var known = ngrams.orElseGet(() -> learnedNGrams(config.more().ngrams()));
    ngrams = Optional.of(known);
    return known;
  }

  private NGramModel learnedNGrams(ClassifierConfig.Speaking kind) {
    var some = labelled(some());
    var held = labelled(validExamples());
    int classes = classifier.labels().size();
    return kind == ClassifierConfig.Speaking.STRONG
        ? StrongFloor.chosen(some, held, readsWords(), classes)
        : NaiveBayesFloor.chosen(some, held, readsWords(), classes);
  }

  private boolean readsWords() {
    return !OF_CHARACTERS.contains(classifier.tokenizer().segmenter().kind());
  }

  /// The examples that a simple method learns from.
  private List<Example> some() {
    return train.upTo(MOST_FOR_FLOOR, _ -> 1).toList();
  }

  @Override
  public Optional<Job> again() {
    if (!plan.refits || chosen.isPresent()) {
      return Optional.empty();
    }
    var simple = floorSpeaks() ? Optional.<Floor>empty() : Optional.of(floor());
    var made = Chosen.of(classifier, simple, floor);
    var more = examples.valid().filter(each -> classifier.labels().contains(each.label()));
    var all = DataSet.of(train.and(more).toList(), List.<Example>of(), examples.test().toList());
    return Optional.of(
        new ClassifyJob(
            config,
            plan,
            classifier.tokenizer(),
            classifier.labels(),
            vectors,
            all,
            seed,
            Optional.of(made)));
  }

  private void finish(Chosen made) {
    var share = made.share(() -> labelled(some()), classifier.labels().size());
    ngrams = share.map(NGramShare::model);
    classifier = share.map(classifier::with).orElse(classifier).with(made.temperature());
  }

  @Override
  public void finish() {
    if (chosen.isPresent()) {
      finish(chosen.get());
      return;
    }
    var held = valid.piece(classifier.labels().size());
    if (config.more().ngrams() != ClassifierConfig.Speaking.NONE) {
      var read = InOrder.map(held.texts(), classifier.reader()::part);
      double[][] rows = classifier.ofNetwork(held.items());
      classifier =
          classifier.with(
              NGramShare.fitted(ngrams(), rows, read, held.gold(), classifier.labels()));
    }
    if (config.more().calibration() == ClassifierConfig.Calibrating.TEMPERATURE) {
      double[][] rows = classifier.uncalibrated(held.texts(), held.items());
      classifier = classifier.with(Temperature.fitted(rows, held.gold(), classifier.labels()));
    }
  }

  private List<Example> validExamples() {
    var examples = new ArrayList<Example>();
    for (int i = 0; i < valid.texts().size(); i++) {
      if (classifier.labels().contains(valid.gold().get(i))) {
        examples.add(new Example(valid.texts().get(i), valid.gold().get(i)));
      }
    }
    return examples;
  }

  private NaiveBayes.Labelled labelled(List<Example> examples) {
    return new NaiveBayes.Labelled(
        InOrder.map(examples, example -> classifier.reader().part(example.text())),
        examples.stream().map(example -> classifier.labels().id(example.label())).toList());
  }

  @Override
  public Sizes sizes() {
    return new Sizes(trained, valid.texts().size(), test.texts().size());
  }

  @Override
  public Classifier predictor() {
    return classifier;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    long all = trained;
    int tooLong = cut;
    for (var judged : List.of(valid, test)) {
      var read = judged.read().ifMade();
      all += read.map(items -> items.items().size()).orElse(0);
      tooLong += read.map(TextReader.Items::cut).orElse(0);
    }
    config.text().tokens().cutNotice(tooLong, all).ifPresent(notices::add);
    notices.addAll(classifier.tokenizer().notices());
    notices.addAll(config.text().notices());
    vectors.map(Pretrained::notices).ifPresent(notices::addAll);
    var labels = classifier.labels();
    notices.addAll(labels.notices());
    Judgement.unlearned("the validation split", labels, valid.gold()).ifPresent(notices::add);
    Judgement.unlearned("the test split", labels, test.gold()).ifPresent(notices::add);
    return notices;
  }
}
