package sequor.text;

import java.util.List;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// How pieces of words are learned from texts. A piece keeps the space before it, so that joining
/// gives the very text back; only U+0020 parts words.
///
/// @param pieces how many tokens are learned; the vocabulary's `max_size` bounds them too, and its
///   `min_frequency` the letters
public record SubwordSettings(
    @Setting(
            value = "8000",
            min = 5,
            max = 1_000_000,
            about = "of words to learn, letters included; at most max_size")
        int pieces) {

  /// Makes pieces of counted words.
  interface Learner {
    Subwords.Pieces learn(List<TokenCounts.Counted> words, int size, int minFrequency);
  }

  static Subwords learn(Settings settings, Iterable<String> texts, Learner learner) {
    var vocabulary = settings.as(TokenSettings.class);
    int size = Math.min(settings.as(SubwordSettings.class).pieces(), vocabulary.maxSize());
    return learn(texts, size, vocabulary.minFrequency(), TokenCounts.MOST_HELD, learner);
  }

  /// @param held characters of different words that are held while they are counted
  static Subwords learn(
      Iterable<String> texts, int size, int minFrequency, long held, Learner learner) {
    var words = new PreTokenizer.Spaces();
    var counts = TokenCounts.ofWords(words, texts, held);
    return new Subwords(
        words,
        Joiner.spaces(),
        learner.learn(counts.tokens(), size, minFrequency),
        counts.notice("when pieces of words were learned").stream().toList());
  }

  static TextException withoutVocabulary(String kind) {
    return new TextException(
        "tokenizer %s: expected the vocabulary that belongs to it, got none; load it with one"
            .formatted(kind));
  }
}
