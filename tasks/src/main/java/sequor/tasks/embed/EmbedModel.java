package sequor.tasks.embed;

import sequor.settings.Setting;
import sequor.vectors.Subwords;

/// What word vectors are, and what they learn to tell: the section `model`.
///
/// @param method what predicts what
/// @param dimension D, how many numbers a word has
/// @param window how many words before and behind a word belong to it, at most
/// @param loss how a word is told from all others
/// @param negatives words that were drawn, for each that is there
/// @param negativePower what counts are raised to where words are drawn
/// @param subsample a word that is a larger share of the text is passed over at times
/// @param documents whether texts have vectors beside words
/// @param shortest n-grams of a word's letters
/// @param longest n-grams; 0 for none
/// @param buckets that n-grams share
/// @param xMax a pair of words that occurs together so often counts in full
/// @param alpha how steeply the weight of rarer pairs falls
public record EmbedModel(
    @Setting(
            value = "skip_gram",
            about =
                "skip_gram: a word tells those around it; cbow: they tell the word; glove: how often"
                    + " they stand together; for small texts joined: they tell the word side by side,"
                    + " through a layer; one_table: products of words are 1 or 0")
        Method method,
    @Setting(value = "100", min = 1, max = 4096, about = "numbers of a word") int dimension,
    @Setting(value = "5", min = 1, max = 100, about = "words on each side, at most") int window,
    @Setting(
            value = "negative_sampling",
            about = "or hierarchical_softmax: the way down a tree of words; not of glove")
        Loss loss,
    @Setting(value = "5", min = 1, max = 100, about = "drawn for each word that is there")
        int negatives,
    @Setting(
            value = "0.75",
            min = 0,
            max = 1,
            about = "counts are raised to it where words are drawn")
        float negativePower,
    @Setting(
            value = "0.0001",
            min = 0,
            max = 1,
            about = "words that are a larger share of the text are left out at times; 0: never")
        float subsample,
    @Setting(
            value = "false",
            about =
                "whether each text has a vector too, which tells its words (PV-DBOW), or with those"
                    + " around (cbow, PV-DM)")
        boolean documents,
    @Setting(value = "3", min = 1, max = 20, about = "letters of the shortest n-grams of a word")
        int shortest,
    @Setting(
            value = "0",
            min = 0,
            max = 20,
            about = "of the longest, so that unseen words have vectors; 0 for no n-grams")
        int longest,
    @Setting(value = "2000000", min = 1, max = 1 << 26, about = "that n-grams share") int buckets,
    @Setting(
            value = "100",
            min = 1,
            max = 1e9,
            about = "of glove: from here on a pair counts in full")
        float xMax,
    @Setting(value = "0.75", min = 0, max = 1, about = "of glove: how rarer pairs count less")
        float alpha) {
  /// What predicts what.
  public enum Method {
    SKIP_GRAM,
    CBOW,
    GLOVE,
    /// Those around, side by side and through a layer of 64, tell the word.
    JOINED,
    /// The product of two words of one table is to be 1 if they stand together, else 0.
    ONE_TABLE
  }

  /// How a word is told from all others.
  public enum Loss {
    NEGATIVE_SAMPLING,
    HIERARCHICAL_SOFTMAX
  }

  /// Whether they learn by windows that read frozen tables.
  boolean hasTables() {
    return method == Method.SKIP_GRAM || method == Method.CBOW;
  }

  /// Whether a word's vector is made of those of its n-grams too.
  public boolean hasSubwords() {
    return longest > 0;
  }

  Subwords subwords() {
    return new Subwords(shortest, longest, buckets);
  }
}
