package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.models.Inputs;
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
import sequor.tasks.RefitSettings;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Labels;

/// Learning to say which tag each step of a sequence of vectors has.
final class FrameTagJob implements EpochsJob {
  private static final String TARGET = "target";

  private final FrameTagger tagger;
  private final TagSpelling spelling;
  private final DataSet<FrameExample> examples; // in memory
  private final Epochs epochs;
  private final CrossEntropyLoss loss;
  private Optional<String[][]> floor = Optional.empty(); // what it says of the test split

  FrameTagJob(
      Settings settings,
      FrameReader reader,
      TagSpelling spelling,
      DataSet<FrameExample> examples,
      Seed seed) {
    var names = new TreeSet<String>();
    examples.train().forEach(example -> names.addAll(example.tags()));
    this.spelling = spelling;
    this.examples = examples;
    this.tagger = new FrameTagger(settings, reader, Labels.of(names), spelling, seed);
    var smoothing = settings.section("loss").as(TagJob.Loss.class).labelSmoothing();
    this.loss = new CrossEntropyLoss().withLabelSmoothing(smoothing);
    var items = examples.train().toList().stream().map(this::item).toList();
    this.epochs = Epochs.of(items, settings.section("training").as(TrainingSettings.class));
  }

  /// The job of a table's sequences.
  ///
  /// @throws sequor.settings.SettingsException if the settings are of a model that reads words
  static FrameTagJob of(Settings settings, DataSet<Row> rows, Seed seed) {
    var data = settings.section("data");
    var model = settings.section("model");
    FrameSettings.require(data, "stream", !data.as(DataSettings.class).stream(), "false");
    FrameSettings.require(model, "vectors", model.text("vectors").isEmpty(), "none");
    var more = model.as(TagConfig.More.class);
    FrameSettings.require(model, "counts", !more.counts(), "false");
    FrameSettings.require(model, "tag_parts", more.tagParts().isEmpty(), "none");
    RefitSettings.refuse(settings);
    var begun = FrameReader.of(settings, rows.train(), List.of(data.text("label")));
    var written = rows.map(row -> FrameTagger.example(row, data, begun)).inMemory();
    var spelling =
        TagSpelling.of(TagConfig.spans(data.values()), written.train().map(FrameExample::numbered));
    var examples =
        written
            .map(
                example ->
                    new FrameExample(
                        example.frames(),
                        spelling.read(example.numbered(), example.frames().name()).tags()))
            .inMemory();
    return new FrameTagJob(settings, learned(begun, examples), spelling, examples, seed);
  }

  static FrameReader learned(FrameReader begun, DataSet<FrameExample> examples) {
    return begun.learned(examples.train().map(FrameExample::frames).iterable());
  }

  /// The first steps of a long sequence.
  private Item item(FrameExample example) {
    var scaled = tagger.reader().scaled(example.frames());
    int length = Math.min(scaled.steps(), tagger.reader().most());
    int[] tags = new int[length];
    for (int t = 0; t < length; t++) {
      tags[t] = tagger.labels().id(example.tags().get(t));
    }
    return FrameReader.item(scaled.steps(0, length)).targets(TARGET, tags);
  }

  @Override
  public NnModule module() {
    return tagger.network();
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Optional<Pads> pads() {
    return epochs.pads();
  }

  /// How many steps it has.
  @Override
  public double weight(Batch batch) {
    return Arrays.stream(batch.numbers(Inputs.TEXT).lengths()).sum();
  }

  @Override
  public Tensor loss(Batch batch) {
    var inputs = Columns.inputs(batch);
    var targets = Columns.ids(batch, TARGET); // (B,T)
    return tagger.members().mean(member -> member.loss(inputs, targets, loss));
  }

  @Override
  public Map<String, Double> evaluate() {
    return tagger.judgement(examples.valid().toList()).metricsWithLoss();
  }

  @Override
  public List<Metric> metrics() {
    return TagJudgement.kinds(spelling.learned(), false);
  }

  @Override
  public Evaluation test() {
    return tagger.evaluate(examples.test().toList(), floor);
  }

  @Override
  public Floor floor() {
    var labels = tagger.labels();
    var steps = new ArrayList<double[]>();
    var tags = new ArrayList<Integer>();
    examples
        .train()
        .forEach(
            example -> {
              var scaled = scaled(example.frames());
              for (int t = 0; t < scaled.steps(); t++) {
                steps.add(GaussianBayes.features(scaled, t));
                tags.add(labels.id(example.tags().get(t)));
              }
            });
    var simple = GaussianBayes.train(steps, tags, labels.size());
    var test = examples.test().toList();
    String[][] said =
        test.stream()
            .map(example -> scaled(example.frames()))
            .map(scaled -> said(scaled, simple))
            .toArray(String[][]::new);
    floor = Optional.of(said);
    return new Floor(
        "naive Bayes over the numbers of each step", tagger.judgement(test, said).metrics());
  }

  private Frames scaled(Frames frames) {
    return tagger.reader().scaled(frames);
  }

  private String[] said(Frames scaled, GaussianBayes simple) {
    String[] said = new String[scaled.steps()];
    for (int t = 0; t < said.length; t++) {
      said[t] = tagger.labels().name(simple.predict(GaussianBayes.features(scaled, t)));
    }
    return said;
  }

  @Override
  public Sizes sizes() {
    return new Sizes(
        examples.train().toList().size(),
        examples.valid().toList().size(),
        examples.test().toList().size());
  }

  @Override
  public FrameTagger predictor() {
    return tagger;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    var train = examples.train().toList();
    long cut = train.stream().filter(each -> tagger.reader().cuts(each.frames())).count();
    if (cut > 0) {
      notices.add(
          "%,d of %,d training sequences have more than tokens.max_length %,d steps, of which only the"
                  .formatted(cut, train.size(), tagger.reader().most())
              + " first are learned from");
    }
    var labels = tagger.labels();
    for (var part : List.of("validation", "test")) {
      var judged = part.equals("test") ? examples.test() : examples.valid();
      var tags = judged.map(FrameExample::tags).toList();
      notices.addAll(TagJudgement.unlearned(labels, tags, "the %s split".formatted(part), "step"));
    }
    return notices;
  }
}
