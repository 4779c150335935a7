package sequor.tasks.embed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import sequor.Seed;
import sequor.kernels.Floats;
import sequor.kernels.Kernels;
import sequor.tasks.TaskException;
import sequor.tensor.Tensor;
import sequor.vectors.WordVectors;

/// What word vectors learn: a table of inputs, which they are, and one of outputs, which they are
/// told apart by. Rows are as long as whole registers, and 0 behind their D numbers.
final class Tables implements Learned {
  private static final int REGISTER = 16; // floats of the widest
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private final Lexicon lexicon;
  private final EmbedModel model;
  private final WordRows rows;
  private final int dimension;
  private final int stride;
  private final int words; // rows of words and their n-grams, before those of texts
  private final int inputRows;
  private final int outputRows;
  private final Floats input;
  private final Floats output;

  /// @param rows of the input table
  /// @param outputRows how many the output table has
  /// @param documents how many texts have a vector
  Tables(Lexicon lexicon, EmbedModel model, WordRows rows, int outputRows, int documents) {
    this.lexicon = lexicon;
    this.model = model;
    this.rows = rows;
    this.dimension = model.dimension();
    this.stride = Math.ceilDiv(dimension, REGISTER) * REGISTER;
    this.words = rows.count();
    this.inputRows = Math.addExact(words, documents);
    this.outputRows = outputRows;
    this.input = floats(inputRows);
    this.output = floats(outputRows);
  }

  private Floats floats(int rows) {
    long numbers = (long) rows * stride;
    if (numbers > Integer.MAX_VALUE - 8) {
      throw new TaskException(
          ("embed: expected tables of at most %,d numbers, got %,d rows of %,d; take fewer words"
                  + " (tokens.max_size), fewer buckets (model.buckets), fewer texts (model.documents) or a smaller dimension")
              .formatted(Integer.MAX_VALUE - 8, rows, stride));
    }
    return Kernels.best().memory().floats((int) numbers);
  }

  /// Small numbers for the inputs, `±bound/D`; the outputs are 0.
  void draw(double bound, Seed seed) {
    var draws = new Draws().at(seed.value(), 0);
    float[] row = new float[stride];
    float[] all = new float[input.length()];
    for (int r = 0; r < inputRows; r++) {
      for (int d = 0; d < dimension; d++) {
        row[d] = (float) ((2 * draws.share() - 1) * bound / dimension);
      }
      System.arraycopy(row, 0, all, r * stride, stride);
    }
    input.write(all);
  }

  Floats input() {
    return input;
  }

  Floats output() {
    return output;
  }

  int inputRows() {
    return inputRows;
  }

  int outputRows() {
    return outputRows;
  }

  /// The row of a text.
  int documentRow(int text) {
    return words + text;
  }

  /// How far rows are apart.
  int stride() {
    return stride;
  }

  @Override
  public long parameterCount() {
    return (long) dimension * (inputRows + (long) outputRows);
  }

  @Override
  public WordVectors vectors() {
    float[] values = dense(input, words);
    return model.hasSubwords()
        ? WordVectors.of(lexicon.words(), lexicon.counts(), model.subwords(), dimension, values)
        : WordVectors.of(lexicon.words(), dimension, values);
  }

  /// The vectors of texts, and what else it takes to learn those of others.
  ///
  /// @param names of the texts
  DocumentVectors documents(List<String> names) {
    float[] all = dense(input, inputRows);
    float[] values = Arrays.copyOfRange(all, words * dimension, all.length);
    float[] counts = new float[lexicon.size()];
    for (int word = 0; word < counts.length; word++) {
      counts[word] = lexicon.count(word);
    }
    return new DocumentVectors(
        WordVectors.of(names, dimension, values), model, dense(output, outputRows), counts);
  }

  /// The mean of a word's rows.
  @Override
  public IntFunction<float[]> current() {
    float[] all = new float[input.length()];
    input.read(all);
    return word -> {
      int[] of = new int[rows.most()];
      int count = rows.put(word, of, 0);
      float[] mean = new float[dimension];
      for (int k = 0; k < count; k++) {
        for (int d = 0; d < dimension; d++) {
          mean[d] += all[of[k] * stride + d] / count;
        }
      }
      return mean;
    };
  }

  private float[] dense(Floats table, int rows) {
    float[] all = new float[table.length()];
    table.read(all);
    for (int r = 1; r < rows; r++) {
      System.arraycopy(all, r * stride, all, r * dimension, dimension);
    }
    return Arrays.copyOf(all, rows * dimension);
  }

  @Override
  public Map<String, Tensor> tensors() {
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put(INPUT, Tensor.of(dense(input, inputRows), inputRows, dimension));
    tensors.put(OUTPUT, Tensor.of(dense(output, outputRows), outputRows, dimension));
    return tensors;
  }

  @Override
  public void load(Map<String, Tensor> tensors) {
    load(input, inputRows, Objects.requireNonNull(tensors.get(INPUT), INPUT));
    load(output, outputRows, Objects.requireNonNull(tensors.get(OUTPUT), OUTPUT));
  }

  private void load(Floats table, int rows, Tensor from) {
    if (from.dim(0) != rows || from.dim(1) != dimension) {
      throw new TaskException(
          "embed: expected a checkpoint with (%d,%d) numbers, got %s; resume with the recipe that it"
                  .formatted(rows, dimension, from.shape())
              + " began with");
    }
    float[] values = from.toArray();
    float[] all = new float[table.length()];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(values, r * dimension, all, r * stride, dimension);
    }
    table.write(all);
  }
}
