package sequor.text;

import java.util.List;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// How pieces of words are learned from texts. A piece keeps the space before it, so that joining
/// gives the very text back; only U+0020 parts words, or, with `layout`, the ends of lines and tabs
/// too.
///
/// @param pieces how many tokens are learned; the vocabulary's `max_size` bounds them too, and its
///   `min_frequency` the letters
/// @param layout whether words end with their line, indentation is a word, and the first word of a
///   text has no space before it: what code is made of, and what a long text must be that is cut
///   into tokens line by line
public record SubwordSettings(
    @Setting(
            value = "8000",
            min = 5,
            max = 1_000_000,
            about = "of words to learn, letters included; at most max_size")
        int pieces,
    @Setting(
            value = "false",
            about =
                "keep lines and indentation apart from words, as in code; always in a long text")
        boolean layout) {
  /// The key that says so.
  public static final String LAYOUT = "layout";

  /// Makes pieces of counted words.
  interface Learner {
    Subwords.Pieces learn(List<TokenCounts.Counted> words, int size, int minFrequency);
  }

  static Subwords learn(Settings settings, Iterable<String> texts, Learner learner) {
    var vocabulary = settings.as(TokenSettings.class);
    var subwords = settings.as(SubwordSettings.class);
    int size = Math.min(subwords.pieces(), vocabulary.maxSize());
    var words = subwords.layout() ? PreTokenizer.layout() : new PreTokenizer.Spaces();
    return learn(words, texts, size, vocabulary.minFrequency(), TokenCounts.MOST_HELD, learner);
  }

  /// @param held characters of different words that are held while they are counted
  static Subwords learn(
      PreTokenizer words,
      Iterable<String> texts,
      int size,
      int minFrequency,
      long held,
      Learner learner) {
    var counts = TokenCounts.ofWords(words, texts, held);
    return new Subwords(
        words,
        words instanceof PreTokenizer.Spaces ? Joiner.spaces() : Joiner.plain(),
        learner.learn(counts.tokens(), size, minFrequency),
        counts.notice("when pieces of words were learned").stream().toList());
  }

  static TextException withoutVocabulary(String kind) {
    return new TextException(
        "tokenizer %s: expected the vocabulary that belongs to it, got none; load it with one"
            .formatted(kind));
  }
}
