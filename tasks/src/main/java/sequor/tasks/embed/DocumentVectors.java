package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sequor.store.ModelDirectory;
import sequor.tasks.Once;
import sequor.tasks.TaskException;
import sequor.tensor.Tensor;
import sequor.vectors.Neighbors;
import sequor.vectors.WordVectors;

/// A vector for each text that was learned from, and one for any other, which is learned when it is
/// asked for: words stay as they are, and the text's vector `d` comes to tell its words.
///
/// ```
/// PV-DBOW  (skip_gram)  σ(d·y) → 1 for a word of the text, 0 for words that are drawn
/// PV-DM    (cbow)       the same of the mean of d and the words around
/// ```
///
/// The vector of a text follows from its words alone, so it is the same at any time, whichever
/// thread asks.
///
/// Source: Le and Mikolov, *Distributed representations of sentences and documents* (2014).
final class DocumentVectors {
  private static final int PASSES = 25;
  private static final float RATE = 0.05f; // at the beginning; it falls to nearly 0
  private static final long KEY = 0x5E9;
  private static final String OUTPUT = "output";
  private static final String COUNTS = "counts";

  private final WordVectors documents;
  private final EmbedModel model;
  private final float[] outputs; // (V,D)
  private final float[] counts; // of words
  private final NegativeSampling sampling;
  private final Once<Neighbors> neighbors;

  /// @param documents by their names
  /// @param outputs what words are told apart by // (V,D)
  /// @param counts of the words
  DocumentVectors(WordVectors documents, EmbedModel model, float[] outputs, float[] counts) {
    this.documents = documents;
    this.model = model;
    this.outputs = outputs.clone();
    this.counts = counts.clone();
    long[] whole = new long[counts.length];
    for (int word = 0; word < whole.length; word++) {
      whole[word] = (long) counts[word];
    }
    var words = IntStream.range(0, whole.length).mapToObj(String::valueOf).toList();
    this.sampling =
        new NegativeSampling(new Lexicon(words, whole), model.negatives(), model.negativePower());
    this.neighbors = new Once<>(() -> Neighbors.of(documents));
  }

  WordVectors documents() {
    return documents;
  }

  Neighbors neighbors() {
    return neighbors.get();
  }

  /// Learns the vector of a text.
  ///
  /// @param numbers of its words, of which there is one or more
  /// @param words their vectors
  float[] infer(int[] numbers, WordVectors words) {
    int size = documents.dimension();
    var draws = new Draws().at(KEY, 0);
    float[] document = new float[size]; // (D)
    for (int d = 0; d < size; d++) {
      document[d] = (2 * draws.share() - 1) * 0.5f / size;
    }
    float[][] around =
        model.method() == EmbedModel.Method.CBOW ? rows(numbers, words) : new float[0][];
    int[] rows = new int[sampling.most()];
    float[] targets = new float[rows.length];
    for (int pass = 0; pass < PASSES; pass++) {
      for (int at = 0; at < numbers.length; at++) {
        float share = (pass + (float) at / numbers.length) / PASSES;
        float rate = RATE * Math.max(1e-4f, 1 - share);
        int count = sampling.put(numbers[at], draws.at(KEY + pass + 1, at), rows, targets, 0);
        float[] input = around.length == 0 ? document : mean(document, around, at, draws);
        step(document, input, rows, targets, count, rate);
      }
    }
    return document;
  }

  private static float[][] rows(int[] numbers, WordVectors words) {
    return IntStream.of(numbers).mapToObj(words::row).toArray(float[][]::new);
  }

  /// Of the text and the words around a place, as far as its window reaches this time.
  private float[] mean(float[] document, float[][] around, int at, Draws draws) {
    int reach = 1 + draws.below(model.window());
    float[] mean = document.clone();
    int count = 1;
    int end = Math.min(around.length, at + reach + 1);
    for (int other = Math.max(0, at - reach); other < end; other++) {
      if (other != at) {
        count++;
        for (int d = 0; d < mean.length; d++) {
          mean[d] += around[other][d];
        }
      }
    }
    for (int d = 0; d < mean.length; d++) {
      mean[d] /= count;
    }
    return mean;
  }

  /// `Δd = Σ rate · (t − σ(x·y)) · y`
  private void step(
      float[] document, float[] input, int[] rows, float[] targets, int count, float rate) {
    int size = input.length;
    float[] change = new float[size];
    for (int k = 0; k < count; k++) {
      int row = rows[k] * size;
      float score = 0;
      for (int d = 0; d < size; d++) {
        score += input[d] * outputs[row + d];
      }
      float error = rate * (targets[k] - (float) (1 / (1 + StrictMath.exp(-score))));
      for (int d = 0; d < size; d++) {
        change[d] += error * outputs[row + d];
      }
    }
    for (int d = 0; d < size; d++) {
      document[d] += change[d];
    }
  }

  void save(ModelDirectory directory) {
    documents.write(directory.documents());
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put(OUTPUT, Tensor.of(outputs, counts.length, documents.dimension()));
    tensors.put(COUNTS, Tensor.of(counts, counts.length));
    directory.writeWeights(tensors);
  }

  /// @param words how many there are
  static DocumentVectors load(ModelDirectory directory, EmbedModel model, int words) {
    var documents = WordVectors.read(directory.documents());
    if (documents.dimension() != model.dimension()) {
      throw new TaskException(
          "%s: expected vectors of %d numbers, as those of words, got %d; copy it again"
              .formatted(directory.documents(), model.dimension(), documents.dimension()));
    }
    var output = Tensor.zeros(words, model.dimension());
    var counts = Tensor.zeros(words);
    directory.loadWeights(Map.of(OUTPUT, output, COUNTS, counts));
    return new DocumentVectors(documents, model, output.toArray(), counts.toArray());
  }

  /// The names of texts, each once: of those that are alike, the second gets `#2` behind it.
  static List<String> apart(List<String> names) {
    var seen = new LinkedHashMap<String, Integer>();
    var apart = new ArrayList<String>();
    for (var name : names) {
      int times = seen.merge(name, 1, Integer::sum);
      apart.add(times == 1 ? name : name + "#" + times);
    }
    return apart;
  }
}
