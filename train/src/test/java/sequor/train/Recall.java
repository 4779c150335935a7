package sequor.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Embedding;
import sequor.nn.Gru;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// A toy: which of four letters stood first in a word of five?
final class Recall implements Objective<Recall.Words> {
  record Words(Ids letters, Ids first) {} // (B,T), (B)

  record Reader(Embedding embedding, Gru gru, Linear head) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding).and("gru", gru).and("head", head);
    }

    Tensor forward(Ids letters) { // (B,T)
      var last = gru.forward(embedding.forward(letters).dropout(0.1f)).last(); // (B,H)
      return head.forward(last.output()); // (B,4)
    }
  }

  private static final int BATCH = 16;
  private static final int STEPS = 5;
  private static final int LETTERS = 4;

  private final Reader reader;
  private final int count;
  private final Words held = words(64, new Seed(99).generator());

  /// @param count how many batches an epoch has
  Recall(int count) {
    var random = new Seed(7).generator();
    this.reader =
        new Reader(
            new Embedding(LETTERS, 8, random), new Gru(8, 16, random), new Linear(16, 4, random));
    this.count = count;
  }

  @Override
  public Reader module() {
    return reader;
  }

  @Override
  public Feed<Words> batches(int epoch, RandomGenerator random) {
    var batches = new ArrayList<Words>();
    for (int i = 0; i < count; i++) {
      batches.add(words(BATCH, random));
    }
    return Feed.of(batches);
  }

  private static Words words(int rows, RandomGenerator random) {
    int[] letters = random.ints((long) rows * STEPS, 0, LETTERS).toArray();
    int[] first = new int[rows];
    Arrays.setAll(first, row -> letters[row * STEPS]);
    return new Words(Ids.of(letters, rows, STEPS), Ids.of(first));
  }

  @Override
  public Tensor loss(Words words) {
    return reader.forward(words.letters).crossEntropy(words.first);
  }

  @Override
  public Map<String, Double> evaluate() {
    var scores = reader.forward(held.letters);
    var confusion = new ConfusionMatrix(LETTERS);
    confusion.add(held.first, scores.argmax());
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("loss", (double) scores.crossEntropy(held.first).item());
    metrics.putAll(confusion.metrics());
    return metrics;
  }
}
