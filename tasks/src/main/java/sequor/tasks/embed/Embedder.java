package sequor.tasks.embed;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.nn.Embedding;
import sequor.nn.NnModule;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Evaluation;
import sequor.tasks.HasWordVectors;
import sequor.tasks.Intervals;
import sequor.tasks.Models;
import sequor.tasks.Predictor;
import sequor.tasks.TaskException;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;
import sequor.train.Bootstrap;
import sequor.vectors.Neighbors;
import sequor.vectors.VectorsException;
import sequor.vectors.WordVectors;

/// Word vectors that were trained here, with what cuts a text into their words. It is immutable and
/// shared by threads.
///
/// ```java
/// var embedder = Embedder.load(Path.of("runs/wikipedia"));
/// embedder.predict("ship").words().getFirst();      // the nearest word
/// embedder.vectors().write(Path.of("ships.vec"));   // for others
/// ```
public final class Embedder implements Predictor<String, Nearby>, HasWordVectors {
  /// What tells how good vectors are where nobody asks them anything.
  static final String CLOZE = "cloze_accuracy";

  private static final int MOST_GAPS = 200_000;
  private static final int NEAREST = 10;
  private static final int MOST_SHOWN = 1000; // rows of what was said of gaps

  private final EmbedConfig config;
  private final Cutting cutting;
  private final WordVectors vectors;
  private final Optional<DocumentVectors> documents;
  private final AskedVectors asked;

  Embedder(EmbedConfig config, Cutting cutting, WordVectors vectors) {
    this(config, cutting, vectors, Optional.empty());
  }

  /// @param documents of texts, if these have vectors
  Embedder(
      EmbedConfig config,
      Cutting cutting,
      WordVectors vectors,
      Optional<DocumentVectors> documents) {
    this.config = config;
    this.cutting = cutting;
    this.vectors = vectors;
    this.documents = documents;
    this.asked = new AskedVectors(vectors, this::spelled);
  }

  /// Loads the vectors of a run, or of a model directory.
  ///
  /// @throws sequor.tasks.TaskException if there is none, or it is of another task
  public static Embedder load(Path runOrModel) {
    return Models.load(runOrModel, Embedder.class);
  }

  static Embedder load(ModelDirectory directory, Settings settings) {
    var tokenizer = Tokenizer.load(directory.tokens());
    var phrases = directory.phrases();
    var cutting =
        phrases.exists() ? Cutting.of(tokenizer, Phrases.load(phrases)) : Cutting.of(tokenizer);
    var vectors = WordVectors.read(directory.vectors());
    var config = EmbedConfig.of(settings);
    var documents =
        config.model().documents()
            ? Optional.of(DocumentVectors.load(directory, config.model(), vectors.size()))
            : Optional.<DocumentVectors>empty();
    return new Embedder(config, cutting.only(vectors.words()), vectors, documents);
  }

  @Override
  public WordVectors vectors() {
    return vectors;
  }

  /// Which words are near.
  public Neighbors neighbors() {
    return asked.neighbors();
  }

  /// The vectors of the texts that were learned from, by their names: the place of each in its
  /// file, or its number, from 1.
  ///
  /// @throws TaskException if texts have none (`model.documents`)
  public WordVectors documents() {
    return ofDocuments().documents();
  }

  /// The texts, of those that were learned from, that are nearest to a text, whose vector is
  /// learned for that.
  ///
  /// @throws TaskException if texts have no vectors (`model.documents`)
  /// @throws sequor.vectors.VectorsException if the text has no word with a vector
  public List<Neighbors.Scored> nearestDocuments(String text, int count) {
    return ofDocuments().neighbors().of(infer(text), count, Set.of());
  }

  /// The vector of any text, which is learned from its words, always the same. // (D)
  ///
  /// @throws TaskException if texts have no vectors (`model.documents`)
  /// @throws sequor.vectors.VectorsException if the text has no word with a vector
  public float[] infer(String text) {
    int[] numbers =
        Arrays.stream(cutting.numbers(text)).filter(number -> number != Cutting.NONE).toArray();
    if (numbers.length == 0) {
      throw new VectorsException(
          "no vector of \"%s\", which has none of the %,d words; write more of it"
              .formatted(text, vectors.size()));
    }
    return ofDocuments().infer(numbers, vectors);
  }

  private DocumentVectors ofDocuments() {
    return documents.orElseThrow(
        () ->
            new TaskException(
                "embed: expected a model with vectors of texts, got one of words alone; train it with"
                    + " model.documents=true"));
  }

  /// The mean of the vectors of a text's words, those without one left out; none if all are. // (D)
  public Optional<float[]> vector(String text) {
    float[] mean = new float[vectors.dimension()];
    int count = 0;
    for (var token : cutting.tokens(text)) {
      var vector = vectors.vector(token);
      if (vector.isPresent()) {
        count++;
        for (int d = 0; d < mean.length; d++) {
          mean[d] += vector.get()[d];
        }
      }
    }
    for (int d = 0; d < mean.length; d++) {
      mean[d] /= Math.max(1, count);
    }
    return count == 0 ? Optional.empty() : Optional.of(mean);
  }

  @Override
  public List<Nearby> predict(List<String> texts) {
    return texts.stream()
        .map(
            text ->
                new Nearby(
                    text,
                    vector(text)
                        .map(
                            mean -> neighbors().of(mean, NEAREST, Set.copyOf(cutting.tokens(text))))
                        .orElse(List.of())))
        .toList();
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

  /// How a word of a question is spelled here: in small letters, where the text was read so.
  String spelled(String word) {
    var tokens = cutting.tokens(word);
    return tokens.size() == 1 ? tokens.getFirst() : word;
  }

  /// The vectors, asked for words as people write them.
  public AskedVectors asked() {
    return asked;
  }

  /// How they do on questions about words ([WordQuestions]), or on text, whose words they are to
  /// tell from others.
  @Override
  public Evaluation evaluate(Source<Row> rows) {
    return WordQuestions.isAsked(rows, config.textColumn())
        ? WordJudgement.of(asked, WordQuestions.of(rows.toList(), config.textColumn()))
        : evaluate(Corpus.of(rows.map(this::input).iterable(), cutting), vectors::row);
  }

  /// How vectors do on text.
  ///
  /// @param vector of each word
  Evaluation evaluate(Corpus text, IntFunction<float[]> vector) {
    var gaps = Cloze.of(text, MOST_GAPS).fill(vector);
    double right = gaps.stream().filter(Cloze.Gap::right).count();
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put(CLOZE, gaps.isEmpty() ? Double.NaN : right / gaps.size());
    metrics.put("word_coverage", text.lexicon().total() / (double) Math.max(1, text.words()));
    var words = text.lexicon().words();
    var bands = new BandTable("word's place");
    gaps.forEach(gap -> bands.add(Band.of(gap.word()), gap.right()));
    var shown =
        gaps.stream()
            .limit(MOST_SHOWN)
            .map(
                gap ->
                    List.of(words.get(gap.word()), words.get(gap.drawn()), gap.right() ? "1" : "0"))
            .toList();
    return new Evaluation(
        metrics,
        new Intervals(gaps.isEmpty() ? Map.of() : Map.of(CLOZE, interval(gaps)), Map.of()),
        gaps.isEmpty() ? List.of() : List.of(bands.section()),
        new Evaluation.Predictions(List.of("word", "drawn", "told_apart"), shown));
  }

  private static Bootstrap.Interval interval(List<Cloze.Gap> gaps) {
    boolean[] right = new boolean[gaps.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = gaps.get(i).right();
    }
    return Bootstrap.intervals(
            right.length,
            new Seed(1).child("bootstrap"),
            times -> {
              long sum = 0;
              for (int i = 0; i < right.length; i++) {
                sum += right[i] ? times[i] : 0;
              }
              return new double[] {sum / (double) right.length};
            })
        .getFirst();
  }

  /// The vectors as a layer; the vectors of words, where these are made of others too.
  @Override
  public NnModule network() {
    int d = vectors.dimension();
    float[] all = new float[Math.multiplyExact(vectors.size(), d)];
    for (int word = 0; word < vectors.size(); word++) {
      vectors.copyRow(word, all, word * d);
    }
    return Embedding.of(Tensor.of(all, vectors.size(), d));
  }

  @Override
  public JsonObject config() {
    return config.json();
  }

  @Override
  public String pipeline() {
    return "feature-extraction";
  }

  @Override
  public void save(ModelDirectory directory) {
    vectors.write(directory.vectors());
    cutting.tokenizer().save(directory.tokens());
    if (!cutting.phrases().isEmpty()) {
      cutting.phrases().save(directory.phrases());
    }
    documents.ifPresent(some -> some.save(directory));
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var embedder = Embedder.load(Path.of("%s"));
    IO.println(embedder.predict("a word").words());\
    """
        .formatted(path);
  }
}
