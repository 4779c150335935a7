package sequor.tasks.embed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import sequor.Seed;
import sequor.kernels.Embeddings.Squares;
import sequor.kernels.Floats;
import sequor.kernels.Kernels;
import sequor.tasks.TaskException;
import sequor.tensor.Tensor;
import sequor.vectors.WordVectors;

/// What GloVe learns: two vectors of each word, as a word and as a context, with a bias each, of
/// which the sum is its vector. A row is D numbers, some zeros, and at its end the bias and the 1
/// that the other's bias meets.
final class GloveTables implements Learned {
  private static final int REGISTER = 16; // floats of the widest

  private final Lexicon lexicon;
  private final int dimension;
  private final int stride;
  private final Floats words;
  private final Floats contexts;
  private final Squares squares;

  /// @param dimension D
  GloveTables(Lexicon lexicon, int dimension, Seed seed) {
    this.lexicon = lexicon;
    this.dimension = dimension;
    this.stride = Math.ceilDiv(dimension + 2, REGISTER) * REGISTER;
    long numbers = (long) lexicon.size() * stride;
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new TaskException(
          ("embed: expected tables of at most %,d numbers, got %,d words of %,d; take fewer words"
                  + " (tokens.max_size) or a smaller dimension")
              .formatted(Integer.MAX_VALUE - 8, lexicon.size(), stride));
    }
    this.words = drawn(seed.child("words"), stride - 1);
    this.contexts = drawn(seed.child("contexts"), stride - 2);
    this.squares = new Squares(ones(), ones());
  }

  /// `±½/D`, and the 1.
  private Floats drawn(Seed seed, int one) {
    var draws = new Draws().at(seed.value(), 0);
    float[] all = new float[lexicon.size() * stride];
    for (int row = 0; row < lexicon.size(); row++) {
      int at = row * stride;
      for (int d = 0; d < dimension; d++) {
        all[at + d] = (draws.share() - 0.5f) / dimension;
      }
      all[at + stride - 2] = (draws.share() - 0.5f) / dimension;
      all[at + stride - 1] = (draws.share() - 0.5f) / dimension;
      all[at + one] = 1;
    }
    return table(all);
  }

  private Floats ones() {
    float[] all = new float[lexicon.size() * stride];
    Arrays.fill(all, 1);
    return table(all);
  }

  private static Floats table(float[] values) {
    var table = Kernels.best().memory().floats(values.length);
    table.write(values);
    return table;
  }

  Floats words() {
    return words;
  }

  Floats contexts() {
    return contexts;
  }

  Squares squares() {
    return squares;
  }

  /// How far rows are apart.
  int stride() {
    return stride;
  }

  @Override
  public long parameterCount() {
    return 2L * lexicon.size() * (dimension + 1);
  }

  @Override
  public IntFunction<float[]> current() {
    float[] values = sums();
    return word -> Arrays.copyOfRange(values, word * dimension, (word + 1) * dimension);
  }

  @Override
  public WordVectors vectors() {
    return WordVectors.of(lexicon.words(), dimension, sums());
  }

  private float[] sums() {
    float[] w = read(words);
    float[] c = read(contexts);
    float[] sums = new float[lexicon.size() * dimension];
    for (int row = 0; row < lexicon.size(); row++) {
      for (int d = 0; d < dimension; d++) {
        sums[row * dimension + d] = w[row * stride + d] + c[row * stride + d];
      }
    }
    return sums;
  }

  private static float[] read(Floats table) {
    float[] values = new float[table.length()];
    table.read(values);
    return values;
  }

  @Override
  public Map<String, Tensor> tensors() {
    var tensors = new LinkedHashMap<String, Tensor>();
    all()
        .forEach(
            (name, table) -> tensors.put(name, Tensor.of(read(table), lexicon.size(), stride)));
    return tensors;
  }

  @Override
  public void load(Map<String, Tensor> tensors) {
    all()
        .forEach(
            (name, table) -> {
              float[] values = Objects.requireNonNull(tensors.get(name), name).toArray();
              if (values.length != table.length()) {
                throw new TaskException(
                    "embed: expected a checkpoint with %,d numbers of %s, got %,d; resume with the recipe that it began with"
                        .formatted(table.length(), name, values.length));
              }
              table.write(values);
            });
  }

  private Map<String, Floats> all() {
    var all = new LinkedHashMap<String, Floats>();
    all.put("words", words);
    all.put("contexts", contexts);
    all.put("word_squares", squares.words());
    all.put("context_squares", squares.contexts());
    return all;
  }
}
