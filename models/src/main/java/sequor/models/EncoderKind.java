package sequor.models;

import java.util.ServiceLoader;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.settings.Settings;

/// A kind of encoder that a recipe can choose as `model.encoder`. One of your own is a service: a
/// public class with a public constructor without arguments, and a line `provides
/// sequor.models.EncoderKind with …` (or a file in `META-INF/services`). Its [#settings()] is a
/// record that is an [EncoderConfig].
public interface EncoderKind extends Named {
  /// The record.
  default EncoderConfig config(Settings settings) {
    return (EncoderConfig) settings.as(settings());
  }

  /// All there are.
  static Choices<EncoderKind> all() {
    return Choices.of("encoder", ServiceLoader.load(EncoderKind.class));
  }
}
