package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
import sequor.nn.Inspection;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Token ids to vectors, (B,T) → (B,T,D), with dropout of single numbers and of whole tokens (Gal
/// and Ghahramani 2016, section 4) in training.
///
/// They begin as the vectors that are known, which may be frozen, or at random.
final class TokenEmbedding implements NnModule {
  /// From so many ids on a step changes only those that its batch holds, which makes it cost what
  /// these cost (see [Embedding#sparse]).
  static final int LARGE = 1 << 16;

  private final Embedding embedding; // (V,D)
  private final float tokenDropout;
  private final float dropout;

  TokenEmbedding(
      InputSize input, int size, float tokenDropout, float dropout, RandomGenerator random) {
    this.embedding = table(input, size, random);
    this.tokenDropout = tokenDropout;
    this.dropout = dropout;
  }

  private static Embedding table(InputSize input, int size, RandomGenerator random) {
    var table = new Embedding(input.vocabulary(), size, input.pad(), random);
    if (input.vocabulary() >= LARGE) {
      table.sparse();
    }
    input
        .vectors()
        .ifPresent(
            vectors -> {
              vectors.requireFit(input.vocabulary(), size);
              var weight = table.weight();
              weight.assign(vectors.over(weight.toArray(), input.pad()));
              weight.requiresGrad(!vectors.isFrozen());
            });
    return table;
  }

  /// The table (V,D), to say tokens with too. Its gradient is then that of all rows, and numbers
  /// drawn at random are made so small that what is said does not begin with loud guesses.
  Tensor forOutput(InputSize input) {
    var weight = embedding.weight().sparseGrad(false);
    if (input.vectors().isEmpty()) {
      float[] small = weight.toArray();
      float scale = (float) (1 / Math.sqrt(weight.dim(1)));
      for (int i = 0; i < small.length; i++) {
        small[i] *= scale;
      }
      weight.assign(small);
    }
    return weight;
  }

  Tensor forward(Ids ids) {
    var x = Inspection.read(embedding.forward(ids)); // (B,T,D)
    return StepVectors.dropped(x, tokenDropout, dropout);
  }

  @Override
  public Parts parts() {
    return embedding.parts();
  }
}
