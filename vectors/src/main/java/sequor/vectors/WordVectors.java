package sequor.vectors;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import sequor.AtomicFile;

/// Words, each with a vector of D numbers. It is immutable and shared by threads.
///
/// ```java
/// var vectors = WordVectors.read(Path.of("glove.6B.100d.txt"));
/// vectors.vector("king").orElseThrow();      // 100 numbers
/// vectors.words().getFirst();                // the most frequent, in the files that are published
/// ```
///
/// Vectors with subwords, as fastText's `.bin` has them, answer for words too that are not there.
public final class WordVectors {
  private final String format;
  private final List<String> words;
  private final Map<String, Integer> index;
  private final int dimension;
  private final Rows rows;
  private final Optional<SubwordTable> subwords;
  private final List<String> notices;

  /// @param index the place of each word in `words`
  WordVectors(
      String format,
      List<String> words,
      Map<String, Integer> index,
      int dimension,
      Rows rows,
      List<String> notices) {
    this(format, words, index, dimension, rows, Optional.empty(), notices);
  }

  WordVectors(
      String format,
      List<String> words,
      Map<String, Integer> index,
      int dimension,
      Rows rows,
      Optional<SubwordTable> subwords,
      List<String> notices) {
    this.format = format;
    this.words = List.copyOf(words);
    this.index = index;
    this.dimension = dimension;
    this.rows = rows;
    this.subwords = subwords;
    this.notices = List.copyOf(notices);
  }

  /// Reads a file, in the format that its content has.
  ///
  /// @throws VectorsException if it does not hold word vectors, with the line
  /// @throws sequor.FileException if it cannot be read
  public static WordVectors read(Path file) {
    return VectorReading.of(file).read();
  }

  /// Reads the vectors of some words alone, which costs the memory of these.
  ///
  /// @throws VectorsException if the file does not hold word vectors, with the line
  /// @throws sequor.FileException if it cannot be read
  public static WordVectors read(Path file, Set<String> wanted) {
    return VectorReading.of(file).only(wanted).read();
  }

  /// Vectors of one's own.
  ///
  /// @param values V·D, row by row; they are kept, not copied, so nobody may change them
  /// @throws VectorsException if a word is there twice, a number is not finite, or there are more
  ///   or fewer numbers
  public static WordVectors of(List<String> words, int dimension, float[] values) {
    checkSize(words.size(), dimension, values);
    return new WordVectors(
        "memory", words, indexed(words), dimension, inMemory(dimension, values), List.of());
  }

  /// Vectors with subwords, which can be written as fastText's `.bin`: the vector of a word is the
  /// mean of its own row and of those of its n-grams.
  ///
  /// @param counts how often each word occurred
  /// @param values of the words' rows, and behind them those of the buckets; kept, not copied
  public static WordVectors of(
      List<String> words, long[] counts, Subwords subwords, int dimension, float[] values) {
    checkSize(words.size() + subwords.buckets(), dimension, values);
    if (counts.length != words.size()) {
      throw new VectorsException(
          "word vectors: expected %,d counts, one a word, got %,d; give each word one"
              .formatted(words.size(), counts.length));
    }
    var table = SubwordTable.of(words, counts, subwords, dimension, inMemory(dimension, values));
    return new WordVectors(
        "memory", words, indexed(words), dimension, table, Optional.of(table), List.of());
  }

  private static void checkSize(int rows, int dimension, float[] values) {
    if (dimension < 1 || (long) rows * dimension != values.length) {
      throw new VectorsException(
          "word vectors: expected %,d · %,d numbers, got %,d; give each word a row"
              .formatted(rows, dimension, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new VectorsException(
            "word vectors: expected finite numbers, got %s in row %,d; did training diverge?"
                .formatted(values[i], i / dimension));
      }
    }
  }

  private static Map<String, Integer> indexed(List<String> words) {
    var index = new HashMap<String, Integer>();
    for (var word : words) {
      if (index.putIfAbsent(word, index.size()) != null) {
        throw new VectorsException(
            "word vectors: expected each word once, got \"%s\" twice; give it one vector"
                .formatted(word));
      }
    }
    return index;
  }

  private static Rows inMemory(int dimension, float[] values) {
    return (row, into, at) -> System.arraycopy(values, row * dimension, into, at, dimension);
  }

  /// How many words there are.
  public int size() {
    return words.size();
  }

  /// D
  public int dimension() {
    return dimension;
  }

  /// The words, in the order of the file.
  public List<String> words() {
    return words;
  }

  /// The place of a word among the [#words].
  public OptionalInt index(String word) {
    Integer at = index.get(word);
    return at == null ? OptionalInt.empty() : OptionalInt.of(at);
  }

  /// Whether a word is one of the [#words].
  public boolean contains(String word) {
    return index.containsKey(word);
  }

  /// The vector of a word: its own, or one from its subwords if there are any; none if there is
  /// neither. // (D)
  public Optional<float[]> vector(String word) {
    Integer at = index.get(word);
    return at == null ? subwords.flatMap(table -> table.unseen(word)) : Optional.of(row(at));
  }

  /// The vector of the word at that place. // (D)
  public float[] row(int index) {
    float[] row = new float[dimension];
    rows.copy(index, row, 0);
    return row;
  }

  /// Copies the vector of the word at that place.
  public void copyRow(int index, float[] into, int at) {
    rows.copy(index, into, at);
  }

  /// How words are cut into n-grams, if unseen words are answered for.
  public Optional<Subwords> subwords() {
    return subwords.map(SubwordTable::subwords);
  }

  Optional<SubwordTable> table() {
    return subwords;
  }

  /// The name of the [VectorFormat] that they were read from; `memory` if from none.
  public String format() {
    return format;
  }

  /// What somebody should know about the file: words that are there twice, rows that are left out.
  public List<String> notices() {
    return notices;
  }

  /// Writes them in the format that the name asks for: `.txt` is GloVe's, `.bin` fastText's if
  /// there are subwords and else word2vec's binary one, and all else word2vec's text; with `.gz`
  /// behind it gzipped.
  ///
  /// @throws VectorsException if such a file cannot hold them
  /// @throws sequor.FileException if that fails; then the file is as it was before
  public void write(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    String kind =
        plain.endsWith(".txt")
            ? GloveFormat.NAME
            : !plain.endsWith(".bin")
                ? Word2vecFormat.NAME
                : subwords.isPresent() ? FastTextFormat.NAME : Word2vecBinaryFormat.NAME;
    write(file, VectorFormat.all().get(kind));
  }

  /// Writes them in that format, gzipped if the name ends so.
  ///
  /// @throws VectorsException if such a file cannot hold them
  /// @throws sequor.FileException if that fails; then the file is as it was before
  public void write(Path file, VectorFormat format) {
    boolean packed = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz");
    AtomicFile.write(
        file,
        out -> {
          if (!packed) {
            format.write(this, out);
            return;
          }
          var gzip = new GZIPOutputStream(out, 1 << 16);
          format.write(this, gzip);
          gzip.finish();
        });
  }

  @Override
  public String toString() {
    return "WordVectors {words: %d, dimension: %d, format: %s}"
        .formatted(size(), dimension, format);
  }
}
