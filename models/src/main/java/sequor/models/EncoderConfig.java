package sequor.models;

import java.util.random.RandomGenerator;

/// What an encoder is to be like: a record of its settings, each with a [sequor.settings.Setting].
public interface EncoderConfig {
  /// The name of its [EncoderKind].
  String kind();

  /// This with token vectors of that size, as those of a file of vectors are.
  ///
  /// @throws ModelException if it has none
  default EncoderConfig withEmbeddingSize(int size) {
    throw new ModelException(
        "encoder %s: expected one that has token vectors of a size of their own, got this one; leave"
                .formatted(kind())
            + " out the vectors, or take another encoder, such as recurrent");
  }

  /// The size of a token's vector, which is also that of the vectors that a tagger makes of words
  /// before it joins others to them.
  default int tokenSize() {
    return 64;
  }

  /// The most steps that it reads.
  default int mostSteps() {
    return Integer.MAX_VALUE;
  }

  /// An encoder that has learned nothing yet.
  Encoder build(InputSize size, RandomGenerator random);
}
