package sequor.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Cuts a text into tokens, and joins tokens to a text again.
///
/// A segmenter knows no ids: those are the [Vocabulary]'s, and both together are a [Tokenizer]. It
/// is immutable, and the same text always gives the same tokens, so that a model in use cuts its
/// input as it did when it was trained.
public interface Segmenter {
  /// Takes the tokens of a text, in order.
  @FunctionalInterface
  interface Tokens {
    /// @param token as the vocabulary has it, which need not be what stands in the text
    /// @param start where it begins in the text
    /// @param end where it ends in the text
    /// @param word of which word it is a part, counted from 0; −1 for white space
    void add(String token, int start, int end, int word);
  }

  /// Gives the tokens of `text` to `tokens`; none for an empty text.
  void segment(String text, Tokens tokens);

  /// The text that `tokens` came from, as far as the tokens still tell.
  String join(List<String> tokens);

  /// The name of its [SegmenterKind].
  String kind();

  /// What its kind needs to make it again; most need nothing.
  default JsonObject settings() {
    return Json.object();
  }

  /// The vocabulary that belongs to it, where it knows what tokens there can be; others get one of
  /// the tokens that they find.
  default Optional<Vocabulary> vocabulary() {
    return Optional.empty();
  }

  /// What a user should know of how it learned.
  default List<String> notices() {
    return List.of();
  }

  /// The tokens of `text`.
  default List<String> tokens(String text) {
    var all = new ArrayList<String>();
    segment(text, (token, start, end, word) -> all.add(token));
    return all;
  }
}
