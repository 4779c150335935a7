package sequor.tasks.classify;

import java.util.Arrays;
import java.util.List;

/// How often each n-gram occurs in the texts of each class: N(f,c), of which most are 0 and not
/// held.
///
/// The classes of n-gram f, in rising order, and their counts stand from `starts[f]` to
/// `starts[f+1]`.
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record ClassCounts(
    NGramIndex index, int[] starts, int[] classes, int[] counts, long[] texts, long[] totals) {

  /// Counts the n-grams of texts.
  ///
  /// @param numbers of each text's class
  static ClassCounts of(NGrams ngrams, List<String> texts, List<Integer> numbers, int classCount) {
    var gathering = new Gathering(classCount);
    for (int i = 0; i < texts.size(); i++) {
      gathering.add(ngrams, texts.get(i), numbers.get(i));
    }
    return gathering.counts();
  }

  int classCount() {
    return texts.length;
  }

  /// The numbers of the n-grams of a text that were met.
  int[] known(NGrams ngrams, String text) {
    return index.known(ngrams, text).toArray();
  }

  /// Pairs of n-gram and class as they are met, brought together at the end.
  private static final class Gathering {
    private final NGramIndex index = new NGramIndex();
    private final long[] texts;
    private final long[] totals;
    private long[] pairs =
        new long[1 << 12]; // the n-gram above, the class below; sorted up to `merged`
    private int[] counts = new int[1 << 12];
    private int merged;
    private int size;

    Gathering(int classCount) {
      texts = new long[classCount];
      totals = new long[classCount];
    }

    void add(NGrams ngrams, String text, int c) {
      texts[c]++;
      ngrams.forEachHash(
          text,
          hash -> {
            totals[c]++;
            put((long) index.add(hash) << Integer.SIZE | c);
          });
    }

    private void put(long pair) {
      if (size == pairs.length) {
        merge();
        if (size > pairs.length / 2) {
          pairs = Arrays.copyOf(pairs, 2 * pairs.length);
          counts = Arrays.copyOf(counts, pairs.length);
        }
      }
      pairs[size] = pair;
      counts[size++] = 1;
    }

    /// Sorts the new pairs, and merges them with those before, each once.
    private void merge() {
      Arrays.sort(pairs, merged, size);
      long[] all = new long[size];
      int[] sums = new int[size];
      int out = 0;
      for (int a = 0, b = merged; a < merged || b < size; ) {
        boolean old = b == size || (a < merged && pairs[a] <= pairs[b]);
        long pair = old ? pairs[a] : pairs[b];
        int count = old ? counts[a++] : counts[b++];
        if (out > 0 && all[out - 1] == pair) {
          sums[out - 1] += count;
        } else {
          all[out] = pair;
          sums[out++] = count;
        }
      }
      System.arraycopy(all, 0, pairs, 0, out);
      System.arraycopy(sums, 0, counts, 0, out);
      merged = out;
      size = out;
    }

    ClassCounts counts() {
      merge();
      int[] starts = new int[index.size() + 1];
      int[] classes = new int[size];
      for (int i = 0; i < size; i++) {
        starts[(int) (pairs[i] >>> Integer.SIZE) + 1]++;
        classes[i] = (int) pairs[i];
      }
      for (int f = 0; f < index.size(); f++) {
        starts[f + 1] += starts[f];
      }
      return new ClassCounts(index, starts, classes, Arrays.copyOf(counts, size), texts, totals);
    }
  }
}
