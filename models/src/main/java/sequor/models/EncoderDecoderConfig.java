package sequor.models;

import java.util.random.RandomGenerator;

/// What an [EncoderDecoder] is to be like: a record of its settings, each with a
/// [sequor.settings.Setting].
public interface EncoderDecoderConfig {
  /// The name of its [EncoderDecoderKind].
  String kind();

  /// Whether one table holds the vectors of both languages, which then need one vocabulary.
  boolean shared();

  /// A network that has learned nothing yet.
  ///
  /// @param source the ids, or the numbers, that it reads
  /// @param target the ids that it says
  EncoderDecoder build(InputSize source, InputSize target, RandomGenerator random);
}
