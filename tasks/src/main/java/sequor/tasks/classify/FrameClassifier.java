package sequor.tasks.classify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Data;
import sequor.data.DataException;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.EncoderKind;
import sequor.models.Ensemble;
import sequor.models.InputSize;
import sequor.models.SequenceClassifier;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Evaluation;
import sequor.tasks.FrameReader;
import sequor.tasks.FrameSession;
import sequor.tasks.Frames;
import sequor.tasks.Models;
import sequor.tasks.Once;
import sequor.tasks.Predictor;
import sequor.tasks.SessionBytes;
import sequor.tasks.Streams;
import sequor.tasks.TaskException;
import sequor.tasks.TextConfig;
import sequor.tensor.Tensor;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.TokenSettings;

/// Says which label a sequence of vectors has.
///
/// ```java
/// var classifier = FrameClassifier.load(Path.of("runs/motions"));
/// classifier.predict(Frames.of(new float[][] {{0.1f, 9.8f}, {0.3f, 11.2f}})).label();
/// classifier.session().step(0.1f, 9.8f).label();     // as it comes
/// ```
public final class FrameClassifier
    implements Predictor<Frames, Prediction>, Streams<FrameSession<Prediction>> {
  private static final String TEMPERATURE = "temperature"; // in config.json

  private final Settings settings; // with the sections data, tokens and model
  private final FrameReader reader;
  private final Labels labels;
  private final Ensemble<SequenceClassifier> network;
  private final Temperature temperature;
  private final Once<FrameClassifierSession.Model> shared = new Once<>(this::sharedBySessions);

  private FrameClassifier(
      Settings settings,
      FrameReader reader,
      Labels labels,
      Ensemble<SequenceClassifier> network,
      Temperature temperature) {
    this.settings = settings;
    this.reader = reader;
    this.labels = labels;
    this.network = network;
    this.temperature = temperature;
  }

  /// One that has learned nothing yet.
  FrameClassifier(Settings settings, FrameReader reader, Labels labels, Seed seed) {
    this(settings, reader, labels, network(settings, reader, labels, seed), Temperature.ONE);
  }

  private static Ensemble<SequenceClassifier> network(
      Settings settings, FrameReader reader, Labels labels, Seed seed) {
    var model = settings.section("model");
    var encoder = EncoderKind.all().get(model.text("encoder")).config(model);
    var head = model.as(SequenceClassifier.Head.class);
    var size = InputSize.ofNumbers(reader.columns().size());
    return Ensemble.of(
        model.as(ClassifierConfig.More.class).members(),
        seed.child("parameters"),
        random -> new SequenceClassifier(encoder.build(size, random), head, labels.size(), random));
  }

  /// This one at another temperature.
  FrameClassifier with(Temperature other) {
    return new FrameClassifier(settings, reader, labels, network, other);
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static FrameClassifier load(Path runOrModel) {
    return Models.load(runOrModel, FrameClassifier.class);
  }

  static FrameClassifier load(ModelDirectory directory, Settings settings) {
    var json = directory.config().read();
    var classifier =
        new FrameClassifier(
            settings,
            FrameReader.load(settings, json),
            Labels.load(directory.labels()),
            new Seed(0));
    directory.loadWeights(classifier.network.parameters());
    if (!json.has(TEMPERATURE)) {
      return classifier;
    }
    double value = json.number(TEMPERATURE, Temperature.LEAST / 2, Temperature.MOST * 2);
    return classifier.with(new Temperature(value));
  }

  @Override
  public List<Prediction> predict(List<Frames> sequences) {
    double[][] rows = uncalibrated(sequences);
    return IntStream.range(0, rows.length)
        .mapToObj(i -> said(sequences.get(i), temperature.applied(rows[i])))
        .toList();
  }

  private Prediction said(Frames frames, double[] row) {
    var ranked = Prediction.Scored.ranked(labels, row);
    return new Prediction(frames.name(), reader.cuts(frames), ranked);
  }

  @Override
  public FrameSession<Prediction> session() {
    return FrameClassifierSession.begin(shared.get());
  }

  @Override
  public FrameSession<Prediction> session(byte[] bytes) {
    return FrameClassifierSession.of(shared.get(), bytes);
  }

  private FrameClassifierSession.Model sharedBySessions() {
    if (reader.keep() == TokenSettings.Keep.LAST) {
      throw new TaskException(
          "session: expected a model that reads a sequence as it comes, got one that reads its end; train it"
              + " with tokens.keep=first");
    }
    var one = FrameReader.inputs(Frames.of(new float[reader.columns().size()]));
    String mark = SessionBytes.fingerprint(network, config(), reader.columns());
    return new FrameClassifierSession.Model(
        ReadSoFar.Networks.of(network, one, mark),
        reader,
        row -> Prediction.Scored.ranked(labels, temperature.applied(row)));
  }

  /// The probabilities of each label, as the network gives them.
  double[][] uncalibrated(List<Frames> sequences) {
    var items = sequences.stream().map(this::item).toList();
    return TextConfig.said(network, items, Tensor::softmax);
  }

  /// What a network reads of a sequence.
  Item item(Frames frames) {
    return FrameReader.item(reader.cut(reader.scaled(frames)));
  }

  /// The labels it tells apart.
  public Labels labels() {
    return labels;
  }

  FrameReader reader() {
    return reader;
  }

  Ensemble<SequenceClassifier> members() {
    return network;
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    return evaluate(rows.map(this::example).toList(), Optional.empty());
  }

  private FrameExample example(Row row) {
    return example(row, settings.section("data"), reader);
  }

  /// The sequence of a row, with its label.
  ///
  /// @param data the section
  /// @throws DataException if its steps have different labels
  static FrameExample example(Row row, Settings data, FrameReader reader) {
    String label = Data.filled(data, row, "label");
    var steps = row.parts();
    for (int t = 1; t < steps.size(); t++) {
      String other = steps.get(t).field(data.text("label")).strip();
      String first = steps.getFirst().field(data.text("label")).strip();
      if (!other.equals(first)) {
        throw new DataException(
            "%s: expected one %s in all steps of %s, %s, got %s; to say one of each step is what"
                    .formatted(
                        steps.get(t).place(),
                        data.text("label"),
                        reader.name(row),
                        first,
                        other.isEmpty() ? "none" : other)
                + " sequor train tag is for");
      }
    }
    return new FrameExample(reader.frames(row), label);
  }

  /// @param floor the classes that a floor says of the same examples, if there is one
  Evaluation evaluate(List<FrameExample> examples, Optional<int[]> floor) {
    var gold = examples.stream().map(FrameExample::label).toList();
    var judgement = judgement(gold);
    var before = judgement(gold);
    var data = settings.section("data");
    var names = List.of(reader.sequence().isEmpty() ? "row" : reader.sequence());
    var mistakes = new Mistakes(names, data.text("label"));
    var predictions = new ArrayList<List<String>>();
    double[][] rows = uncalibrated(examples.stream().map(FrameExample::frames).toList());
    for (int i = 0; i < rows.length; i++) {
      var said = said(examples.get(i).frames(), temperature.applied(rows[i]));
      before.add(gold.get(i), rows[i]);
      judgement.add(gold.get(i), temperature.applied(rows[i]));
      mistakes.add(List.of(said.text()), gold.get(i), said);
      var line = new ArrayList<>(List.of(said.text(), gold.get(i)));
      line.addAll(said.fields().values());
      predictions.add(line);
    }
    var sections = new ArrayList<>(judgement.sections());
    if (temperature.value() != 1) {
      sections.add(temperature.section(before.metricsWithLoss(), judgement.metricsWithLoss()));
    }
    mistakes.section().ifPresent(sections::add);
    var columns = List.of(names.getFirst(), data.text("label"), "predicted", "probability");
    return new Evaluation(
        judgement.metricsWithLoss(),
        judgement.intervals(floor),
        sections,
        new Evaluation.Predictions(columns, predictions),
        Judgement.unlearned("what is judged", labels, gold).stream().toList());
  }

  Judgement judgement(List<String> gold) {
    return new Judgement(labels, gold, positive(settings));
  }

  /// The label that the metric `f1` is of.
  static Optional<String> positive(Settings settings) {
    return Optional.of(settings.section("data").text("positive")).filter(name -> !name.isEmpty());
  }

  /// @throws TaskException always
  @Override
  public Frames input(String text) {
    throw reader.noText("classifier");
  }

  @Override
  public Frames input(Row row) {
    return reader.frames(row);
  }

  @Override
  public List<String> columns() {
    return reader.inputs();
  }

  @Override
  public NnModule network() {
    return network;
  }

  @Override
  public JsonObject config() {
    var json = reader.config(ClassifyTask.NAME, settings, "data", "tokens", "model");
    return temperature.value() == 1 ? json : json.with(TEMPERATURE, temperature.value());
  }

  @Override
  public String pipeline() {
    return "tabular-classification";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters());
    labels.save(directory.labels());
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var classifier = FrameClassifier.load(Path.of("%s"));
    IO.println(classifier.predict(Frames.of(steps)).label()); // float[][], %d numbers a step\
    """
        .formatted(path, reader.columns().size());
  }
}
