package sequor.tasks.tag;

import java.util.BitSet;
import sequor.text.Vocabulary;

/// What is known of words before anything is learned.
///
/// @param ambiguous the ids of those that were seen with several tags
record Lexicon(Vocabulary vocabulary, BitSet ambiguous) {
  /// How well a word is known.
  enum Kind {
    /// It was seen with one tag.
    CLEAR,
    /// It was seen with several.
    AMBIGUOUS,
    /// It was not seen, or too rarely.
    UNSEEN
  }

  Kind kind(int id) {
    return id == vocabulary.unk() ? Kind.UNSEEN : ambiguous.get(id) ? Kind.AMBIGUOUS : Kind.CLEAR;
  }
}
