package sequor.nn;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// A table with one learned vector per id: (…) → (…,D).
public final class Embedding implements NnModule {
  private static final int NO_PADDING = -1;

  private final Tensor weight; // (V,D)
  private final int paddingIndex;

  /// @param count V, ids run from 0 to V − 1
  /// @param size D
  public Embedding(int count, int size, RandomGenerator random) {
    this(count, size, NO_PADDING, random);
  }

  /// @param paddingIndex the id whose vector is 0 and never learns
  public Embedding(int count, int size, int paddingIndex, RandomGenerator random) {
    if (paddingIndex < NO_PADDING || paddingIndex >= count) {
      throw new NnException(
          "embedding: the padding index must be one of the %d ids, got %d; leave it out if no id"
                  .formatted(count, paddingIndex)
              + " stands for padding");
    }
    this.paddingIndex = paddingIndex;
    float[] values = Tensor.randn(random, count, size).toArray();
    if (paddingIndex != NO_PADDING) {
      Arrays.fill(values, paddingIndex * size, (paddingIndex + 1) * size, 0);
    }
    weight = Tensor.of(values, count, size).requiresGrad(true);
  }

  private Embedding(Tensor weight) {
    this.weight = weight;
    this.paddingIndex = NO_PADDING;
  }

  /// With a table that there is already (V,D).
  public static Embedding of(Tensor weight) {
    return new Embedding(weight);
  }

  /// Gives the table a gradient of the rows that were looked up alone, which makes a step cost what
  /// its batch costs, however many ids there are; optimizers then leave all other rows alone (see
  /// [Tensor#sparseGrad]). Returns this embedding.
  public Embedding sparse() {
    weight.sparseGrad(true);
    return this;
  }

  /// Looks the vectors up.
  public Tensor forward(Ids ids) {
    return weight.embedding(ids, paddingIndex); // (…,D)
  }

  /// The table itself (V,D), to share it or to look at it.
  public Tensor weight() {
    return weight;
  }

  @Override
  public Parts parts() {
    return Parts.of("weight", weight);
  }
}
