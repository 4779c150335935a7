package sequor.tasks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.json.JsonObject;
import sequor.models.EncoderConfig;
import sequor.models.EncoderKind;
import sequor.models.TokenVectors;
import sequor.settings.Settings;
import sequor.text.Tokenizer;
import sequor.text.Vocabulary;
import sequor.vectors.VectorReading;
import sequor.vectors.WordVectors;

/// The vectors of a vocabulary's tokens, as a file of word vectors has them.
///
/// A token gets the vector of its own spelling, else that of its small letters, else, of a fastText
/// `.bin`, one from its subwords. Special tokens, and those that the file lacks, get what
/// [VectorSettings.Unseen] says; that which fills up stays 0.
///
/// A model that was trained with them holds them: it needs the file no more.
public final class Pretrained {
  /// How a token was found.
  private enum Way {
    NONE,
    EXACT,
    SMALL_LETTERS,
    SUBWORDS
  }

  private final VectorSettings settings;
  private final WordVectors file;
  private final TokenVectors vectors;
  private final Way[] ways; // by id
  private final Vocabulary vocabulary;
  private long tokens;
  private long covered; // of these

  private Pretrained(
      VectorSettings settings,
      WordVectors file,
      TokenVectors vectors,
      Way[] ways,
      Vocabulary vocabulary) {
    this.settings = settings;
    this.file = file;
    this.vectors = vectors;
    this.ways = ways;
    this.vocabulary = vocabulary;
  }

  /// What the settings say; none without a file.
  ///
  /// @param seed of what is drawn
  /// @throws sequor.vectors.VectorsException if the file does not hold word vectors
  public static Optional<Pretrained> of(VectorSettings settings, Vocabulary vocabulary, Seed seed) {
    if (settings.vectors().isEmpty()) {
      return Optional.empty();
    }
    var file = WordVectors.read(settings.file(), wanted(vocabulary));
    return Optional.of(of(settings, vocabulary, file, seed.child("vectors").generator()));
  }

  private static Pretrained of(
      VectorSettings settings, Vocabulary vocabulary, WordVectors file, RandomGenerator random) {
    int dimension = file.dimension();
    var ways = new Way[vocabulary.size()];
    float[] values = new float[Math.multiplyExact(ways.length, dimension)];
    for (int id = 0; id < ways.length; id++) {
      ways[id] = vocabulary.isSpecial(id) ? Way.NONE : way(file, vocabulary.token(id));
      if (ways[id] != Way.NONE) {
        float[] row = row(file, vocabulary.token(id), ways[id]);
        System.arraycopy(row, 0, values, id * dimension, dimension);
      }
    }
    fill(settings.vectorsUnseen(), values, dimension, ways, random);
    var vectors = new TokenVectors(dimension, values, settings.vectorsFrozen());
    return new Pretrained(settings, file, vectors, ways, vocabulary);
  }

  /// All spellings that a token may be found by.
  private static Set<String> wanted(Vocabulary vocabulary) {
    var wanted = new HashSet<String>();
    for (var token : vocabulary.tokens()) {
      wanted.add(spelling(token));
      wanted.add(small(token));
    }
    return wanted;
  }

  /// Pieces of words keep the space before them, which no file of words has.
  private static String spelling(String token) {
    return token.isBlank() ? token : token.strip();
  }

  private static String small(String token) {
    return spelling(token).toLowerCase(Locale.ROOT);
  }

  private static Way way(WordVectors file, String token) {
    return file.contains(spelling(token))
        ? Way.EXACT
        : file.contains(small(token))
            ? Way.SMALL_LETTERS
            : file.vector(spelling(token)).isPresent() ? Way.SUBWORDS : Way.NONE;
  }

  private static float[] row(WordVectors file, String token, Way way) {
    return file.vector(way == Way.SMALL_LETTERS ? small(token) : spelling(token)).orElseThrow();
  }

  private static void fill(
      VectorSettings.Unseen unseen,
      float[] values,
      int dimension,
      Way[] ways,
      RandomGenerator random) {
    double[] mean = new double[dimension];
    double squares = 0;
    int found = 0;
    for (int id = 0; id < ways.length; id++) {
      for (int d = 0; ways[id] != Way.NONE && d < dimension; d++) {
        double value = values[id * dimension + d];
        mean[d] += value;
        squares += value * value;
      }
      found += ways[id] == Way.NONE ? 0 : 1;
    }
    double deviation = found == 0 ? 1 : Math.sqrt(squares / ((double) found * dimension));
    for (int id = 0; id < ways.length; id++) {
      for (int d = 0; ways[id] == Way.NONE && d < dimension; d++) {
        values[id * dimension + d] =
            switch (unseen) {
              case RANDOM -> (float) (deviation * random.nextGaussian());
              case ZERO -> 0;
              case MEAN -> (float) (mean[d] / Math.max(1, found));
            };
      }
    }
  }

  /// A tokenizer that also knows the first words of the file, those that no training text has but a
  /// text to come may; of the words that it would not cut further, and read as they are.
  ///
  /// @param section `model`, for errors
  public static Tokenizer extended(
      VectorSettings settings, int most, Tokenizer tokenizer, Settings section) {
    if (most == 0) {
      return tokenizer;
    }
    boolean frozen = !settings.vectors().isEmpty() && settings.vectorsFrozen();
    if (!frozen || tokenizer.segmenter().vocabulary().isPresent()) {
      throw section.wrong(
          "vectors_extra",
          "expected 0, got %d: words that no training text has are of use where vectors is a file,"
              + " vectors_frozen is true, and the tokenizer does not bring its own vocabulary; set"
              + " it to 0",
          most);
    }
    var file = VectorReading.of(settings.file()).first(most).read();
    var known = tokenizer.vocabulary();
    var more = new ArrayList<String>();
    for (var word : file.words()) {
      if (!known.contains(word) && tokenizer.tokens(word).equals(List.of(word))) {
        more.add(word);
      }
    }
    return new Tokenizer(tokenizer.transforms(), tokenizer.segmenter(), known.with(more));
  }

  /// What an embedding begins with.
  public TokenVectors vectors() {
    return vectors;
  }

  /// Refuses an encoder's embedding size that somebody wrote and that is not that of the vectors;
  /// the default gives way.
  ///
  /// @param section `model`
  public void requireFit(Settings section, EncoderConfig encoder) {
    var kind = EncoderKind.all().get(encoder.kind());
    requireFit(section, Settings.json(Settings.defaults(kind.settings())));
  }

  /// Refuses an embedding size that somebody wrote and that is not that of the vectors; the default
  /// gives way.
  ///
  /// @param section `model`
  /// @param standard the defaults of what has the embedding
  public void requireFit(Settings section, JsonObject standard) {
    String key = "embedding_size";
    if (!section.has(key) || !standard.has(key)) {
      return;
    }
    int written = section.values().wholeNumber(key, 0, Integer.MAX_VALUE);
    int dimension = vectors.dimension();
    if (written != dimension && written != standard.wholeNumber(key, 0, Integer.MAX_VALUE)) {
      throw section.wrong(
          key,
          "expected %d, the size of the vectors in %s, got %d; leave it out",
          dimension,
          settings.vectors(),
          written);
    }
  }

  /// Counts the tokens of a text that is learned from; marks around it are none.
  public void count(int[] ids) {
    for (int id : ids) {
      if (id == vocabulary.unk() || !vocabulary.isSpecial(id)) {
        tokens++;
        covered += ways[id] == Way.NONE ? 0 : 1;
      }
    }
  }

  /// How much of the vocabulary, and of the texts that were counted, the file covers.
  public List<String> notices() {
    var notices = new ArrayList<String>();
    long words = vocabulary.size() - count(Way.NONE) + unfound();
    notices.add(
        "vectors: %s of %,d words have one in %s (%d numbers, %s)%s; the others are %s"
            .formatted(
                share(words - unfound(), words),
                words,
                settings.vectors(),
                vectors.dimension(),
                vectors.isFrozen() ? "frozen" : "learned further",
                tokens == 0 ? "" : ", " + share(covered, tokens) + " of the training tokens",
                unseen()));
    long small = count(Way.SMALL_LETTERS);
    long subwords = count(Way.SUBWORDS);
    if (small + subwords > 0) {
      notices.add(
          "vectors: %,d words were found in small letters only, %,d have one from their subwords"
              .formatted(small, subwords));
    }
    file.notices().forEach(notice -> notices.add("vectors: " + notice));
    return notices;
  }

  private String unseen() {
    return switch (settings.vectorsUnseen()) {
      case RANDOM -> "drawn at random";
      case ZERO -> "0";
      case MEAN -> "the mean of these";
    };
  }

  private static String share(long part, long of) {
    return "%.1f %%".formatted(100.0 * part / Math.max(1, of));
  }

  private long count(Way way) {
    long count = 0;
    for (var each : ways) {
      count += each == way ? 1 : 0;
    }
    return count;
  }

  /// How many ordinary tokens have no vector.
  private long unfound() {
    long count = 0;
    for (int id = 0; id < ways.length; id++) {
      count += ways[id] == Way.NONE && !vocabulary.isSpecial(id) ? 1 : 0;
    }
    return count;
  }
}
