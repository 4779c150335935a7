package sequor.text;

import java.util.List;
import sequor.json.JsonObject;

/// Cuts a text into tokens, and joins tokens to a text again.
///
/// A tokenizer knows no ids: those are the [Vocabulary]'s. It is immutable, and the same text
/// always gives the same tokens, so that a model in use cuts its input as it did when it was
/// trained.
public interface Tokenizer {
  /// The tokens of `text`, in order; none for an empty text.
  List<String> tokens(String text);

  /// The text that `tokens` came from, as far as the tokens still tell.
  String text(List<String> tokens);

  /// What [#of] needs to make this tokenizer again: its `kind`, and whatever that kind needs.
  JsonObject settings();

  /// The tokenizer with those [#settings].
  ///
  /// @throws sequor.json.JsonException when there is no such kind, or a setting is not that kind's
  static Tokenizer of(JsonObject settings) {
    var kinds = List.of(CharacterTokenizer.KIND, WhitespaceTokenizer.KIND);
    return switch (settings.text("kind", kinds)) {
      case CharacterTokenizer.KIND -> CharacterTokenizer.of(settings);
      default -> WhitespaceTokenizer.of(settings);
    };
  }
}
