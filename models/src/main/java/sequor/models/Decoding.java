package sequor.models;

import java.util.Optional;
import sequor.tensor.Tensor;

/// Sequences that are being said, token by token: what an [EncoderDecoder] knows of those said so
/// far. It does not change; a step gives another.
public interface Decoding {
  /// How many sequences there are.
  int rows();

  /// What comes after one more token of each row.
  Step step(int... tokens);

  /// Some of the rows, in that order, any of them any number of times.
  Decoding select(int... rows);

  /// @param logits of the token that comes next // (B,V)
  /// @param weights by which it looked at the source, where it does // (B,S)
  record Step(Tensor logits, Optional<Tensor> weights, Decoding next) {}
}
