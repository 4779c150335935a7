package sequor.models;

import java.util.ServiceLoader;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.settings.Settings;

/// A kind of encoder-decoder that a recipe can choose as `model.architecture`. One of your own is a
/// service: a public class with a public constructor without arguments, and a line `provides
/// sequor.models.EncoderDecoderKind with …` (or a file in `META-INF/services`). Its [#settings()]
/// is a record that is an [EncoderDecoderConfig].
public interface EncoderDecoderKind extends Named {
  /// The record.
  default EncoderDecoderConfig config(Settings settings) {
    return (EncoderDecoderConfig) settings.as(settings());
  }

  /// All there are.
  static Choices<EncoderDecoderKind> all() {
    return Choices.of("architecture", ServiceLoader.load(EncoderDecoderKind.class));
  }
}
