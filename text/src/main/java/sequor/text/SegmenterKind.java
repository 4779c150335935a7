package sequor.text;

import java.util.Optional;
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
  /// @param texts the training split's, changed by the transforms; each time they are asked for
  ///   they are read anew
  Segmenter learn(Settings settings, Iterable<String> texts);

  /// The segmenter that said this of itself.
  ///
  /// @throws sequor.json.JsonException if a setting is not that kind's
  Segmenter load(JsonObject settings);

  /// The segmenter that said this of itself, with the vocabulary that belongs to it.
  ///
  /// @throws sequor.SequorException if a setting is not that kind's
  default Segmenter load(JsonObject settings, Vocabulary vocabulary) {
    return load(settings);
  }

  /// A whole tokenizer that somebody made, with its transforms and its vocabulary, for kinds that
  /// read such a thing; the others learn from texts.
  ///
  /// @param settings with the keys of [#settings()]
  default Optional<Tokenizer> published(Settings settings) {
    return Optional.empty();
  }

  /// All there are.
  static Choices<SegmenterKind> all() {
    return Choices.of("tokenizer", ServiceLoader.load(SegmenterKind.class));
  }
}
