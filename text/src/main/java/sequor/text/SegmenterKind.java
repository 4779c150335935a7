package sequor.text;

import java.util.ServiceLoader;
import sequor.json.JsonObject;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.settings.Settings;

/// A way to cut texts into tokens that a recipe can choose as `tokens.tokenizer`. One of your own
/// is a service, as a [Transform] is.
public interface SegmenterKind extends Named {
  /// A segmenter for texts such as these, which most kinds need not look at.
  ///
  /// @param settings with the keys of [#settings()]
  /// @param texts the training split's
  Segmenter learn(Settings settings, Iterable<String> texts);

  /// The segmenter that said this of itself.
  ///
  /// @throws sequor.json.JsonException if a setting is not that kind's
  Segmenter load(JsonObject settings);

  /// All there are.
  static Choices<SegmenterKind> all() {
    return Choices.of("tokenizer", ServiceLoader.load(SegmenterKind.class));
  }
}
