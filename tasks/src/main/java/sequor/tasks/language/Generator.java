package sequor.tasks.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sequor.InOrder;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.InputSize;
import sequor.models.LanguageModel;
import sequor.models.TokenVectors;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.store.NameMap;
import sequor.tasks.Evaluation;
import sequor.tasks.Generates;
import sequor.tasks.Inspected;
import sequor.tasks.Inspects;
import sequor.tasks.Models;
import sequor.tasks.Once;
import sequor.tasks.Predictor;
import sequor.tasks.Reading;
import sequor.tasks.ReportSection;
import sequor.tasks.SessionBytes;
import sequor.tasks.Streams;
import sequor.tasks.TaskException;
import sequor.tasks.TokenSession;
import sequor.tasks.Tokenizes;
import sequor.text.Encoding;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.Tokenizer;

/// Makes up texts, token by token, and says how likely a text is.
///
/// ```java
/// var generator = Generator.load(Path.of("runs/surname-generate"));
/// generator.generate(Generates.Request.of(0.8), 5, 1).forEach(made -> IO.println(made.text()));
/// generator.predict("Kowalski").natsPerToken();
/// ```
public final class Generator
    implements Predictor<String, Likelihood>,
        Generates,
        Streams<TokenSession<NextToken>>,
        Tokenizes,
        Inspects {
  private final LanguageConfig config;
  private final Parts parts;
  private final NextTokens texts;
  private final Ensemble<LanguageModel<?>> network;
  private final Once<LanguageSession.Model> shared = new Once<>(this::sharedBySessions);

  /// What a generator is made of beside its network.
  ///
  /// @param labels what it is conditioned on, if it is
  /// @param prior p(y), how often each label occurs, in the order of the labels
  /// @param ngrams what speaks along, if anything does
  record Parts(
      Tokenizer tokenizer,
      Optional<Labels> labels,
      List<Double> prior,
      Optional<NGramShare> ngrams) {}

  /// A generator that has learned nothing yet.
  Generator(LanguageConfig config, Parts parts, Optional<TokenVectors> vectors, Seed seed) {
    this.config = config;
    this.parts = parts;
    this.texts = config.texts(parts.tokenizer);
    var vocabulary = parts.tokenizer.vocabulary();
    var ids = InputSize.ofIds(vocabulary.size(), vocabulary.pad());
    var size = vectors.map(ids::with).orElse(ids);
    int conditions = parts.labels.map(Labels::size).orElse(0);
    this.network =
        Ensemble.of(
            config.more().members(),
            seed.child("parameters"),
            random -> LanguageModel.of(config.model(), size, conditions, random));
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws sequor.tasks.TaskException if there is none, or it is of another task
  public static Generator load(Path runOrModel) {
    return Models.load(runOrModel, Generator.class);
  }

  static Generator load(ModelDirectory directory, Settings settings) {
    var config = LanguageConfig.of(settings);
    var tokenizer = Tokenizer.load(directory.tokens());
    Optional<Labels> labels =
        config.isConditioned() ? Optional.of(Labels.load(directory.labels())) : Optional.empty();
    double[] prior = directory.config().read().array("prior").numbers();
    Optional<NGramShare> ngrams =
        config.more().ngramShare() == 0
            ? Optional.empty()
            : Optional.of(NGramShare.read(directory, tokenizer.vocabulary()));
    var parts = new Parts(tokenizer, labels, Arrays.stream(prior).boxed().toList(), ngrams);
    var generator = new Generator(config, parts, Optional.empty(), new Seed(0));
    var names = NameMap.identity().aliases(generator.network.aliases());
    directory.loadWeights(generator.network.parameters(), names);
    return generator;
  }

  @Override
  public List<String> labels() {
    return parts.labels.map(Labels::names).orElse(List.of());
  }

  /// How its text becomes ids.
  public Tokenizer tokenizer() {
    return parts.tokenizer;
  }

  /// A text that has not begun, of a model that is not conditioned.
  @Override
  public TokenSession<NextToken> session() {
    if (!labels().isEmpty()) {
      throw new TaskException(
          "session: expected a label (%s), for the model is conditioned on one, got none; name it"
              .formatted(String.join(", ", labels())));
    }
    return LanguageSession.begin(shared.get(), 0);
  }

  /// A text that has not begun, of the label that it is conditioned on.
  ///
  /// @throws sequor.text.TextException if there is no such label
  public TokenSession<NextToken> sessionOf(String label) {
    int id =
        parts
            .labels
            .orElseThrow(
                () ->
                    new TaskException(
                        "session: expected no label, for this model was trained without, got '%s';"
                                .formatted(label)
                            + " leave it out"))
            .id(label);
    return LanguageSession.begin(shared.get(), id);
  }

  @Override
  public TokenSession<NextToken> session(byte[] bytes) {
    return LanguageSession.of(shared.get(), bytes);
  }

  private LanguageSession.Model sharedBySessions() {
    var vocabulary = parts.tokenizer.vocabulary();
    return new LanguageSession.Model(
        network,
        parts.tokenizer,
        new Speaker(vocabulary, parts.ngrams),
        SessionBytes.fingerprint(network, config(), vocabulary.tokens()));
  }

  @Override
  public Stream<Generated> generate(Request request, int count, long seed) {
    return new Sampling(parts, texts, network).generate(request, count, seed);
  }

  /// How likely each text is, whatever its label: −ln Σ_y p(y) · p(text|y).
  @Override
  public List<Likelihood> predict(List<String> inputs) {
    var whole = inputs.stream().map(tokenizer()::encode).toList();
    int[] tokens = new int[inputs.size()];
    double[] nats = new double[inputs.size()];
    Arrays.fill(nats, Double.POSITIVE_INFINITY);
    for (int label = 0; label < parts.prior.size(); label++) {
      double weight = -Math.log(Math.max(parts.prior.get(label), Double.MIN_NORMAL));
      int given = label;
      var items = whole.stream().map(text -> texts.item(text, given)).toList();
      scoring()
          .forEach(
              items,
              text -> {
                int i = text.item();
                tokens[i] = text.nats().length;
                nats[i] = eitherOf(nats[i], weight + text.sum());
              });
    }
    return IntStream.range(0, nats.length)
        .mapToObj(i -> new Likelihood(inputs.get(i), tokens[i], nats[i]))
        .toList();
  }

  /// −ln (e^−a + e^−b)
  private static double eitherOf(double a, double b) {
    double least = Math.min(a, b);
    return least - Math.log1p(Math.exp(least - Math.max(a, b)));
  }

  @Override
  public Inspected inspect(String text) {
    return new LanguageInspection(this).of(text);
  }

  /// p(y) of each label.
  List<Double> prior() {
    return parts.prior;
  }

  Scoring scoring() {
    return new Scoring(network, parts.ngrams, config.course().isLong());
  }

  Judged judged(Source<LanguageJob.Example> examples) {
    return config.course().isLong()
        ? LongText.of(texts, config.course().steps(), examples.map(LanguageJob.Example::text))
        : separate(examples);
  }

  private SeparateTexts separate(Source<LanguageJob.Example> examples) {
    var read = new ArrayList<String>();
    var names = new ArrayList<String>();
    var items = new ArrayList<Item>();
    long[] counts = new long[3]; // characters, cut, left
    InOrder.forEach(
        examples.iterable(),
        example -> example.text().length(),
        example -> new Course.Read(example, tokenizer().encode(example.text())),
        each -> {
          var example = each.example();
          if (!knows(example.label())) {
            counts[2]++;
            return;
          }
          counts[0] += texts.characters(example.text(), each.whole());
          counts[1] += texts.isCut(each.whole()) ? 1 : 0;
          read.add(example.text());
          names.add(example.label());
          items.add(item(each.whole(), example.label()));
        });
    return new SeparateTexts(texts, read, names, items, counts[0], counts[1], counts[2]);
  }

  /// Of a conditioned model only rows whose label it knows are judged.
  @Override
  public Evaluation evaluate(Source<Row> rows) {
    return evaluate(judged(rows.map(this::example)));
  }

  private LanguageJob.Example example(Row row) {
    String label = config.isConditioned() ? row.field(config.labelColumn()).strip() : "";
    return new LanguageJob.Example(row.field(config.textColumn()), label);
  }

  Evaluation evaluate(Judged examples) {
    var tally = new Tally();
    var likelihoods = new Likelihood[examples.texts().size()];
    examples.score(
        scoring(),
        text -> {
          tally.add(text);
          String read = examples.texts().get(text.item());
          likelihoods[text.item()] = new Likelihood(read, text.nats().length, text.sum());
        });
    tally.addCharacters(examples.characters());
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < likelihoods.length; i++) {
      var row = new ArrayList<>(List.of(examples.texts().get(i)));
      if (config.isConditioned()) {
        row.add(examples.labels().get(i));
      }
      row.addAll(likelihoods[i].fields().values());
      rows.add(row);
    }
    var columns = new ArrayList<>(config.columns());
    columns.addAll(List.of("nats", "nats_per_token"));
    return new Evaluation(
        tally.metrics(),
        broughtByNGrams(examples, tally),
        new Evaluation.Predictions(columns, rows));
  }

  private List<ReportSection> broughtByNGrams(Judged examples, Tally together) {
    if (parts.ngrams.isEmpty()) {
      return List.of();
    }
    var alone = new Tally();
    var networks = new Scoring(network, Optional.empty(), config.course().isLong());
    examples.score(networks, alone::add);
    alone.addCharacters(examples.characters());
    return List.of(
        new ReportSection.Table(
            "what n-grams bring",
            List.of("who speaks", "nats_per_token", "nats_per_char", "accuracy"),
            List.of(row("network alone", alone), row("with n-grams", together))));
  }

  private static List<Object> row(String who, Tally tally) {
    var metrics = tally.metrics();
    return List.of(
        who,
        metrics.getOrDefault("nats_per_token", 0d),
        metrics.getOrDefault("nats_per_char", 0d),
        metrics.getOrDefault("accuracy", 0d));
  }

  /// Whether it can be conditioned on that label; an unconditioned model takes any.
  private boolean knows(String label) {
    return parts.labels.map(known -> known.contains(label)).orElse(true);
  }

  /// What it reads and is to say of a text with that label.
  Item item(Encoding whole, String label) {
    return texts.item(whole, parts.labels.map(known -> known.id(label)).orElse(0));
  }

  /// How it reads texts.
  NextTokens texts() {
    return texts;
  }

  Optional<NGramShare> ngrams() {
    return parts.ngrams;
  }

  LanguageConfig settings() {
    return config;
  }

  Ensemble<LanguageModel<?>> members() {
    return network;
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

  /// `<bos>` is what it reads first, `<eos>` what it is to say last, but for parts of a longer
  /// text.
  @Override
  public Reading reading(String text) {
    return config.course().isLong()
        ? Reading.of(parts.tokenizer, config.tokens().withMaxLength(1 << 24), false, text)
        : Reading.of(parts.tokenizer, config.tokens(), true, text);
  }

  @Override
  public NnModule network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return config.json(parts.tokenizer).with("prior", Json.ofList(parts.prior));
  }

  @Override
  public String pipeline() {
    return "text-generation";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters(), network.aliases());
    parts.tokenizer.save(directory.tokens());
    parts.labels.ifPresent(known -> known.save(directory.labels()));
    parts.ngrams.ifPresent(share -> share.write(directory));
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var generator = Generator.load(Path.of("%s"));
    var request = Generates.Request.of(0.8);
    generator.generate(request, 5, 1).forEach(made -> IO.println(made.text()));\
    """
        .formatted(path);
  }
}
