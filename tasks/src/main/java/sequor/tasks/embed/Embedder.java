package sequor.tasks.embed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import sequor.tasks.Once;
import sequor.tasks.Predictor;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;
import sequor.train.Bootstrap;
import sequor.vectors.Neighbors;
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
  private final Tokenizer tokenizer;
  private final WordVectors vectors;
  private final Once<Neighbors> neighbors;

  Embedder(EmbedConfig config, Tokenizer tokenizer, WordVectors vectors) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.vectors = vectors;
    this.neighbors = new Once<>(() -> Neighbors.of(vectors));
  }

  /// Loads the vectors of a run, or of a model directory.
  ///
  /// @throws sequor.tasks.TaskException if there is none, or it is of another task
  public static Embedder load(Path runOrModel) {
    return Models.load(runOrModel, Embedder.class);
  }

  static Embedder load(ModelDirectory directory, Settings settings) {
    return new Embedder(
        EmbedConfig.of(settings),
        Tokenizer.load(directory.tokens()),
        WordVectors.read(directory.vectors()));
  }

  @Override
  public WordVectors vectors() {
    return vectors;
  }

  /// Which words are near.
  public Neighbors neighbors() {
    return neighbors.get();
  }

  /// The mean of the vectors of a text's words, those without one left out; none if all are. // (D)
  public Optional<float[]> vector(String text) {
    float[] mean = new float[vectors.dimension()];
    int count = 0;
    for (var token : tokenizer.tokens(text)) {
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
                            mean ->
                                neighbors().of(mean, NEAREST, Set.copyOf(tokenizer.tokens(text))))
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
    var tokens = tokenizer.tokens(word);
    return tokens.size() == 1 ? tokens.getFirst() : word;
  }

  OptionalDouble cosine(String first, String second) {
    var one = vectors.vector(spelled(first));
    var other = vectors.vector(spelled(second));
    return one.isEmpty() || other.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(neighbors().similarity(spelled(first), spelled(second)));
  }

  /// The word that completes an analogy; none if one of its four words is none of these.
  Optional<String> answer(WordQuestions.Analogy asked) {
    var words = List.of(spelled(asked.a()), spelled(asked.b()), spelled(asked.c()));
    if (!words.stream().allMatch(vectors::contains) || !vectors.contains(spelled(asked.d()))) {
      return Optional.empty();
    }
    var nearest = neighbors().analogy(words.get(0), words.get(1), words.get(2), 1);
    return nearest.stream().findFirst().map(Neighbors.Scored::word);
  }

  /// How they do on questions about words ([WordQuestions]), or on text, whose words they are to
  /// tell from others.
  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var head = new ArrayList<String>();
    try (var cursor = rows.open()) {
      while (head.size() < 2 && cursor.hasNext()) {
        head.add(input(cursor.next()));
      }
    }
    return WordQuestions.isAsked(head)
        ? WordJudgement.of(this, WordQuestions.of(rows.toList(), config.textColumn()))
        : evaluate(Corpus.of(rows.map(this::input).iterable(), tokenizer), vectors::row);
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
        List.of(),
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
    tokenizer.save(directory.tokens());
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
