package sequor.tasks.embed;

import java.util.Arrays;

/// How often pairs of words stand together: an open table of keys.
///
/// A key says which pair it is, and in which order all pairs are to be gone through: first all of
/// one stripe, which is that of the words whose number has the same rest, and of the contexts'
/// likewise, and in a stripe by what a multiplication makes of the pair, which is as good as
/// chance.
final class PairCounts {
  /// Stripes of words, and of contexts.
  static final int STRIPES = 16;

  /// The most words that a key has room for.
  static final int MOST_WORDS = 1 << 24;

  private static final long HALF = MOST_WORDS - 1;
  private static final long MASK = (1L << 48) - 1;
  private static final long FACTOR = 0xD1342543DE82EF95L & MASK;
  private static final long INVERSE = inverse(FACTOR);
  private static final long EMPTY = -1;

  private final int most;
  private long[] keys = new long[1 << 12];
  private float[] values = new float[keys.length];
  private int size;

  /// @param most pairs that there is room for
  PairCounts(int most) {
    this.most = most;
    Arrays.fill(keys, EMPTY);
  }

  /// The key of a pair.
  static long key(int word, int context) {
    long pair = ((long) word << 24) | context;
    long mixed = ((pair ^ (pair >>> 24)) * FACTOR) & MASK;
    return ((long) stripe(word, context) << 48) | mixed;
  }

  static int stripe(int word, int context) {
    return word % STRIPES * STRIPES + context % STRIPES;
  }

  static int stripe(long key) {
    return (int) (key >>> 48);
  }

  static int word(long key) {
    return (int) (pair(key) >>> 24);
  }

  static int context(long key) {
    return (int) (pair(key) & HALF);
  }

  private static long pair(long key) {
    long product = ((key & MASK) * INVERSE) & MASK;
    return product ^ (product >>> 24);
  }

  /// Of an odd number, modulo 2⁴⁸: each turn doubles the bits that are right (Newton).
  private static long inverse(long odd) {
    long inverse = odd;
    for (int turn = 0; turn < 6; turn++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse & MASK;
  }

  void add(long key, float count) {
    int at = place(keys, key);
    if (keys[at] == EMPTY) {
      keys[at] = key;
      size++;
    }
    values[at] += count;
    if (2 * size > keys.length) {
      grow();
    }
  }

  private static int place(long[] keys, long key) {
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 33) & (keys.length - 1);
    while (keys[at] != EMPTY && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] more = new long[2 * keys.length];
    float[] counts = new float[more.length];
    Arrays.fill(more, EMPTY);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != EMPTY) {
        int at = place(more, keys[i]);
        more[at] = keys[i];
        counts[at] = values[i];
      }
    }
    keys = more;
    values = counts;
  }

  boolean isFull() {
    return size >= most;
  }

  int size() {
    return size;
  }

  float count(long key) {
    return values[place(keys, key)];
  }

  /// The keys there are, in their order.
  long[] sorted() {
    long[] sorted = Arrays.stream(keys).filter(key -> key != EMPTY).toArray();
    Arrays.parallelSort(sorted);
    return sorted;
  }

  void clear() {
    Arrays.fill(keys, EMPTY);
    Arrays.fill(values, 0);
    size = 0;
  }
}
