package sequor.tasks.tag;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.InputSize;
import sequor.models.SequenceTagger;
import sequor.models.TokenVectors;
import sequor.models.WordEmbedding;
import sequor.nn.Constraints;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Evaluation;
import sequor.tasks.Inspected;
import sequor.tasks.Inspects;
import sequor.tasks.Models;
import sequor.tasks.Once;
import sequor.tasks.Predictor;
import sequor.tasks.Reading;
import sequor.tasks.Streams;
import sequor.tasks.TaskException;
import sequor.tasks.TokenSession;
import sequor.tasks.Tokenizes;
import sequor.text.Labels;
import sequor.text.Tokenizer;

/// Says the tag of each word of a sentence.
///
/// ```java
/// var tagger = Tagger.load(Path.of("runs/ewt-upos"));
/// tagger.tag("The old boat sank.").tags();                  // [DET, ADJ, NOUN, VERB, PUNCT]
/// tagger.tag(List.of("The", "old", "boat", "sank", "."));   // cut by somebody else
/// ```
///
/// A sentence longer than `tokens.max_length` is read in pieces, so that each word has its tag.
public final class Tagger
    implements Predictor<Words, Tagged>, Tokenizes, Streams<TokenSession<Tagged>>, Inspects {
  private final WordReader reader;
  private final Labels labels;
  private final Lexicon lexicon;
  private final TagSpelling spelling;
  private final Ensemble<SequenceTagger> network;
  private final Optional<Constraints> allowed;
  private final Once<TaggedSoFar.Networks> shared = new Once<>(() -> TagSession.shared(this));

  Tagger(
      WordReader reader,
      Labels labels,
      Lexicon lexicon,
      TagSpelling spelling,
      Ensemble<SequenceTagger> network) {
    this.reader = reader;
    this.labels = labels;
    this.lexicon = lexicon;
    this.spelling = spelling;
    this.network = network;
    this.allowed = spelling.learned().map(scheme -> scheme.constraints(labels.names()));
  }

  /// Networks that have learned nothing yet.
  static Ensemble<SequenceTagger> network(
      WordReader reader,
      Labels labels,
      Lexicon lexicon,
      Optional<TokenVectors> vectors,
      Seed seed) {
    var known = reader.config().known(labels, lexicon.table());
    return Ensemble.of(
        reader.config().more().members(),
        seed.child("parameters"),
        random ->
            reader.pieces().isPresent()
                ? ofPieces(reader, labels, known, random)
                : ofWords(reader, labels, lexicon, known, vectors, random));
  }

  private static SequenceTagger ofWords(
      WordReader reader,
      Labels labels,
      Lexicon lexicon,
      SequenceTagger.Known known,
      Optional<TokenVectors> vectors,
      RandomGenerator random) {
    var config = reader.config();
    var vocabulary = reader.words().vocabulary();
    var letters = reader.parts().vocabulary();
    var ids = InputSize.ofIds(vocabulary.size(), vocabulary.pad());
    var words =
        new WordEmbedding(
            config.words(),
            vectors.map(ids::with).orElse(ids),
            config.encoder().tokenSize(),
            InputSize.ofIds(letters.size(), letters.pad()),
            vocabulary.unk(),
            lexicon.table().times(),
            random);
    return new SequenceTagger(
        words,
        config.encoder().build(InputSize.ofNumbers(words.width()), random),
        config.more().dropout(),
        config.more().head(),
        labels.size(),
        known,
        random);
  }

  private static SequenceTagger ofPieces(
      WordReader reader, Labels labels, SequenceTagger.Known known, RandomGenerator random) {
    var config = reader.config();
    var vocabulary = reader.parts().vocabulary();
    var size = InputSize.ofIds(vocabulary.size(), vocabulary.pad());
    var bert = config.bert().orElseThrow().build(size, random);
    config.start().ifPresent(published -> published.loadInto(bert));
    return SequenceTagger.ofPieces(
        bert, config.more().dropout(), config.more().head(), labels.size(), known, random);
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static Tagger load(Path runOrModel) {
    return Models.load(runOrModel, Tagger.class);
  }

  static Tagger load(ModelDirectory directory, Settings settings) {
    var labels = Labels.load(directory.labels());
    var config = TagConfig.of(settings);
    var reader =
        new WordReader(
            config,
            Tokenizer.load(directory.tokens()),
            Tokenizer.load(config.bert().isPresent() ? directory.pieces() : directory.letters()));
    var vocabulary = reader.words().vocabulary();
    var lexicon = Lexicon.load(directory.lexicon(), vocabulary, labels.size());
    var network = network(reader, labels, lexicon, Optional.empty(), new Seed(0));
    directory.loadWeights(network.parameters());
    var spelling = TagSpelling.load(reader.config().spans(), directory.config().read());
    return new Tagger(reader, labels, lexicon, spelling, network);
  }

  /// What it says of a text, which it cuts into words.
  public Tagged tag(String text) {
    return predict(input(text));
  }

  /// What it says of words that somebody else has cut.
  public Tagged tag(List<String> tokens) {
    return predict(Words.of(tokens));
  }

  /// Reads a sentence as it comes, with words that are tagged when they are read.
  ///
  /// @throws sequor.models.ModelException if it reads both ways, or with a CRF, and so needs all of
  ///   the sentence
  @Override
  public TokenSession<Tagged> session() {
    return TagSession.begin(this, shared.get());
  }

  @Override
  public TokenSession<Tagged> session(byte[] bytes) {
    return TagSession.of(this, shared.get(), bytes);
  }

  /// The tags that it knows.
  public Labels labels() {
    return labels;
  }

  WordReader reader() {
    return reader;
  }

  Ensemble<SequenceTagger> members() {
    return network;
  }

  @Override
  public Inspected inspect(String text) {
    return new TagInspection(reader, labels, network).of(text, tag(text));
  }

  @Override
  public List<Tagged> predict(List<Words> sentences) {
    var said = said(sentences.stream().map(Words::tokens).toList());
    return IntStream.range(0, said.size())
        .mapToObj(i -> tagged(sentences.get(i), said.get(i)))
        .toList();
  }

  /// The likeliest tag of each word.
  ///
  /// @param probabilities of the tags // (words, tags)
  Tagged tagged(Words words, float[] probabilities) {
    return tagged(words, Answers.of(probabilities, labels.size()));
  }

  private Tagged tagged(Words words, Answers said) {
    var tags = new ArrayList<String>();
    var probabilities = new ArrayList<Double>();
    for (int t = 0; t < said.tags().length; t++) {
      tags.add(labels.name(said.tags()[t]));
      probabilities.add((double) said.rows()[t][said.tags()[t]]);
    }
    return new Tagged(words, tags, probabilities);
  }

  /// What is said of sentences, in the order given.
  List<Answers> said(List<List<String>> sentences) {
    return Answers.of(
        network,
        labels.size(),
        allowed,
        sentences.stream().mapToInt(List::size).toArray(),
        (i, from) -> reader.end(sentences.get(i), from),
        (i, from, to) -> reader.item(sentences.get(i).subList(from, to)));
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var examples = rows.map(row -> spelling.read(reader.config().example(row), row.place()));
    return evaluate(examples.toList(), Optional.empty());
  }

  /// @param floor what a floor says of the same sentences, if there is one
  Evaluation evaluate(List<Example> examples, Optional<String[][]> floor) {
    var judgement = judgement(examples);
    return new Evaluation(
        judgement.metrics(),
        judgement.intervals(floor.map(said -> judgement(examples, said))),
        judgement.sections(),
        judgement.predictions(),
        TagJudgement.unlearned(
            labels, examples.stream().map(Example::tags).toList(), "what is judged", "word"));
  }

  TagJudgement judgement(List<Example> examples) {
    var judgement = new TagJudgement(labels, spelling.learned(), Optional.of(this::kind));
    var said = said(examples.stream().map(Example::tokens).toList());
    for (int i = 0; i < examples.size(); i++) {
      judgement.add(examples.get(i), said.get(i));
    }
    return judgement;
  }

  TagJudgement judgement(List<Example> examples, String[][] said) {
    var judgement = new TagJudgement(labels, spelling.learned(), Optional.of(this::kind));
    for (int i = 0; i < examples.size(); i++) {
      judgement.add(examples.get(i), said[i]);
    }
    return judgement;
  }

  private Lexicon.Kind kind(String word) {
    return lexicon.kind(reader.id(word));
  }

  @Override
  public Reading reading(String text) {
    return reader.reading(text);
  }

  @Override
  public Words input(String text) {
    return reader.cut(text);
  }

  @Override
  public Words input(Row row) {
    return reader.config().words(row);
  }

  @Override
  public List<String> columns() {
    return List.of(reader.config().textColumn());
  }

  @Override
  public boolean saysOfPieces() {
    return true;
  }

  @Override
  public NnModule network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return spelling.savedIn(reader.config().json(reader.words()));
  }

  @Override
  public String pipeline() {
    return "token-classification";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters());
    reader.words().save(directory.tokens());
    reader.parts().save(reader.pieces().isPresent() ? directory.pieces() : directory.letters());
    labels.save(directory.labels());
    lexicon.save(directory.lexicon());
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var tagger = Tagger.load(Path.of("%s"));
    IO.println(tagger.tag("a sentence").tags());\
    """
        .formatted(path);
  }
}
