package sequor.tasks.embed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import sequor.tasks.Evaluation;
import sequor.tasks.LearnedVectors;
import sequor.tasks.Models;
import sequor.tasks.Once;
import sequor.tasks.embed.WordQuestions.Analogy;
import sequor.vectors.Neighbors;
import sequor.vectors.Neighbors.Scored;
import sequor.vectors.VectorReading;
import sequor.vectors.VectorsException;
import sequor.vectors.WordVectors;

/// Word vectors that are asked for words as people write them.
///
/// A run spells a word as the texts were spelled that it learned from. Vectors of a file have it as
/// it stands, or in small letters where they have it only so; those with n-grams have every word as
/// it stands.
///
/// ```java
/// var asked = AskedVectors.of(Path.of("glove.6B.100d.txt"));
/// asked.neighbors().of(asked.spelled("Ship"), 10);
/// asked.evaluate(Path.of("questions-words.txt")).metrics();
/// ```
///
/// It is immutable and shared by threads.
public final class AskedVectors {
  private final WordVectors vectors;
  private final UnaryOperator<String> spelling;
  private final Once<Neighbors> neighbors;

  AskedVectors(WordVectors vectors, UnaryOperator<String> spelling) {
    this.vectors = vectors;
    this.spelling = spelling;
    this.neighbors = new Once<>(() -> Neighbors.of(vectors));
  }

  /// Those of a file of word vectors, or of a run or model.
  ///
  /// @throws VectorsException if the file holds none, with the line
  /// @throws sequor.tasks.TaskException if the model has none
  public static AskedVectors of(Path fileOrRun) {
    return of(VectorReading.of(fileOrRun));
  }

  /// Those of a file, of which only some may be read, or of a run or model.
  ///
  /// @throws VectorsException if the file holds none, with the line
  /// @throws sequor.tasks.TaskException if the model has none
  public static AskedVectors of(VectorReading reading) {
    if (!Files.isDirectory(reading.file())) {
      return of(reading.read());
    }
    return Models.load(reading.file()) instanceof Embedder embedder
        ? embedder.asked()
        : of(LearnedVectors.of(reading.file()));
  }

  /// Those of a program.
  public static AskedVectors of(WordVectors vectors) {
    return new AskedVectors(
        vectors,
        word -> {
          String small = word.toLowerCase(Locale.ROOT);
          boolean onlySmall = !vectors.contains(word) && vectors.contains(small);
          return onlySmall && vectors.subwords().isEmpty() ? small : word;
        });
  }

  /// The vectors themselves.
  public WordVectors vectors() {
    return vectors;
  }

  /// Which words are near, of words as the vectors spell them.
  public Neighbors neighbors() {
    return neighbors.get();
  }

  /// How the vectors spell a word.
  public String spelled(String word) {
    return spelling.apply(word);
  }

  /// How they do on a file of questions: pairs of words with how alike people find them, and
  /// analogies (as [WordQuestions] describes them).
  ///
  /// @throws sequor.data.DataException if the file is none of questions, with the line
  public Evaluation evaluate(Path questions) {
    return WordJudgement.of(this, WordQuestions.read(questions));
  }

  /// Whether a file is one of questions, by its first lines.
  public static boolean areQuestions(Path file) {
    return WordQuestions.areIn(file);
  }

  OptionalDouble cosine(String first, String second) {
    String one = spelled(first);
    String other = spelled(second);
    return vectors.vector(one).isEmpty() || vectors.vector(other).isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(neighbors().similarity(one, other));
  }

  /// The words that complete analogies; none where one of the four words is none of the words.
  List<Optional<String>> answers(List<Analogy> asked) {
    var queries = new ArrayList<Neighbors.Query>();
    int[] places = new int[asked.size()]; // of its query
    for (int i = 0; i < asked.size(); i++) {
      var each = asked.get(i);
      boolean all = each.words().map(this::spelled).allMatch(vectors::contains);
      places[i] = all ? queries.size() : -1;
      if (all) {
        queries.add(neighbors().analogy(spelled(each.a()), spelled(each.b()), spelled(each.c())));
      }
    }
    var nearest = queries.isEmpty() ? List.<List<Scored>>of() : neighbors().of(queries, 1);
    return Arrays.stream(places)
        .mapToObj(
            place ->
                place < 0
                    ? Optional.<String>empty()
                    : nearest.get(place).stream().findFirst().map(Scored::word))
        .toList();
  }

  /// The place of a word among the words, which are sorted by how frequent they are; behind all if
  /// it is none of them.
  int rank(String word) {
    return vectors.index(spelled(word)).orElse(vectors.size());
  }
}
