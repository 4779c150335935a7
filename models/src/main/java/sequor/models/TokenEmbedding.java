package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Token ids to vectors, (B,T) → (B,T,D), with dropout of single numbers and of whole tokens (Gal
/// and Ghahramani 2016, section 4) in training.
final class TokenEmbedding implements NnModule {
  private final Embedding embedding; // (V,D)
  private final float tokenDropout;
  private final float dropout;

  TokenEmbedding(
      InputSize input, int size, float tokenDropout, float dropout, RandomGenerator random) {
    this.embedding = new Embedding(input.vocabulary(), size, input.pad(), random);
    this.tokenDropout = tokenDropout;
    this.dropout = dropout;
  }

  Tensor forward(Ids ids) {
    var x = embedding.forward(ids).dropout(dropout); // (B,T,D)
    if (tokenDropout == 0) {
      return x;
    }
    var kept = Tensor.ones(ids.shape().dim(0), ids.shape().dim(1), 1).dropout(tokenDropout);
    return x.times(kept); // (B,T,D) · (B,T,1)
  }

  @Override
  public Parts parts() {
    return embedding.parts();
  }
}
