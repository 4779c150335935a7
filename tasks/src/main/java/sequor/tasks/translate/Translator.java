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
import sequor.models.Hypothesis;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tasks.Inspected;
import sequor.tasks.Inspects;
import sequor.tasks.Models;
import sequor.tasks.Predictor;
import sequor.tasks.Reading;
import sequor.tasks.Searches;
import sequor.tasks.Tokenizes;
import sequor.text.Batch;
import sequor.text.Tokenizer;

/// Says a text in another language, or whatever else it was trained to answer.
///
/// ```java
/// var translator = Translator.load(Path.of("runs/multi30k-attention"));
/// translator.translate("Ein Hund rennt durch den Schnee.").text();   // A dog runs through the snow.
/// translator.withBeam(10).translate("Ein Hund.").hypotheses();       // the ten best
/// ```
public final class Translator
    implements Predictor<String, Translation>, Searches, Tokenizes, Inspects {
  private final PairReader reader;
  private final EncoderDecoder network;
  private final Saying saying;

  Translator(PairReader reader, EncoderDecoder network) {
    this.reader = reader;
    this.network = network;
    this.saying =
        Saying.of(network, reader.target().vocabulary(), reader.config().search(), this::read);
  }

  static EncoderDecoder network(PairReader reader, Seed seed) {
    var random = seed.child("parameters").generator();
    return reader.config().network().build(reader.sourceSize(), reader.targetSize(), random);
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws sequor.tasks.TaskException if there is none, or it is of another task
  public static Translator load(Path runOrModel) {
    return Models.load(runOrModel, Translator.class);
  }

  static Translator load(ModelDirectory directory, Settings settings) {
    var config = TranslateConfig.of(settings);
    var source = Tokenizer.load(directory.tokens());
    var target = config.vocabularies().joint() ? source : Tokenizer.load(directory.targetTokens());
    var reader = new PairReader(config, source, target);
    var network = network(reader, new Seed(0));
    directory.loadWeights(network.parameters());
    return new Translator(reader, network);
  }

  /// What it says of a text.
  public Translation translate(String text) {
    return predict(text);
  }

  /// The same that looks for the best among so many; 1 is greedy search.
  @Override
  public Translator withBeam(int beam) {
    return with(reader.config().search().withBeam(beam));
  }

  /// The same that searches otherwise.
  ///
  /// @throws sequor.settings.SettingsException if a number of it is out of its range
  public Translator with(BeamSearch.Config other) {
    var config = reader.config().with(other);
    return new Translator(new PairReader(config, reader.source(), reader.target()), network);
  }

  Translator greedy() {
    return withBeam(1);
  }

  PairReader reader() {
    return reader;
  }

  EncoderDecoder.Sources read(Batch batch) {
    return network.read(
        Columns.ids(batch, PairReader.SOURCE), Columns.spans(batch, PairReader.SOURCE));
  }

  @Override
  public List<Translation> predict(List<String> texts) {
    var reads = texts.stream().map(reader::read).toList();
    var items = reads.stream().map(read -> reader.item(read.encoding())).toList();
    var found = saying.search(items, this::limits);
    return IntStream.range(0, found.length)
        .mapToObj(i -> translation(texts.get(i), reads.get(i), List.of(found[i])))
        .toList();
  }

  private int[] limits(Batch batch) {
    return Arrays.stream(batch.ids(PairReader.SOURCE).lengths())
        .map(length -> reader.config().search().limit(length - 1))
        .toArray();
  }

  private Translation translation(String text, PairReader.Read read, List<Hypothesis> found) {
    var tokens = new ArrayList<>(reader.source().vocabulary().decode(read.encoding().ids()));
    tokens.add(reader.source().vocabulary().token(reader.source().vocabulary().eos()));
    var hypotheses = found.stream().map(each -> hypothesis(tokens, each)).toList();
    return new Translation(text, hypotheses, read.cut());
  }

  private Translation.Hypothesis hypothesis(List<String> source, Hypothesis found) {
    var vocabulary = reader.target().vocabulary();
    var target = new ArrayList<>(vocabulary.decode(found.tokens()));
    if (found.ended()) {
      target.add(vocabulary.token(vocabulary.eos()));
    }
    var weights = Arrays.stream(found.weights()).map(row -> inOrder(row, source.size())).toList();
    return new Translation.Hypothesis(
        reader.target().decode(found.tokens()),
        found.score(),
        found.logProbability(),
        found.ended(),
        new Alignment(source, target, weights));
  }

  /// The weights of the tokens of a source in the order of its text, without padding.
  private List<Float> inOrder(float[] row, int count) {
    boolean reverse = reader.config().order().reverse();
    return IntStream.range(0, count)
        .mapToObj(s -> row[reverse && s < count - 1 ? count - 2 - s : s])
        .toList();
  }

  /// The mean of −ln of the probability of each right token, where all before it are told.
  double natsPerToken(List<Example> examples) {
    return saying.natsPerToken(
        examples.stream().map(each -> reader.item(reader.read(each))).toList());
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var examples = rows.map(reader.config()::example);
    return evaluate(TranslateJob.Judged.of(examples).examples(), Optional.empty());
  }

  /// @param floor what a floor says of the same texts, if there is one
  Evaluation evaluate(List<Example> examples, Optional<List<String>> floor) {
    var judgement = judgement(examples);
    return new Evaluation(
        judgement.metrics(),
        judgement.intervals(floor.map(said -> judgement(examples, said))),
        judgement.sections(),
        judgement.predictions());
  }

  TranslateJudgement judgement(List<Example> examples) {
    var said = predict(examples.stream().map(Example::source).toList());
    return judgement(examples, said.stream().map(Translation::text).toList())
        .with(natsPerToken(examples));
  }

  TranslateJudgement judgement(List<Example> examples, List<String> said) {
    var scoring = reader.config().scoring();
    boolean lowerCase = scoring.lowerCase() || reader.config().tokens().lowerCase();
    return new TranslateJudgement(scoring, lowerCase, examples, said);
  }

  @Override
  public Inspected inspect(String text) {
    return new TranslateInspection(this, predict(text)).inspected();
  }

  @Override
  public Reading reading(String text) {
    return Reading.of(reader.source(), reader.config().tokens(), false, text);
  }

  @Override
  public String input(String text) {
    return text;
  }

  @Override
  public String input(Row row) {
    return row.field(reader.config().sourceColumn());
  }

  @Override
  public List<String> columns() {
    return List.of(reader.config().sourceColumn());
  }

  @Override
  public EncoderDecoder network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return reader.config().json(reader.source());
  }

  @Override
  public String pipeline() {
    return "translation";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters(), network.aliases());
    reader.source().save(directory.tokens());
    if (!reader.config().vocabularies().joint()) {
      reader.target().save(directory.targetTokens());
    }
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var translator = Translator.load(Path.of("%s"));
    IO.println(translator.translate("a sentence").text());\
    """
        .formatted(path);
  }
}
