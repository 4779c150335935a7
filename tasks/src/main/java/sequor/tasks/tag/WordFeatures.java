package sequor.tasks.tag;

/// How a word is written, as numbers that words written alike share: its beginnings, its endings,
/// and its shape.
///
/// ```
/// Walked, 3:   w  wa  wal  d  ed  ked  Xx
/// ```
///
/// A shape has X for a capital letter, x for a small one, d for a digit and every other sign as it
/// is; runs are one. Numbers come from a hash.
final class WordFeatures {
  private WordFeatures() {}

  /// @param known the word as it is looked up
  /// @param written the word as it stands in the text
  /// @param affixes letters of the longest beginning and end
  /// @param buckets how many numbers there are, from 1
  static int[] of(String known, String written, int affixes, int buckets) {
    int[] letters = known.codePoints().toArray();
    int[] features = new int[2 * affixes + 1];
    for (int n = 1; n <= affixes; n++) {
      int some = Math.min(n, letters.length);
      features[2 * n - 2] = bucket(hash(2L * n, letters, 0, some), buckets);
      features[2 * n - 1] =
          bucket(hash(2L * n + 1, letters, letters.length - some, letters.length), buckets);
    }
    int[] shape = shape(written);
    features[2 * affixes] = bucket(hash(1, shape, 0, shape.length), buckets);
    return features;
  }

  private static int[] shape(String word) {
    int[] shape = word.codePoints().map(WordFeatures::kind).toArray();
    int length = 0;
    for (int kind : shape) {
      if (length == 0 || shape[length - 1] != kind) {
        shape[length++] = kind;
      }
    }
    return java.util.Arrays.copyOf(shape, length);
  }

  private static int kind(int letter) {
    if (Character.isUpperCase(letter) || Character.isTitleCase(letter)) {
      return 'X';
    }
    return Character.isLetter(letter) ? 'x' : Character.isDigit(letter) ? 'd' : letter;
  }

  private static int bucket(long hash, int buckets) {
    return 1 + (int) Long.remainderUnsigned(hash, buckets);
  }

  /// FNV-1a over code points, and SplitMix64's finalizer.
  private static long hash(long seed, int[] letters, int from, int to) {
    long z = 0xCBF29CE484222325L ^ seed;
    for (int i = from; i < to; i++) {
      z = (z ^ letters[i]) * 0x100000001B3L;
    }
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
