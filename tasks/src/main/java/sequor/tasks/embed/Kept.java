package sequor.tasks.embed;

/// A stretch of text without the words that are left out this time, each with how far its window
/// reaches.
///
/// Frequent words are left out by chance, so that windows reach further there (Mikolov et al. 2013,
/// section 2.3); a window reaches from 1 to its most words on each side, each as likely, so that
/// near words count more.
final class Kept {
  private final float[] kept;
  private final int window;
  private final int[] words;
  private final byte[] reach;
  private final int[] texts;
  private int text; // in which the stretch ended
  private int count;

  /// @param kept how likely each word is
  /// @param most words of a stretch
  Kept(float[] kept, int window, int most) {
    this.kept = kept;
    this.window = window;
    this.words = new int[most];
    this.reach = new byte[most];
    this.texts = new int[most];
  }

  /// Begins with the first text again.
  void restart() {
    text = 0;
  }

  /// Takes the next stretch of a corpus.
  ///
  /// @param key from which all its draws follow
  void take(int[] text, int length, long key, Draws draws) {
    count = 0;
    draws.at(key, 0);
    for (int i = 0; i < length; i++) {
      int word = text[i];
      if (word == Corpus.END || draws.share() < kept[word]) {
        words[count] = word;
        texts[count] = this.text;
        reach[count++] = (byte) (1 + draws.below(window));
      }
      this.text += word == Corpus.END ? 1 : 0;
    }
  }

  /// How many there are, ends of texts among them.
  int count() {
    return count;
  }

  /// The word at a place, or [Corpus#END].
  int word(int place) {
    return words[place];
  }

  /// The number of the text of a place, among those that have a word.
  int text(int place) {
    return texts[place];
  }

  /// Where the window of a place begins.
  int from(int place) {
    int from = place;
    int least = Math.max(0, place - reach[place]);
    while (from > least && words[from - 1] != Corpus.END) {
      from--;
    }
    return from;
  }

  /// The place behind the window of a place.
  int to(int place) {
    int to = place + 1;
    int most = Math.min(count, place + reach[place] + 1);
    while (to < most && words[to] != Corpus.END) {
      to++;
    }
    return to;
  }
}
