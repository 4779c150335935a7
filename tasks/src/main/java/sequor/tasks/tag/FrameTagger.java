package sequor.tasks.tag;

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
import sequor.models.SequenceTagger;
import sequor.nn.Constraints;
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
import sequor.tasks.Streams;
import sequor.tasks.TaskException;
import sequor.text.Labels;

/// Says the tag of each step of a sequence of vectors.
///
/// ```java
/// var tagger = FrameTagger.load(Path.of("runs/valves"));
/// tagger.predict(Frames.of(new float[][] {{0.1f}, {0.9f}})).tags();      // [shut, open]
/// ```
///
/// A sequence longer than `tokens.max_length` is read in pieces, so that each step has its tag.
public final class FrameTagger
    implements Predictor<Frames, FrameTags>, Streams<FrameSession<FrameTags>> {
  private final Settings settings; // with the sections data, tokens and model
  private final FrameReader reader;
  private final Labels labels;
  private final TagSpelling spelling;
  private final Ensemble<SequenceTagger> network;
  private final Optional<Constraints> allowed;
  private final Once<TaggedSoFar.Networks> shared = new Once<>(() -> FrameTagSession.shared(this));

  /// One that has learned nothing yet.
  FrameTagger(
      Settings settings, FrameReader reader, Labels labels, TagSpelling spelling, Seed seed) {
    this.settings = settings;
    this.reader = reader;
    this.labels = labels;
    this.spelling = spelling;
    this.network = network(settings, reader, labels, seed);
    this.allowed = spelling.learned().map(scheme -> scheme.constraints(labels.names()));
  }

  private static Ensemble<SequenceTagger> network(
      Settings settings, FrameReader reader, Labels labels, Seed seed) {
    var model = settings.section("model");
    var encoder = EncoderKind.all().get(model.text("encoder")).config(model);
    var more = model.as(TagConfig.More.class);
    var size = InputSize.ofNumbers(reader.columns().size());
    return Ensemble.of(
        more.members(),
        seed.child("parameters"),
        random ->
            SequenceTagger.ofVectors(
                encoder.build(size, random), more.dropout(), more.head(), labels.size(), random));
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static FrameTagger load(Path runOrModel) {
    return Models.load(runOrModel, FrameTagger.class);
  }

  static FrameTagger load(ModelDirectory directory, Settings settings) {
    var config = directory.config().read();
    var tagger =
        new FrameTagger(
            settings,
            FrameReader.load(settings, config),
            Labels.load(directory.labels()),
            TagSpelling.load(TagConfig.spans(config.object("data")), config),
            new Seed(0));
    directory.loadWeights(tagger.network.parameters());
    return tagger;
  }

  @Override
  public List<FrameTags> predict(List<Frames> sequences) {
    var said = said(sequences);
    return IntStream.range(0, said.size())
        .mapToObj(i -> tagged(sequences.get(i), said.get(i)))
        .toList();
  }

  /// Reads a sequence as it comes, with steps that are tagged when they are read.
  ///
  /// @throws sequor.models.ModelException if it reads both ways, or with a CRF, and so needs all of
  ///   the sequence
  @Override
  public FrameSession<FrameTags> session() {
    return FrameTagSession.begin(this, shared.get());
  }

  @Override
  public FrameSession<FrameTags> session(byte[] bytes) {
    return FrameTagSession.of(this, shared.get(), bytes);
  }

  /// The likeliest tag of each step.
  ///
  /// @param probabilities of the tags // (steps, tags)
  FrameTags tagged(Frames frames, float[] probabilities) {
    return tagged(frames, Answers.of(probabilities, labels.size()));
  }

  private FrameTags tagged(Frames frames, Answers said) {
    var tags = new ArrayList<String>();
    var probabilities = new ArrayList<Double>();
    for (int t = 0; t < said.tags().length; t++) {
      tags.add(labels.name(said.tags()[t]));
      probabilities.add((double) said.rows()[t][said.tags()[t]]);
    }
    return new FrameTags(frames, tags, probabilities);
  }

  private List<Answers> said(List<Frames> sequences) {
    var scaled = sequences.stream().map(reader::scaled).toList();
    return Answers.of(
        network,
        labels.size(),
        allowed,
        sequences.stream().mapToInt(Frames::steps).toArray(),
        (i, from) -> Math.min(sequences.get(i).steps(), from + reader.most()),
        (i, from, to) -> FrameReader.item(scaled.get(i).steps(from, to)));
  }

  /// The tags that it knows.
  public Labels labels() {
    return labels;
  }

  FrameReader reader() {
    return reader;
  }

  Ensemble<SequenceTagger> members() {
    return network;
  }

  /// The sequence of a row, with its tags.
  ///
  /// @param data the section
  /// @throws DataException if a step has none
  static FrameExample example(Row row, Settings data, FrameReader reader) {
    var frames = reader.frames(row);
    var tags =
        row.parts().isEmpty()
            ? row.list(data.text("label"))
            : row.parts().stream().map(step -> Data.filled(data, step, "label")).toList();
    if (tags.size() != frames.steps()) {
      throw new DataException(
          "%s: expected a tag for each step, %d, got %d in column %s; mend the row"
              .formatted(row.place(), frames.steps(), tags.size(), data.text("label")));
    }
    return new FrameExample(frames, tags);
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var data = settings.section("data");
    var examples =
        rows.map(
            row -> {
              var example = example(row, data, reader);
              return new FrameExample(
                  example.frames(), spelling.read(example.numbered(), row.place()).tags());
            });
    return evaluate(examples.toList(), Optional.empty());
  }

  /// @param floor what a floor says of the same sequences, if there is one
  Evaluation evaluate(List<FrameExample> examples, Optional<String[][]> floor) {
    var judgement = judgement(examples);
    return new Evaluation(
        judgement.metrics(),
        judgement.intervals(floor.map(said -> judgement(examples, said))),
        judgement.sections(),
        judgement.predictions(),
        TagJudgement.unlearned(
            labels, examples.stream().map(FrameExample::tags).toList(), "what is judged", "step"));
  }

  TagJudgement judgement(List<FrameExample> examples) {
    var judgement = judgement();
    var said = said(examples.stream().map(FrameExample::frames).toList());
    for (int i = 0; i < examples.size(); i++) {
      judgement.add(examples.get(i).numbered(), said.get(i));
    }
    return judgement;
  }

  TagJudgement judgement(List<FrameExample> examples, String[][] said) {
    var judgement = judgement();
    for (int i = 0; i < examples.size(); i++) {
      judgement.add(examples.get(i).numbered(), said[i]);
    }
    return judgement;
  }

  private TagJudgement judgement() {
    return new TagJudgement(labels, spelling.learned(), Optional.empty());
  }

  /// @throws TaskException always
  @Override
  public Frames input(String text) {
    throw reader.noText("tagger");
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
    return spelling.savedIn(reader.config(TagTask.NAME, settings, "data", "tokens", "model"));
  }

  @Override
  public String pipeline() {
    return "token-classification";
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
    var tagger = FrameTagger.load(Path.of("%s"));
    IO.println(tagger.predict(Frames.of(steps)).tags()); // float[][], %d numbers a step\
    """
        .formatted(path, reader.columns().size());
  }
}
