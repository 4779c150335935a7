package sequor.examples;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;

/// From one-hot vectors, which know nothing of each other, to vectors that are similar where words
/// are.
///
/// ```
/// eᵢ·eⱼ = 0 for i ≠ j      eᵢ·W = row i of W
/// ```
///
/// A product with a one-hot vector picks a row, so an embedding looks the row up and multiplies
/// nothing. Its rows are parameters: trained to tell which word comes next, words that are followed
/// by the same words get similar rows (Bengio et al. 2003, "A neural probabilistic language
/// model").
///
/// Letters: V vocabulary, D size of a vector, N pairs.
final class OneHotToEmbedding {
  private static final int D = 6;
  private static final int STEPS = 200;
  private static final int KIND = 4; // four nouns of a kind …
  private static final List<String> NOUNS =
      List.of(
          "cat", "dog", "horse", "cow", "rice", "bread", "soup", "cake", "river", "lake", "sea",
          "stream");
  private static final int EACH = 3; // … and three verbs that follow each of them
  private static final List<String> VERBS =
      List.of(
          "sleeps", "runs", "listens", "burns", "smells", "tastes", "flows", "rises", "freezes");

  /// Scores of the verb that follows a noun.
  record NextWord(Embedding embedding, Linear output) implements NnModule {
    NextWord(RandomGenerator random) {
      this(new Embedding(NOUNS.size(), D, random), new Linear(D, VERBS.size(), random));
    }

    Tensor forward(Ids nouns) {
      return output.forward(embedding.forward(nouns)); // (N) → (N,D) → (N,V)
    }

    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding).and("output", output);
    }
  }

  static void main() {
    var random = new Seed(1).generator();
    oneHot(random);
    var model = new NextWord(random);
    int[] before = neighbours(model.embedding.weight());
    train(model);
    int[] after = neighbours(model.embedding.weight());
    for (int i = 0; i < NOUNS.size(); i++) {
      IO.println(
          "nearest to %-7s before %-7s after %s"
              .formatted(NOUNS.get(i), NOUNS.get(before[i]), NOUNS.get(after[i])));
    }
    Claim.holds(ofOneKind(before) < NOUNS.size(), "before, some are of two kinds");
    Claim.holds(ofOneKind(after) == NOUNS.size(), "after, all are of one kind");
  }

  private static void oneHot(RandomGenerator random) {
    var oneHot = Ids.arange(4).oneHot(4); // (4,4)
    var products = oneHot.matmulTransposed(oneHot); // each with each
    IO.println("dot products of one-hot vectors:");
    for (int i = 0; i < 4; i++) {
      IO.println("  " + products.select(0, i));
    }
    Claim.holds(products.allClose(Tensor.eye(4), 0, 0), "1 with itself, 0 with all others");

    var embedding = new Embedding(100, D, random);
    IO.println("Embedding(100, 6): %d parameters".formatted(embedding.parameterCount()));
    Claim.holds(embedding.parameterCount() == 600, "100 rows of 6");
    var ids = Ids.of(new int[] {42, 7, 42});
    var product = ids.oneHot(100).matmul(embedding.weight()); // (3,100) · (100,D) → (3,D)
    Claim.holds(product.allClose(embedding.forward(ids), 0, 0), "one-hot · W is the look-up");
  }

  /// Learns which verbs follow each noun.
  static void train(NextWord model) {
    int[] nouns = new int[NOUNS.size() * EACH];
    int[] verbs = new int[nouns.length];
    for (int i = 0; i < nouns.length; i++) {
      nouns[i] = i / EACH;
      verbs[i] = nouns[i] / KIND * EACH + i % EACH;
    }
    var adam = new Adam(model.parameters(), 0.05f);
    for (int step = 0; step < STEPS; step++) {
      try (var tape = Tape.open()) {
        tape.backward(model.forward(Ids.of(nouns)).crossEntropy(Ids.of(verbs)));
        adam.step();
      }
    }
  }

  /// For each row of a table (V,D) the nearest other one, by cosine. // (V)
  static int[] neighbours(Tensor table) {
    var unit = table.dividedBy(table.norm(2, new int[] {1}, true)); // (V,D)
    var cosines = unit.matmulTransposed(unit); // (V,V)
    var others = cosines.minus(Tensor.eye(table.dim(0)).times(3)); // none is its own neighbour
    return others.argmax().toArray();
  }

  /// How many nouns have a neighbour of their own kind.
  static int ofOneKind(int[] neighbours) {
    int count = 0;
    for (int i = 0; i < neighbours.length; i++) {
      count += neighbours[i] / KIND == i / KIND ? 1 : 0;
    }
    return count;
  }
}
