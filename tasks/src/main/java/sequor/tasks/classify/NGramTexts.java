package sequor.tasks.classify;

import java.util.Arrays;
import java.util.List;
import sequor.InOrder;

/// Texts as the numbers of their n-grams, each once and in rising order.
///
/// @param index of the n-grams that are told apart
/// @param rows of each text
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record NGramTexts(NGramIndex index, int[][] rows) {
  /// Of so many texts an n-gram must be in two: what is met once tells nothing reliable.
  private static final int MANY = 1000;

  /// The n-grams of training texts.
  ///
  /// @param most n-grams that may be told apart; those of the fewest texts are left out above
  static NGramTexts of(NGrams ngrams, List<String> texts, int most) {
    var all = new NGramIndex();
    int[][] rows = new int[texts.size()][];
    for (int i = 0; i < rows.length; i++) {
      var found = new Ints();
      ngrams.forEachHash(texts.get(i), hash -> found.add(all.add(hash)));
      rows[i] = found.distinct();
    }
    boolean every = rows.length <= MANY && all.size() <= most;
    return every ? new NGramTexts(all, rows) : frequent(all, rows, most);
  }

  /// Those of two texts or more, or of so many that no more than `most` are left.
  private static NGramTexts frequent(NGramIndex all, int[][] rows, int most) {
    int[] texts = texts(rows, all.size());
    int[] sorted = texts.clone();
    Arrays.sort(sorted);
    int least = sorted.length <= most ? 2 : Math.max(2, sorted[sorted.length - most - 1] + 1);
    var kept = new NGramIndex();
    int[] numbers = new int[texts.length];
    long[] hashes = all.hashes();
    for (int f = 0; f < texts.length; f++) {
      numbers[f] = texts[f] >= least ? kept.add(hashes[f]) : NGramIndex.NONE;
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.stream(rows[i]).map(f -> numbers[f]).filter(f -> f >= 0).toArray();
    }
    return new NGramTexts(kept, rows);
  }

  /// In how many of the rows each n-gram is.
  private static int[] texts(int[][] rows, int size) {
    int[] texts = new int[size];
    for (int[] row : rows) {
      for (int f : row) {
        texts[f]++;
      }
    }
    return texts;
  }

  /// The n-grams of other texts that are known here.
  int[][] known(NGrams ngrams, List<String> texts) {
    return InOrder.map(texts, text -> known(index, ngrams, text)).toArray(int[][]::new);
  }

  static int[] known(NGramIndex index, NGrams ngrams, String text) {
    return index.known(ngrams, text).distinct();
  }
}
