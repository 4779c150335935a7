package sequor.models;

import java.util.random.RandomGenerator;

/// What an encoder is to be like: a record of its settings, each with a [sequor.settings.Setting].
public interface EncoderConfig {
  /// The name of its [EncoderKind].
  String kind();

  /// An encoder that has learned nothing yet.
  Encoder build(InputSize size, RandomGenerator random);
}
