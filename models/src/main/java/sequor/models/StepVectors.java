package sequor.models;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// What an encoder sees at each step: ids embedded, or numbers. In training single numbers and
/// whole steps are dropped, of both.
///
/// @param embedding of ids
/// @param width D
/// @param tokenDropout the share of steps of numbers whose whole vector is dropped
/// @param dropout on numbers
record StepVectors(
    Optional<TokenEmbedding> embedding, int width, float tokenDropout, float dropout) {
  /// @param embeddingSize D, of ids
  static StepVectors of(
      InputSize size,
      int embeddingSize,
      float tokenDropout,
      float dropout,
      RandomGenerator random) {
    return size.width() > 0
        ? new StepVectors(Optional.empty(), size.width(), tokenDropout, dropout)
        : new StepVectors(
            Optional.of(new TokenEmbedding(size, embeddingSize, tokenDropout, dropout, random)),
            embeddingSize,
            0,
            0);
  }

  Tensor of(Inputs inputs) {
    return embedding.isPresent()
        ? embedding.get().forward(inputs.ids(Inputs.TEXT)) // (B,T,D)
        : dropped(inputs.numbers(Inputs.TEXT), tokenDropout, dropout);
  }

  /// Vectors (B,T,D) of which some are dropped as a whole, and of all others some numbers.
  static Tensor dropped(Tensor x, float tokenDropout, float dropout) {
    var some = x.dropout(dropout);
    return tokenDropout == 0
        ? some
        : some.times(Tensor.ones(x.dim(0), x.dim(1), 1).dropout(tokenDropout)); // · (B,T,1)
  }

  Parts parts() {
    return embedding.map(table -> Parts.of("embedding", table)).orElseGet(Parts::none);
  }
}
