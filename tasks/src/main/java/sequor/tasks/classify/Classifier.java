package sequor.tasks.classify;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.Inputs;
import sequor.models.NoEncoder;
import sequor.models.Pooling;
import sequor.models.SequenceClassifier;
import sequor.models.TokenVectors;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.store.NameMap;
import sequor.tasks.Evaluation;
import sequor.tasks.Inspected;
import sequor.tasks.Inspects;
import sequor.tasks.ModelConfig;
import sequor.tasks.Models;
import sequor.tasks.Once;
import sequor.tasks.Predictor;
import sequor.tasks.Reading;
import sequor.tasks.Saliency;
import sequor.tasks.SessionBytes;
import sequor.tasks.Streams;
import sequor.tasks.TaskException;
import sequor.tasks.TextConfig;
import sequor.tasks.TextInspection;
import sequor.tasks.TextReader;
import sequor.tasks.TokenSession;
import sequor.tasks.Tokenizes;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
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
    implements Predictor<String, Prediction>,
        Streams<TokenSession<Prediction>>,
        Tokenizes,
        Inspects {
  // in config.json
  private static final String NGRAMS_WEIGHT = "ngrams_weight";
  private static final String NETWORK_WEIGHT = "network_weight"; // without it 1
  private static final String OLD_WEIGHT = "naive_bayes_weight";
  private static final String TEMPERATURE = "temperature";

  private final ClassifierConfig config;
  private final Tokenizer tokenizer;
  private final TextReader reader;
  private final Labels labels;
  private final Ensemble<SequenceClassifier> network;
  private final Optional<NGramShare> ngrams;
  private final Once<ClassifierSession.Model> shared = new Once<>(this::sharedBySessions);
  private final Temperature temperature;

  private Classifier(
      ClassifierConfig config,
      Tokenizer tokenizer,
      Labels labels,
      Ensemble<SequenceClassifier> network,
      Optional<NGramShare> ngrams,
      Temperature temperature) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.reader = config.text().reader(tokenizer);
    this.labels = labels;
    this.network = network;
    this.ngrams = ngrams;
    this.temperature = temperature;
  }

  /// This classifier with n-grams that speak along.
  Classifier with(NGramShare share) {
    return new Classifier(config, tokenizer, labels, network, Optional.of(share), temperature);
  }

  /// The n-grams that speak along.
  Optional<NGramShare> share() {
    return ngrams;
  }

  Temperature temperature() {
    return temperature;
  }

  /// This classifier at another temperature.
  Classifier with(Temperature other) {
    return new Classifier(config, tokenizer, labels, network, ngrams, other);
  }

  /// A classifier that reads the same texts, in which n-grams answer alone.
  Classifier ofNGrams(NGramModel model) {
    var none = new NoEncoder.Config();
    var head = new SequenceClassifier.Head(Pooling.LAST, 0, 0);
    var text = config.text().withoutVectors().with(none, head);
    var more = ClassifierConfig.More.standard().with(model.speaking());
    var alone =
        new Classifier(
            new ClassifierConfig(text, more), tokenizer, labels, Optional.empty(), new Seed(0));
    for (var parameter : alone.network.parameters().values()) {
      parameter.assign(Tensor.zeros(parameter.shape().dims())); // all classes are as likely
    }
    return alone.with(new NGramShare(model, 0, 1));
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
        config.text().network(tokenizer, vectors, config.more().members(), labels.size(), seed),
        Optional.empty(),
        Temperature.ONE);
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
    if (json.has(TEMPERATURE)) {
      double value = json.number(TEMPERATURE, Temperature.LEAST / 2, Temperature.MOST * 2);
      classifier = classifier.with(new Temperature(value));
    }
    if (classifier.config.more().ngrams() == ClassifierConfig.Speaking.NONE) {
      return classifier;
    }
    double ofNGrams = json.number(json.has(NGRAMS_WEIGHT) ? NGRAMS_WEIGHT : OLD_WEIGHT, 0, 1000);
    double ofNetwork = json.has(NETWORK_WEIGHT) ? json.number(NETWORK_WEIGHT, 0, 1000) : 1;
    var model = new NGramsFile(ngrams(directory)).read(classifier.labels.size());
    return classifier.with(new NGramShare(model, ofNetwork, ofNGrams));
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
    var read = texts.stream().map(reader::read).toList();
    double[][] rows = probabilities(texts, read.stream().map(reader::item).toList());
    return IntStream.range(0, rows.length)
        .mapToObj(i -> new Prediction(texts.get(i), read.get(i).cut(), ranked(rows[i])))
        .toList();
  }

  /// What it says of two texts that belong together.
  ///
  /// @throws sequor.tasks.TaskException if it reads one
  public Prediction predict(String first, String second) {
    return predict(reader.pair("classifier", first, second));
  }

  @Override
  public TokenSession<Prediction> session() {
    return ClassifierSession.begin(shared.get());
  }

  @Override
  public TokenSession<Prediction> session(byte[] bytes) {
    return ClassifierSession.of(shared.get(), bytes);
  }

  private ClassifierSession.Model sharedBySessions() {
    if (ngrams.isPresent()
        || reader.pairs()
        || config.text().tokens().keep() == TokenSettings.Keep.LAST) {
      throw new TaskException(
          "session: expected a model that reads a text as it comes, got one that %s; train it with %s"
              .formatted(
                  ngrams.isPresent() ? "asks n-grams of the whole text" : "reads the end of a text",
                  ngrams.isPresent() ? "model.ngrams=none" : "tokens.keep=first"));
    }
    var one = Inputs.of(Inputs.TEXT, Ids.of(new int[1], 1, 1), Spans.full(1, 1));
    String mark = SessionBytes.fingerprint(network, config(), tokenizer.vocabulary().tokens());
    return new ClassifierSession.Model(
        ReadSoFar.Networks.of(network, one, mark),
        tokenizer,
        config.text().marks().marks(),
        config.text().tokens().maxLength(),
        this::ranked);
  }

  private List<Prediction.Scored> ranked(double[] row) {
    return Prediction.Scored.ranked(labels, row);
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
    return reader.reading(text);
  }

  /// What speaks for the label that it says, as far as the network is concerned.
  @Override
  public Inspected inspect(String text) {
    var said = predict(text);
    int label = labels.id(said.label());
    var asked =
        new TextInspection.Asked(
            "%s (%.3f)".formatted(said.label(), said.probability()),
            "what speaks for '%s', and against it".formatted(said.label()),
            List.of(said.label()),
            "nats of log-odds that a token adds",
            (logits, _) -> Saliency.logOdds(logits, Saliency.repeated(label, logits.dim(0))));
    var notices =
        ngrams.isPresent()
            ? List.of("n-grams speak along in the answer, and are not looked into")
            : List.<String>of();
    return new TextInspection(reader, network).of(text, asked, notices);
  }

  /// What it reads of a text.
  TextReader reader() {
    return reader;
  }

  /// The probabilities of the classes of each text, in the order given.
  ///
  /// @param items what each became
  double[][] probabilities(List<String> texts, List<Item> items) {
    double[][] rows = uncalibrated(texts, items);
    Arrays.setAll(rows, i -> temperature.applied(rows[i]));
    return rows;
  }

  /// The same, as sure as they were learned.
  double[][] uncalibrated(List<String> texts, List<Item> items) {
    double[][] rows = ofNetwork(items);
    ngrams.ifPresent(
        share ->
            IntStream.range(0, rows.length)
                .parallel()
                .forEach(i -> rows[i] = share.mixed(rows[i], reader.part(texts.get(i)))));
    return rows;
  }

  /// Those that the network alone gives.
  double[][] ofNetwork(List<Item> items) {
    return TextConfig.said(network, items, Tensor::softmax);
  }

  Ensemble<SequenceClassifier> members() {
    return network;
  }

  Judged judged(Source<Example> examples) {
    return Judged.of(reader, examples);
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    return evaluate(judged(rows.map(this::example)), Optional.empty());
  }

  private Example example(Row row) {
    String label = row.field(config.labelColumn()).strip();
    return new Example(config.text().text(row), reader.pairs(), label);
  }

  /// @param floor the classes that a floor says of the same examples, if there is one
  Evaluation evaluate(Judged examples, Optional<int[]> floor) {
    return examples.evaluation(this, config, temperature, floor);
  }

  @Override
  public String input(String text) {
    return text;
  }

  @Override
  public String input(Row row) {
    return config.text().text(row);
  }

  @Override
  public List<String> columns() {
    return config.text().columns();
  }

  @Override
  public NnModule network() {
    return network;
  }

  @Override
  public JsonObject config() {
    var json = config.json(tokenizer);
    if (ngrams.isPresent()) {
      json = json.with(NETWORK_WEIGHT, ngrams.get().ofNetwork());
      json = json.with(NGRAMS_WEIGHT, ngrams.get().ofNGrams());
    }
    return temperature.value() == 1 ? json : json.with(TEMPERATURE, temperature.value());
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
    IO.println(classifier.predict(%s).label());\
    """
        .formatted(path, reader.pairs() ? "\"a text\", \"another\"" : "\"a text\"");
  }
}
