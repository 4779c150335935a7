package sequor.tasks.classify;

import java.util.Arrays;

/// Numbers n-grams in the order in which they are first met. They are known by a hash of 64 bits:
/// of a hundred million n-grams two share one with a probability of three in ten thousand.
final class NGramIndex {
  /// What [#get] answers for an n-gram that was never met.
  static final int NONE = -1;

  /// The hash of nothing, to begin with.
  static final long BEGUN = 0xcbf29ce484222325L;

  private long[] keys = new long[1 << 10]; // 0 marks an empty slot
  private int[] ids = new int[1 << 10];
  private int size;

  int size() {
    return size;
  }

  int get(long hash) {
    int slot = slot(hash);
    return keys[slot] == 0 ? NONE : ids[slot];
  }

  /// The numbers of the n-grams of a text that were met, each as often as it occurs.
  Ints known(NGrams ngrams, String text) {
    var known = new Ints();
    ngrams.forEachHash(
        text,
        hash -> {
          int id = get(hash);
          if (id != NONE) {
            known.add(id);
          }
        });
    return known;
  }

  /// The number of the n-gram, a new one if it was never met.
  int add(long hash) {
    int slot = slot(hash);
    if (keys[slot] != 0) {
      return ids[slot];
    }
    if (4L * (size + 1) > 3L * keys.length) {
      grow();
      slot = slot(hash);
    }
    keys[slot] = hash;
    ids[slot] = size;
    return size++;
  }

  /// The hash of each number.
  long[] hashes() {
    long[] hashes = new long[size];
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        hashes[ids[slot]] = keys[slot];
      }
    }
    return hashes;
  }

  /// Never 0: FNV-1a over the characters, and SplitMix64's finalizer over that.
  static long hash(String ngram) {
    return finished(hashed(BEGUN, ngram, 0, ngram.length()));
  }

  /// The hash of what was hashed already and some more characters …
  static long hashed(long hash, String text, int start, int end) {
    long h = hash;
    for (int i = start; i < end; i++) {
      h = (h ^ text.charAt(i)) * 0x100000001b3L;
    }
    return h;
  }

  /// … and at the end.
  static long finished(long hash) {
    long h = hash;
    h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
    h ^= h >>> 31;
    return h == 0 ? 1 : h;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldIds = ids;
    keys = new long[2 * oldKeys.length];
    ids = Arrays.copyOf(ids, 2 * oldIds.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        ids[slot] = oldIds[i];
      }
    }
  }

  /// Where the hash is, or where it would go.
  private int slot(long hash) {
    int slot = (int) hash & keys.length - 1;
    while (keys[slot] != 0 && keys[slot] != hash) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }
}
