package sequor.tasks.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.models.EncoderDecoderKind;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.EpochsJob;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.FrameReader;
import sequor.tasks.FrameSettings;
import sequor.tasks.Frames;
import sequor.tasks.GaussianBayes;
import sequor.tasks.Metric;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Tokenizer;

/// Learning to say a text of a vector, or of a sequence of them: the cross-entropy of each token of
/// the right text, given those before it.
final class FrameTranslateJob implements EpochsJob {
  private final FrameTranslator translator;
  private final DataSet<FrameExample> examples; // in memory
  private final Epochs epochs;
  private final CrossEntropyLoss loss;
  private Optional<List<String>> floor = Optional.empty(); // what it says of the test split

  FrameTranslateJob(
      Settings settings,
      FrameReader reader,
      Tokenizer tokenizer,
      DataSet<FrameExample> examples,
      Seed seed) {
    this.translator = new FrameTranslator(settings, reader, tokenizer, seed);
    this.examples = examples;
    var how = settings.section("loss").as(TranslateJob.Loss.class);
    this.loss =
        new CrossEntropyLoss()
            .withIgnoreIndex(Item.IGNORED)
            .withLabelSmoothing(how.labelSmoothing());
    var items = examples.train().toList().stream().map(translator::item).toList();
    this.epochs = Epochs.of(items, settings.section("training").as(TrainingSettings.class));
  }

  /// The job of a table's sequences.
  ///
  /// @throws sequor.settings.SettingsException if the settings are of a model that reads texts
  static FrameTranslateJob of(Settings settings, DataSet<Row> rows, Seed seed) {
    requireSense(settings);
    var data = settings.section("data");
    var begun = FrameReader.of(settings, rows.train(), List.of(data.text("target")));
    var all = rows.map(row -> FrameTranslator.example(row, data, begun));
    var examples =
        new DataSet<>(all.train().filter(each -> !each.target().isBlank()), all.valid(), all.test())
            .inMemory();
    if (examples.train().toList().isEmpty()) {
      throw new DataException(
          "translate: expected rows with something in %s to learn from, got none; name another column"
              .formatted(data.text("target")));
    }
    var texts = examples.train().map(FrameExample::target).iterable();
    return new FrameTranslateJob(
        settings,
        learned(begun, examples),
        Tokenizer.learn(settings.section("tokens"), texts),
        examples,
        seed);
  }

  static FrameReader learned(FrameReader begun, DataSet<FrameExample> examples) {
    return begun.learned(examples.train().map(FrameExample::frames).iterable());
  }

  private static void requireSense(Settings settings) {
    var data = settings.section("data");
    var model = settings.section("model");
    var network = EncoderDecoderKind.all().get(model.text("architecture")).config(model);
    var order = model.as(TranslateConfig.Order.class);
    var loss = settings.section("loss");
    double forcing = loss.as(TranslateJob.Loss.class).teacherForcing();
    FrameSettings.require(data, "stream", !data.as(DataSettings.class).stream(), "false");
    FrameSettings.require(model, "shared", !network.shared(), "false");
    FrameSettings.require(model, "reverse", !order.reverse(), "false");
    FrameSettings.require(loss, "teacher_forcing", forcing == 1, "1");
    FrameSettings.require(loss, "teacher", loss.text("teacher").isEmpty(), "none");
  }

  @Override
  public NnModule module() {
    return translator.network();
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Optional<Pads> pads() {
    return epochs.pads();
  }

  /// How many tokens are to be said.
  @Override
  public double weight(Batch batch) {
    return Arrays.stream(batch.ids(PairReader.NEXT).lengths()).sum();
  }

  @Override
  public Tensor loss(Batch batch) {
    var told = Columns.ids(batch, PairReader.TOLD); // (B,T)
    var hidden = translator.read(batch).hidden(told, Columns.spans(batch, PairReader.TOLD));
    return loss.of(hidden, translator.network().head(), Columns.ids(batch, PairReader.NEXT));
  }

  @Override
  public Map<String, Double> evaluate() {
    return translator.withBeam(1).judgement(examples.valid().toList()).metrics();
  }

  @Override
  public List<Metric> metrics() {
    return TranslateJudgement.KINDS;
  }

  @Override
  public Evaluation test() {
    return translator.evaluate(examples.test().toList(), floor);
  }

  /// What was said of the training sequence that is nearest by what its columns do.
  @Override
  public Floor floor() {
    var train = examples.train().toList();
    var known = train.stream().map(each -> features(each.frames())).toList();
    var test = examples.test().toList();
    var said =
        test.stream()
            .map(each -> train.get(nearest(known, features(each.frames()))).target())
            .toList();
    floor = Optional.of(said);
    return new Floor(
        "the text of the nearest training example", translator.judgement(test, said).metrics());
  }

  private double[] features(Frames frames) {
    return GaussianBayes.features(translator.reader().scaled(frames));
  }

  private static int nearest(List<double[]> known, double[] asked) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < known.size(); i++) {
      double distance = 0;
      for (int f = 0; f < asked.length; f++) {
        double from = known.get(i)[f] - asked[f];
        distance += from * from;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  @Override
  public Sizes sizes() {
    return new Sizes(
        examples.train().toList().size(),
        examples.valid().toList().size(),
        examples.test().toList().size());
  }

  @Override
  public FrameTranslator predictor() {
    return translator;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    var train = examples.train().toList();
    var tokenizer = translator.tokenizer();
    int most = translator.tokens().maxLength();
    long cut =
        train.stream()
            .filter(
                each ->
                    translator.reader().cuts(each.frames())
                        || tokenizer.encode(each.target()).length() > most)
            .count();
    if (cut > 0) {
      notices.add(
          "%,d of %,d training examples have more than tokens.max_length %,d steps, or tokens to say, and are"
                  .formatted(cut, train.size(), most)
              + " cut");
    }
    notices.addAll(tokenizer.notices());
    return notices;
  }
}
