package sequor.tasks.classify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.InputSize;
import sequor.models.Inputs;
import sequor.models.SequenceClassifier;
import sequor.models.TokenVectors;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.store.NameMap;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tasks.ModelConfig;
import sequor.tasks.Models;
import sequor.tasks.Once;
import sequor.tasks.Predictor;
import sequor.tasks.Reading;
import sequor.tasks.Session;
import sequor.tasks.SessionBytes;
import sequor.tasks.Streams;
import sequor.tasks.TaskException;
import sequor.tasks.Tokenizes;
import sequor.text.Batches;
import sequor.text.Encoding;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// Says which label a text has.
///
/// ```java
/// var classifier = Classifier.load(Path.of("runs/names"));
/// classifier.predict("Kowalski").label();
/// ```
public final class Classifier
    implements Predictor<String, Prediction>, Streams<Prediction>, Tokenizes {
  private static final int BATCH = 256;
  private static final String WEIGHT = "ngrams_weight"; // in config.json
  private static final String OLD_WEIGHT = "naive_bayes_weight";

  private final ClassifierConfig config;
  private final Tokenizer tokenizer;
  private final Labels labels;
  private final Ensemble<SequenceClassifier> network;
  private final Optional<NGramShare> ngrams;
  private final Once<ClassifierSession.Model> shared = new Once<>(this::sharedBySessions);

  private Classifier(
      ClassifierConfig config,
      Tokenizer tokenizer,
      Labels labels,
      Ensemble<SequenceClassifier> network,
      Optional<NGramShare> ngrams) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.labels = labels;
    this.network = network;
    this.ngrams = ngrams;
  }

  /// This classifier with n-grams that speak along.
  Classifier with(NGramShare share) {
    return new Classifier(config, tokenizer, labels, network, Optional.of(share));
  }

  /// A classifier that has learned nothing yet.
  Classifier(
      ClassifierConfig config,
      Tokenizer tokenizer,
      Labels labels,
      Optional<TokenVectors> vectors,
      Seed seed) {
    this(
        config,
        tokenizer,
        labels,
        network(config, tokenizer, labels, vectors, seed),
        Optional.empty());
  }

  private static Ensemble<SequenceClassifier> network(
      ClassifierConfig config,
      Tokenizer tokenizer,
      Labels labels,
      Optional<TokenVectors> vectors,
      Seed seed) {
    var vocabulary = tokenizer.vocabulary();
    var ids = InputSize.ofIds(vocabulary.size(), vocabulary.pad());
    var size = vectors.map(ids::with).orElse(ids);
    return Ensemble.of(
        config.more().members(),
        seed.child("parameters"),
        random ->
            new SequenceClassifier(
                config.encoder().build(size, random), config.head(), labels.size(), random));
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws sequor.tasks.TaskException if there is none, or it is of another task
  public static Classifier load(Path runOrModel) {
    return Models.load(runOrModel, Classifier.class);
  }

  /// Loads a model directory from the class path: `Classifier.load(Main.class, "/models/reviews")`.
  ///
  /// @throws sequor.tasks.TaskException if there is none, or it is of another task
  public static Classifier load(Class<?> anchor, String folder) {
    return Models.load(anchor, folder, Classifier.class);
  }

  static Classifier load(ModelDirectory directory, Settings settings) {
    var classifier =
        new Classifier(
            ClassifierConfig.of(settings),
            Tokenizer.load(directory.tokens()),
            Labels.load(directory.labels()),
            Optional.empty(), // they are among the weights
            new Seed(0));
    var json = directory.config().read();
    boolean first = ModelConfig.version(json) == 1;
    directory.loadWeights(
        classifier.network.parameters(), first ? firstNames() : NameMap.identity());
    if (classifier.config.more().ngrams() == ClassifierConfig.Speaking.NONE) {
      return classifier;
    }
    double weight = json.number(json.has(WEIGHT) ? WEIGHT : OLD_WEIGHT, 0, 1000);
    var model = new NGramsFile(ngrams(directory)).read(classifier.labels.size());
    return classifier.with(new NGramShare(model, weight));
  }

  private static Path ngrams(ModelDirectory directory) {
    return directory.path().resolve("ngrams.bin");
  }

  /// In format 1 the embedding stood beside the encoder.
  private static NameMap firstNames() {
    return NameMap.identity()
        .replace("^(member_\\d+\\.)?encoder\\.", "$1encoder.layers.")
        .replace("^(member_\\d+\\.)?embedding\\.", "$1encoder.embedding.");
  }

  @Override
  public List<Prediction> predict(List<String> texts) {
    var whole = texts.stream().map(tokenizer::encode).toList();
    double[][] rows = probabilities(texts, whole.stream().map(this::item).toList());
    return IntStream.range(0, rows.length)
        .mapToObj(i -> new Prediction(texts.get(i), isCut(whole.get(i)), ranked(rows[i])))
        .toList();
  }

  @Override
  public Session<Prediction> session() {
    return ClassifierSession.begin(shared.get());
  }

  @Override
  public Session<Prediction> session(byte[] bytes) {
    return ClassifierSession.of(shared.get(), bytes);
  }

  private ClassifierSession.Model sharedBySessions() {
    if (ngrams.isPresent() || config.tokens().keep() == TokenSettings.Keep.LAST) {
      throw new TaskException(
          "session: expected a model that reads a text as it comes, got one that %s; train it with %s"
              .formatted(
                  ngrams.isPresent() ? "asks n-grams of the whole text" : "reads the end of a text",
                  ngrams.isPresent() ? "model.ngrams=none" : "tokens.keep=first"));
    }
    var steps = network.all().stream().map(SequenceClassifier::steps).toList();
    return new ClassifierSession.Model(
        steps,
        steps.stream().map(one -> one.read(one.begin(), 0).state()).toList(),
        tokenizer,
        config.marks().marks(),
        config.tokens().maxLength(),
        this::ranked,
        SessionBytes.fingerprint(network, config(), tokenizer.vocabulary().tokens()));
  }

  private List<Prediction.Scored> ranked(double[] row) {
    var ranked = new ArrayList<Prediction.Scored>();
    for (int i = 0; i < row.length; i++) {
      ranked.add(new Prediction.Scored(labels.name(i), row[i]));
    }
    ranked.sort(Comparator.comparingDouble(Prediction.Scored::probability).reversed());
    return ranked;
  }

  /// The labels it tells apart.
  public Labels labels() {
    return labels;
  }

  /// How its text becomes ids.
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public Reading reading(String text) {
    return Reading.of(tokenizer, config.tokens(), config.marks().marks(), text);
  }

  boolean isCut(Encoding whole) {
    return whole.length() > config.tokens().maxLength();
  }

  /// What it reads of an encoded text.
  Item item(Encoding whole) {
    var vocabulary = tokenizer.vocabulary();
    var read = config.tokens().cut(whole);
    boolean marks = config.marks().marks();
    var marked = marks ? read.marked(vocabulary.bos(), vocabulary.eos()) : read;
    int[] ids = marked.ids();
    if (config.marks().fixedLength()) {
      int length = ids.length;
      ids = Arrays.copyOf(ids, config.tokens().maxLength() + (marks ? 2 : 0));
      Arrays.fill(ids, length, ids.length, vocabulary.pad());
    }
    return new Item().ids(Inputs.TEXT, ids, vocabulary.pad());
  }

  /// The part of a text that it reads.
  String read(String text) {
    var tokens = tokenizer.tokens(text);
    if (tokens.size() <= config.tokens().maxLength()) {
      return text;
    }
    return tokenizer.segmenter().join(config.tokens().cut(tokens));
  }

  /// The probabilities of the classes of each text, in the order given.
  ///
  /// @param items what each became
  double[][] probabilities(List<String> texts, List<Item> items) {
    double[][] rows = ofNetwork(items);
    ngrams.ifPresent(
        share -> {
          for (int i = 0; i < rows.length; i++) {
            rows[i] = share.mixed(rows[i], read(texts.get(i)));
          }
        });
    return rows;
  }

  /// Those that the network alone gives.
  double[][] ofNetwork(List<Item> items) {
    double[][] rows = new double[items.size()][];
    for (var batch : Batches.of(items).withSize(BATCH).byLength()) {
      var inputs = Columns.inputs(batch);
      float[] values = network.mean(member -> member.forward(inputs).softmax()).toArray(); // (B,C)
      for (int b = 0; b < batch.size(); b++) {
        double[] row = new double[labels.size()];
        for (int c = 0; c < row.length; c++) {
          row[c] = values[b * row.length + c];
        }
        rows[batch.rows()[b]] = row;
      }
    }
    return rows;
  }

  Ensemble<SequenceClassifier> members() {
    return network;
  }

  /// Examples that are judged, encoded once.
  ///
  /// @param texts as they were given
  /// @param gold the right label of each
  /// @param items what each became
  /// @param cut how many are longer than it reads
  record Judged(List<String> texts, List<String> gold, List<Item> items, int cut) {}

  Judged judged(Source<Example> examples) {
    var texts = new ArrayList<String>();
    var gold = new ArrayList<String>();
    var items = new ArrayList<Item>();
    int cut = 0;
    try (var cursor = examples.open()) {
      while (cursor.hasNext()) {
        var example = cursor.next();
        var encoding = tokenizer.encode(example.text());
        cut += isCut(encoding) ? 1 : 0;
        texts.add(example.text());
        gold.add(example.label());
        items.add(item(encoding));
      }
    }
    return new Judged(texts, gold, items, cut);
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    return evaluate(judged(rows.map(this::example)));
  }

  private Example example(Row row) {
    return new Example(row.field(config.textColumn()), row.field(config.labelColumn()).strip());
  }

  Evaluation evaluate(Judged examples) {
    var judgement = new Judgement(labels, examples.gold);
    double[][] rows = probabilities(examples.texts, examples.items);
    var predictions = new ArrayList<List<String>>();
    for (int i = 0; i < rows.length; i++) {
      String text = examples.texts.get(i);
      String gold = examples.gold.get(i);
      judgement.add(gold, rows[i]);
      var said = new Prediction(text, false, ranked(rows[i]));
      var line = new ArrayList<>(List.of(text, gold));
      line.addAll(said.fields().values());
      predictions.add(line);
    }
    var columns = List.of(config.textColumn(), config.labelColumn(), "predicted", "probability");
    return new Evaluation(
        judgement.metricsWithLoss(),
        judgement.sections(),
        new Evaluation.Predictions(columns, predictions));
  }

  @Override
  public String input(String text) {
    return text;
  }

  @Override
  public String input(Row row) {
    return row.field(config.textColumn());
  }

  @Override
  public List<String> columns() {
    return List.of(config.textColumn());
  }

  @Override
  public NnModule network() {
    return network;
  }

  @Override
  public JsonObject config() {
    var json = config.json(tokenizer);
    return ngrams.isPresent() ? json.with(WEIGHT, ngrams.get().weight()) : json;
  }

  @Override
  public String pipeline() {
    return "text-classification";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters());
    tokenizer.save(directory.tokens());
    labels.save(directory.labels());
    ngrams.ifPresent(share -> new NGramsFile(ngrams(directory)).write(share.model()));
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var classifier = Classifier.load(Path.of("%s"));
    IO.println(classifier.predict("a text").label());\
    """
        .formatted(path);
  }
}
