package sequor.models;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// What an encoder sees at each step: ids embedded, or numbers as they are.
///
/// @param embedding of ids
/// @param width D
record StepVectors(Optional<TokenEmbedding> embedding, int width) {
  /// @param embeddingSize D, of ids
  static StepVectors of(
      InputSize size,
      int embeddingSize,
      float tokenDropout,
      float dropout,
      RandomGenerator random) {
    return size.width() > 0
        ? new StepVectors(Optional.empty(), size.width())
        : new StepVectors(
            Optional.of(new TokenEmbedding(size, embeddingSize, tokenDropout, dropout, random)),
            embeddingSize);
  }

  Tensor of(Inputs inputs) {
    return embedding.isPresent()
        ? embedding.get().forward(inputs.ids(Inputs.TEXT)) // (B,T,D)
        : inputs.numbers(Inputs.TEXT);
  }

  Parts parts() {
    return embedding.map(table -> Parts.of("embedding", table)).orElseGet(Parts::none);
  }
}
