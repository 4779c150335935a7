package sequor.models;

import java.util.Arrays;

/// Vectors of tokens that are known before training: those of a file.
public final class TokenVectors {
  private final int dimension;
  private final float[] values;
  private final boolean frozen;

  /// @param values V·D, row by row
  /// @param frozen whether they stay as they are
  public TokenVectors(int dimension, float[] values, boolean frozen) {
    if (dimension < 1 || values.length % dimension != 0) {
      throw new ModelException(
          "token vectors: expected rows of %,d numbers, got %,d; give each token a row"
              .formatted(dimension, values.length));
    }
    this.dimension = dimension;
    this.values = values.clone();
    this.frozen = frozen;
  }

  /// D
  public int dimension() {
    return dimension;
  }

  /// V
  public int count() {
    return values.length / dimension;
  }

  public boolean isFrozen() {
    return frozen;
  }

  /// The numbers of the first V rows, that of the pad 0, before those of a longer table.
  float[] over(float[] table, int pad) {
    float[] all = table.clone();
    System.arraycopy(values, 0, all, 0, values.length);
    Arrays.fill(all, pad * dimension, (pad + 1) * dimension, 0);
    return all;
  }

  /// @param size D of what embeds them
  void requireFit(int vocabulary, int size) {
    if (dimension != size || count() != vocabulary) {
      throw new ModelException(
          "token vectors: expected %,d rows of %d numbers, got %,d of %d; set embedding_size to that"
                  .formatted(vocabulary, size, count(), dimension)
              + " of the vectors");
    }
  }
}
