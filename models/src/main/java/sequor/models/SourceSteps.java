package sequor.models;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// The steps of a source as an encoder-decoder reads them: ids embedded, or numbers mapped to as
/// wide a vector. // (B,S) or (B,S,N) → (B,S,D)
///
/// @param table of ids
/// @param map of numbers
record SourceSteps(Optional<TokenEmbedding> table, Optional<Linear> map) {
  /// @param size D
  /// @param dropout on embedded ids
  static SourceSteps of(InputSize read, int size, float dropout, RandomGenerator random) {
    return read.width() > 0
        ? new SourceSteps(Optional.empty(), Optional.of(new Linear(read.width(), size, random)))
        : of(new TokenEmbedding(read, size, 0, dropout, random));
  }

  /// Ids whose table another shares.
  static SourceSteps of(TokenEmbedding table) {
    return new SourceSteps(Optional.of(table), Optional.empty());
  }

  Tensor of(Ids ids) {
    return table.orElseThrow(() -> wrong("steps of numbers", "ids")).forward(ids);
  }

  Tensor of(Tensor numbers) {
    return map.orElseThrow(() -> wrong("ids", "steps of numbers")).forward(numbers);
  }

  private static ModelException wrong(String wanted, String got) {
    return new ModelException(
        "encoder-decoder: expected a source of %s, which it was built for, got %s; build another"
            .formatted(wanted, got));
  }

  NnModule part() {
    return table.<NnModule>map(each -> each).or(() -> map).orElseThrow();
  }
}
