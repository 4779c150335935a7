package sequor.tasks.translate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.BeamSearch;
import sequor.models.EncoderDecoder;
import sequor.models.EncoderDecoderKind;
import sequor.models.Hypothesis;
import sequor.models.InputSize;
import sequor.models.Inputs;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tasks.FrameReader;
import sequor.tasks.Frames;
import sequor.tasks.Models;
import sequor.tasks.Predictor;
import sequor.tasks.Searches;
import sequor.tasks.TaskException;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// Says a text of a vector, or of a sequence of them: the shape of captions of images and films.
///
/// ```java
/// var translator = FrameTranslator.load(Path.of("runs/captions"));
/// translator.predict(Frames.of(new float[] {0.1f, 0.7f, 0.2f})).text();    // a red ball
/// ```
public final class FrameTranslator implements Predictor<Frames, Translation>, Searches {
  private final Settings settings; // with the sections data, tokens, model, search and score
  private final FrameReader reader;
  private final Tokenizer tokenizer;
  private final EncoderDecoder network;
  private final BeamSearch.Config search;
  private final Saying saying;

  private FrameTranslator(
      Settings settings,
      FrameReader reader,
      Tokenizer tokenizer,
      EncoderDecoder network,
      BeamSearch.Config search) {
    this.settings = settings;
    this.reader = reader;
    this.tokenizer = tokenizer;
    this.network = network;
    this.search = search;
    this.saying = Saying.of(network, tokenizer.vocabulary(), search, this::read);
  }

  /// One that has learned nothing yet.
  FrameTranslator(Settings settings, FrameReader reader, Tokenizer tokenizer, Seed seed) {
    this(
        settings,
        reader,
        tokenizer,
        network(settings, reader, tokenizer, seed),
        settings.section("search").as(BeamSearch.Config.class));
  }

  private static EncoderDecoder network(
      Settings settings, FrameReader reader, Tokenizer tokenizer, Seed seed) {
    var model = settings.section("model");
    var vocabulary = tokenizer.vocabulary();
    return EncoderDecoderKind.all()
        .get(model.text("architecture"))
        .config(model)
        .build(
            InputSize.ofNumbers(reader.columns().size()),
            InputSize.ofIds(vocabulary.size(), vocabulary.pad()),
            seed.child("parameters").generator());
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static FrameTranslator load(Path runOrModel) {
    return Models.load(runOrModel, FrameTranslator.class);
  }

  static FrameTranslator load(ModelDirectory directory, Settings settings) {
    var translator =
        new FrameTranslator(
            settings,
            FrameReader.load(settings, directory.config().read()),
            Tokenizer.load(directory.tokens()),
            new Seed(0));
    directory.loadWeights(translator.network.parameters());
    return translator;
  }

  /// The same that looks for the best among so many; 1 is greedy search.
  @Override
  public FrameTranslator withBeam(int beam) {
    return new FrameTranslator(settings, reader, tokenizer, network, search.withBeam(beam));
  }

  FrameReader reader() {
    return reader;
  }

  /// What cuts the texts that are said.
  Tokenizer tokenizer() {
    return tokenizer;
  }

  EncoderDecoder.Sources read(Batch batch) {
    return network.read(Columns.numbers(batch, Inputs.TEXT), Columns.spans(batch, Inputs.TEXT));
  }

  /// What a network reads of a sequence.
  Item item(Frames frames) {
    return FrameReader.item(reader.cut(reader.scaled(frames)));
  }

  /// And what it is to say of it.
  Item item(FrameExample example) {
    var whole = tokenizer.encode(example.target());
    return PairReader.said(
        item(example.frames()), tokens().cut(whole).ids(), tokenizer.vocabulary());
  }

  TokenSettings tokens() {
    return settings.section("tokens").as(TokenSettings.class);
  }

  @Override
  public List<Translation> predict(List<Frames> sequences) {
    int most = tokens().maxLength();
    var found =
        saying.search(
            sequences.stream().map(this::item).toList(),
            batch -> {
              int[] limits = new int[batch.size()];
              Arrays.fill(limits, most); // a single vector may be said at any length
              return limits;
            });
    return IntStream.range(0, found.length)
        .mapToObj(i -> translation(sequences.get(i), found[i]))
        .toList();
  }

  private Translation translation(Frames frames, Hypothesis[] found) {
    int read = reader.cut(frames).steps();
    var hypotheses = Arrays.stream(found).map(each -> hypothesis(read, each)).toList();
    return new Translation(frames.name(), hypotheses, reader.cuts(frames));
  }

  private Translation.Hypothesis hypothesis(int read, Hypothesis found) {
    var vocabulary = tokenizer.vocabulary();
    var target = new ArrayList<>(vocabulary.decode(found.tokens()));
    if (found.ended()) {
      target.add(vocabulary.token(vocabulary.eos()));
    }
    var steps = IntStream.rangeClosed(1, read).mapToObj(String::valueOf).toList();
    var weights =
        Arrays.stream(found.weights())
            .map(row -> IntStream.range(0, read).mapToObj(s -> row[s]).toList())
            .toList();
    return new Translation.Hypothesis(
        tokenizer.decode(found.tokens()),
        found.score(),
        found.logProbability(),
        found.ended(),
        new Alignment(steps, target, weights));
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var data = settings.section("data");
    return evaluate(rows.map(row -> example(row, data, reader)).toList(), Optional.empty());
  }

  /// The sequence of a row, with what is to be said of it.
  ///
  /// @param data the section
  static FrameExample example(Row row, Settings data, FrameReader reader) {
    return new FrameExample(reader.frames(row), row.field(data.text("target")));
  }

  /// @param floor what a floor says of the same examples, if there is one
  Evaluation evaluate(List<FrameExample> examples, Optional<List<String>> floor) {
    var judgement = judgement(examples);
    return new Evaluation(
        judgement.metrics(),
        judgement.intervals(floor.map(said -> judgement(examples, said))),
        judgement.sections(),
        judgement.predictions());
  }

  TranslateJudgement judgement(List<FrameExample> examples) {
    var said = predict(examples.stream().map(FrameExample::frames).toList());
    return judgement(examples, said.stream().map(Translation::text).toList())
        .with(saying.natsPerToken(examples.stream().map(this::item).toList()));
  }

  TranslateJudgement judgement(List<FrameExample> examples, List<String> said) {
    var scoring = settings.section("score").as(TranslateConfig.Scoring.class);
    boolean lowerCase = scoring.lowerCase() || tokens().lowerCase();
    var named = examples.stream().map(FrameExample::named).toList();
    return new TranslateJudgement(scoring, lowerCase, named, said);
  }

  /// @throws TaskException always
  @Override
  public Frames input(String text) {
    throw reader.noText("translator");
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
  public EncoderDecoder network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return reader
        .config(TranslateTask.NAME, settings, "data", "tokens", "model", "score")
        .with("search", Settings.json(search));
  }

  @Override
  public String pipeline() {
    return "image-to-text";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters(), network.aliases());
    tokenizer.save(directory.tokens());
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var translator = FrameTranslator.load(Path.of("%s"));
    IO.println(translator.predict(Frames.of(steps)).text()); // float[][], %d numbers a step\
    """
        .formatted(path, reader.columns().size());
  }
}
