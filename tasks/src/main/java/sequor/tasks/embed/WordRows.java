package sequor.tasks.embed;

import java.util.Optional;
import sequor.vectors.Subwords;

/// Which rows of the input table make up a word: its own, and those of its n-grams, which lie
/// behind all words'.
final class WordRows {
  private final int[] starts;
  private final int[] rows;
  private final int most;
  private final int count;

  WordRows(Lexicon lexicon, Optional<Subwords> subwords) {
    int size = lexicon.size();
    starts = new int[size + 1];
    count = size + subwords.map(Subwords::buckets).orElse(0);
    int longest = 1;
    int[][] each = new int[size][];
    for (int word = 0; word < size; word++) {
      String spelling = lexicon.words().get(word);
      int[] buckets = subwords.map(cut -> cut.buckets(spelling)).orElseGet(() -> new int[0]);
      each[word] = new int[1 + buckets.length];
      each[word][0] = word;
      for (int k = 0; k < buckets.length; k++) {
        each[word][1 + k] = size + buckets[k];
      }
      starts[word + 1] = starts[word] + each[word].length;
      longest = Math.max(longest, each[word].length);
    }
    most = longest;
    rows = new int[starts[size]];
    for (int word = 0; word < size; word++) {
      System.arraycopy(each[word], 0, rows, starts[word], each[word].length);
    }
  }

  /// How many rows a word has at most.
  int most() {
    return most;
  }

  /// How many rows the table has.
  int count() {
    return count;
  }

  /// Writes the rows of a word.
  ///
  /// @return how many there are
  int put(int word, int[] into, int at) {
    int length = starts[word + 1] - starts[word];
    System.arraycopy(rows, starts[word], into, at, length);
    return length;
  }
}
