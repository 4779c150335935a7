package sequor.tasks.regress;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.SequenceClassifier;
import sequor.models.TokenVectors;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Evaluation;
import sequor.tasks.Inspected;
import sequor.tasks.Inspects;
import sequor.tasks.Models;
import sequor.tasks.Predictor;
import sequor.tasks.Reading;
import sequor.tasks.ReportSection;
import sequor.tasks.TaskException;
import sequor.tasks.TextConfig;
import sequor.tasks.TextInspection;
import sequor.tasks.TextReader;
import sequor.tasks.Tokenizes;
import sequor.text.Item;
import sequor.text.Tokenizer;

/// Says which number a text, or a pair of them, has.
///
/// ```java
/// var regressor = Regressor.load(Path.of("runs/stars"));
/// regressor.predict("fine, in the end").value();
/// ```
public final class Regressor implements Predictor<String, Estimate>, Tokenizes, Inspects {
  private static final int MOST_MISTAKES = 20;

  private final RegressorConfig config;
  private final TextReader reader;
  private final Scale scale;
  private final Ensemble<SequenceClassifier> network;

  /// A regressor that has learned nothing yet.
  Regressor(
      RegressorConfig config,
      Tokenizer tokenizer,
      Optional<TokenVectors> vectors,
      Scale scale,
      Seed seed) {
    this.config = config;
    this.reader = config.text().reader(tokenizer);
    this.scale = scale;
    this.network = scale.network(config.text(), tokenizer, vectors, config.more().members(), seed);
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static Regressor load(Path runOrModel) {
    return Models.load(runOrModel, Regressor.class);
  }

  static Regressor load(ModelDirectory directory, Settings settings) {
    var config = RegressorConfig.of(settings);
    var scale = config.more().target().scale(directory.config().read());
    var tokenizer = Tokenizer.load(directory.tokens());
    var regressor = new Regressor(config, tokenizer, Optional.empty(), scale, new Seed(0));
    directory.loadWeights(regressor.network.parameters());
    return regressor;
  }

  @Override
  public List<Estimate> predict(List<String> texts) {
    var read = texts.stream().map(reader::read).toList();
    double[][] said = said(read.stream().map(reader::item).toList());
    return IntStream.range(0, said.length)
        .mapToObj(i -> new Estimate(texts.get(i), read.get(i).cut(), scale.value(said[i])))
        .toList();
  }

  /// What it says of two texts that belong together.
  ///
  /// @throws TaskException if it reads one
  public Estimate predict(String first, String second) {
    return predict(reader.pair("regressor", first, second));
  }

  /// What makes the number that it says greater, and what smaller.
  @Override
  public Inspected inspect(String text) {
    var asked =
        new TextInspection.Asked(
            predict(text).shown(),
            "what makes '%s' greater, and what smaller".formatted(config.labelColumn()),
            List.of(config.labelColumn()),
            "what a token adds to the number",
            (logits, _) -> scale.expected(logits));
    return new TextInspection(reader, network).of(text, asked, List.of());
  }

  /// What it reads of a text.
  TextReader reader() {
    return reader;
  }

  Scale scale() {
    return scale;
  }

  Ensemble<SequenceClassifier> members() {
    return network;
  }

  @Override
  public Reading reading(String text) {
    return reader.reading(text);
  }

  /// What is said of each item, in the order given. // (items, S)
  private double[][] said(List<Item> items) {
    return TextConfig.said(network, items, scale::said);
  }

  /// Examples that are judged, encoded once.
  ///
  /// @param gold the right number of each
  /// @param items what each became
  /// @param cut how many are longer than it reads
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Judged(List<String> texts, double[] gold, List<Item> items, int cut) {}

  Judged judged(Source<Example> examples) {
    var all = examples.toList();
    var texts = all.stream().map(Example::text).toList();
    var read = reader.items(texts);
    return new Judged(
        texts, all.stream().mapToDouble(Example::value).toArray(), read.items(), read.cut());
  }

  Errors errors(Judged examples) {
    return Errors.of(examples.gold, said(examples.items), scale);
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    return evaluate(judged(rows.map(config::example)), Optional.empty());
  }

  /// @param floor what a floor says of the same examples, if there is one
  Evaluation evaluate(Judged examples, Optional<double[]> floor) {
    var errors = errors(examples);
    double[] said = errors.said();
    var predictions = new ArrayList<List<String>>();
    for (int i = 0; i < said.length; i++) {
      var line = new ArrayList<>(reader.texts(examples.texts.get(i)));
      line.add(Double.toString(examples.gold[i]));
      line.add(String.format(Locale.ROOT, "%.4f", said[i]));
      predictions.add(line);
    }
    var columns = new ArrayList<>(columns());
    columns.addAll(List.of(config.labelColumn(), "predicted"));
    var worst =
        errors.worst(MOST_MISTAKES).stream()
            .map(i -> List.<Object>copyOf(predictions.get(i)))
            .toList();
    return new Evaluation(
        errors.metricsWithLoss(),
        errors.intervals(floor),
        worst.isEmpty()
            ? List.of()
            : List.of(new ReportSection.Examples("mistakes", columns, worst)),
        new Evaluation.Predictions(columns, predictions));
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
    return config.json(reader.tokenizer()).with(scale.json());
  }

  /// The hub has no other word for it.
  @Override
  public String pipeline() {
    return "text-classification";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters());
    reader.tokenizer().save(directory.tokens());
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var regressor = Regressor.load(Path.of("%s"));
    IO.println(regressor.predict(%s).value());\
    """
        .formatted(path, reader.pairs() ? "\"a text\", \"another\"" : "\"a text\"");
  }
}
