package sequor.tasks.multilabel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
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
import sequor.tasks.TaskException;
import sequor.tasks.TextConfig;
import sequor.tasks.TextInspection;
import sequor.tasks.TextReader;
import sequor.tasks.Tokenizes;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.Tokenizer;

/// Says which labels a text, or a pair of them, has.
///
/// ```java
/// var labeler = MultiLabeler.load(Path.of("runs/topics"));
/// labeler.predict("a heap in Java").labels();
/// ```
public final class MultiLabeler implements Predictor<String, Tags>, Tokenizes, Inspects {
  private static final String THRESHOLDS = "thresholds"; // in config.json

  private final MultiLabelConfig config;
  private final TextReader reader;
  private final Labels labels;
  private final Ensemble<SequenceClassifier> network;
  private final Thresholds thresholds;

  private MultiLabeler(
      MultiLabelConfig config,
      TextReader reader,
      Labels labels,
      Ensemble<SequenceClassifier> network,
      Thresholds thresholds) {
    this.config = config;
    this.reader = reader;
    this.labels = labels;
    this.network = network;
    this.thresholds = thresholds;
  }

  /// A labeler that has learned nothing yet.
  MultiLabeler(
      MultiLabelConfig config,
      Tokenizer tokenizer,
      Optional<TokenVectors> vectors,
      Labels labels,
      Seed seed) {
    this(
        config,
        config.text().reader(tokenizer),
        labels,
        config.text().network(tokenizer, vectors, config.more().members(), labels.size(), seed),
        Thresholds.half(labels.size()));
  }

  private MultiLabeler with(Thresholds others) {
    return new MultiLabeler(config, reader, labels, network, others);
  }

  /// This labeler with the thresholds that suit these examples best.
  MultiLabeler fitted(Judged examples) {
    return with(Thresholds.fitted(probabilities(examples.items), examples.gold, labels.size()));
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static MultiLabeler load(Path runOrModel) {
    return Models.load(runOrModel, MultiLabeler.class);
  }

  static MultiLabeler load(ModelDirectory directory, Settings settings) {
    var labels = Labels.load(directory.labels());
    var config = MultiLabelConfig.of(settings);
    var tokenizer = Tokenizer.load(directory.tokens());
    var labeler = new MultiLabeler(config, tokenizer, Optional.empty(), labels, new Seed(0));
    directory.loadWeights(labeler.network.parameters());
    double[] values = directory.config().read().array(THRESHOLDS).numbers();
    boolean sound =
        values.length == labels.size()
            && Arrays.stream(values).allMatch(each -> each >= 0 && each <= 1);
    if (!sound) {
      throw new TaskException(
          "%s: expected %d thresholds from 0 to 1, got %s; copy it again, or train it again"
              .formatted(directory.config().path(), labels.size(), Arrays.toString(values)));
    }
    return labeler.with(new Thresholds(values));
  }

  @Override
  public List<Tags> predict(List<String> texts) {
    var read = texts.stream().map(reader::read).toList();
    double[][] rows = probabilities(read.stream().map(reader::item).toList());
    return IntStream.range(0, rows.length)
        .mapToObj(i -> tags(texts.get(i), read.get(i).cut(), rows[i]))
        .toList();
  }

  private Tags tags(String text, boolean cut, double[] row) {
    var has = new ArrayList<String>();
    var ranked = new ArrayList<Tags.Scored>();
    for (int l = 0; l < row.length; l++) {
      ranked.add(new Tags.Scored(labels.name(l), row[l]));
      if (thresholds.has(row, l)) {
        has.add(labels.name(l));
      }
    }
    ranked.sort(Comparator.comparingDouble(Tags.Scored::probability).reversed());
    return new Tags(text, cut, has, ranked, config.separator());
  }

  /// What it says of two texts that belong together.
  ///
  /// @throws TaskException if it reads one
  public Tags predict(String first, String second) {
    return predict(reader.pair("labeler", first, second));
  }

  /// The labels that it knows.
  public Labels labels() {
    return labels;
  }

  /// What speaks for each label that it says, or for the likeliest where it says none.
  @Override
  public Inspected inspect(String text) {
    var said = predict(text);
    var likeliest = said.probabilities().getFirst().label();
    var shown = said.labels().isEmpty() ? List.of(likeliest) : said.labels();
    int[] ids = shown.stream().mapToInt(labels::id).toArray();
    var asked =
        new TextInspection.Asked(
            said.labels().isEmpty()
                ? "none (%s is the likeliest)".formatted(likeliest)
                : String.join(config.separator() + " ", shown),
            "what speaks for each label, and against it",
            shown,
            "nats of log-odds that a token adds",
            (logits, from) -> chosen(logits, Arrays.copyOfRange(ids, from, from + logits.dim(0))));
    return new TextInspection(reader, network).of(text, asked, List.of());
  }

  /// The logit of one label a row: the logarithm of p/(1 − p). // (R,L) → (R)
  private static Tensor chosen(Tensor logits, int... ids) {
    return logits.gather(1, Ids.of(ids, ids.length, 1)).squeeze(1);
  }

  /// What it reads of a text.
  TextReader reader() {
    return reader;
  }

  Ensemble<SequenceClassifier> members() {
    return network;
  }

  @Override
  public Reading reading(String text) {
    return reader.reading(text);
  }

  /// The probability of each label, of each item in the order given.
  private double[][] probabilities(List<Item> items) {
    return TextConfig.said(network, items, Tensor::sigmoid);
  }

  /// Examples that are judged, encoded once.
  ///
  /// @param all labels that it knows, and behind them those of the examples that it does not
  /// @param gold whether each example has each of them // (examples, labels)
  /// @param items what each became
  /// @param cut how many are longer than it reads
  /// @param known how many of the labels it knows
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Judged(
      List<String> texts,
      List<String> all,
      boolean[][] gold,
      List<Item> items,
      int cut,
      int known) {
    /// What a user should know of labels that nobody could learn.
    ///
    /// @param what has these labels, such as a split
    Optional<String> unlearned(String what) {
      var unknown = all.subList(known, all.size());
      return unknown.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "%s has labels that no training example has, which are never said: %s"
                  .formatted(what, String.join(", ", unknown)));
    }
  }

  Judged judged(Source<Example> examples) {
    var list = examples.toList();
    var unknown = new TreeSet<String>();
    list.forEach(example -> unknown.addAll(example.labels()));
    unknown.removeAll(labels.names());
    var all = new ArrayList<>(labels.names());
    all.addAll(unknown);
    boolean[][] gold = new boolean[list.size()][all.size()];
    for (int i = 0; i < gold.length; i++) {
      for (int l = 0; l < all.size(); l++) {
        gold[i][l] = list.get(i).labels().contains(all.get(l));
      }
    }
    var texts = list.stream().map(Example::text).toList();
    var read = reader.items(texts);
    return new Judged(texts, all, gold, read.items(), read.cut(), labels.size());
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    return evaluate(judged(rows.map(config::example)), Optional.empty());
  }

  /// Micro F1 and the like, and the mean binary cross-entropy of a label that it knows.
  Map<String, Double> metrics(Judged examples) {
    double[][] rows = probabilities(examples.items);
    return metrics(judgement(examples, rows), examples, rows);
  }

  private Map<String, Double> metrics(Judgement judgement, Judged examples, double[][] rows) {
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int l = 0; l < labels.size(); l++) {
        double right = examples.gold[i][l] ? rows[i][l] : 1 - rows[i][l];
        loss -= Math.log(Math.max(right, Float.MIN_NORMAL));
      }
    }
    var metrics = new LinkedHashMap<>(judgement.metrics());
    metrics.put("loss", loss / Math.max(1, rows.length * (double) labels.size()));
    return metrics;
  }

  private Judgement judgement(Judged examples, double[][] rows) {
    boolean[][] said = new boolean[rows.length][];
    Arrays.setAll(said, i -> Arrays.copyOf(thresholds.labels(rows[i]), examples.all.size()));
    return new Judgement(examples.all, examples.gold, said);
  }

  /// @param floor what a floor says of the same examples, if there is one
  Evaluation evaluate(Judged examples, Optional<boolean[][]> floor) {
    double[][] rows = probabilities(examples.items);
    var judgement = judgement(examples, rows);
    var predictions = new ArrayList<List<String>>();
    for (int i = 0; i < rows.length; i++) {
      var line = new ArrayList<>(reader.texts(examples.texts.get(i)));
      line.add(joined(examples.all, examples.gold[i]));
      line.add(joined(labels.names(), thresholds.labels(rows[i])));
      predictions.add(line);
    }
    var columns = new ArrayList<>(columns());
    columns.addAll(List.of(config.labelColumn(), "predicted"));
    return new Evaluation(
        metrics(judgement, examples, rows),
        judgement.intervals(floor),
        List.of(judgement.section(thresholds)),
        new Evaluation.Predictions(columns, predictions),
        examples.unlearned("what is judged").stream().toList());
  }

  private String joined(List<String> names, boolean[] has) {
    var found = new ArrayList<String>();
    for (int l = 0; l < has.length; l++) {
      if (has[l]) {
        found.add(names.get(l));
      }
    }
    return String.join(config.separator(), found);
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
    var values = new ArrayList<Json>();
    for (double value : thresholds.values()) {
      values.add(Json.of(value));
    }
    return config.json(reader.tokenizer()).with(THRESHOLDS, Json.ofList(values));
  }

  @Override
  public String pipeline() {
    return "text-classification";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters());
    reader.tokenizer().save(directory.tokens());
    labels.save(directory.labels());
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var labeler = MultiLabeler.load(Path.of("%s"));
    IO.println(labeler.predict(%s).labels());\
    """
        .formatted(path, reader.pairs() ? "\"a text\", \"another\"" : "\"a text\"");
  }
}
