package sequor.vectors;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which n-grams a word has, and in which bucket the vector of each lies.
///
/// ```
/// where → <where> → <wh whe her ere re> <whe …       letters, n from shortest to longest
/// bucket(g) = FNV-1a(g) mod buckets                  over the bytes of g, each with its sign
/// ```
///
/// A letter is a character of UTF-8, `<` and `>` are letters too, and neither stands alone. The
/// hash adds each byte as a signed number, which is a mistake that published vectors depend on.
///
/// Source: Bojanowski et al., *Enriching word vectors with subword information* (2017), section
/// 3.2, and what fastText's program does.
///
/// @param shortest n-grams, in letters; more than the longest for none, as fastText takes it
/// @param longest n-grams, in letters; 0 for none
/// @param buckets that they share
public record Subwords(int shortest, int longest, int buckets) {
  /// The end of a sentence, which is a word without n-grams.
  static final String END = "</s>";

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  public Subwords {
    if (shortest < 0 || longest < 0 || buckets < 0 || (longest > 0 && buckets == 0)) {
      throw new VectorsException(
          "subwords: expected n-grams of letters, and buckets for them, got lengths from %d to %d and"
                  .formatted(shortest, longest)
              + " %d buckets; fastText takes 3, 6 and 2,000,000".formatted(buckets));
    }
  }

  /// fastText's choice: 3 to 6 letters, in 2,000,000 buckets.
  public static Subwords standard() {
    return new Subwords(3, 6, 2_000_000);
  }

  /// The bucket of each n-gram of a word, in the order in which they begin, with repetitions.
  public int[] buckets(String word) {
    return buckets(word.getBytes(StandardCharsets.UTF_8));
  }

  /// @param word may be no UTF-8
  int[] buckets(byte[] word) {
    if (Arrays.equals(word, END.getBytes(StandardCharsets.UTF_8))) {
      return new int[0];
    }
    byte[] bounded = new byte[word.length + 2];
    bounded[0] = '<';
    System.arraycopy(word, 0, bounded, 1, word.length);
    bounded[bounded.length - 1] = '>';
    int most = Math.min(longest, bounded.length);
    int[] found = new int[bounded.length * Math.max(0, most - shortest + 1)];
    int count = 0;
    for (int i = 0; i < bounded.length; i++) {
      if (isInside(bounded[i])) {
        continue;
      }
      int end = i;
      int hash = FNV_OFFSET;
      for (int n = 1; end < bounded.length && n <= longest; n++) {
        do {
          hash = (hash ^ bounded[end]) * FNV_PRIME; // the byte with its sign
          end++;
        } while (end < bounded.length && isInside(bounded[end]));
        boolean bound = n == 1 && (i == 0 || end == bounded.length);
        if (n >= shortest && !bound) {
          found[count++] = Integer.remainderUnsigned(hash, buckets);
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  /// Whether a byte of UTF-8 is one of a letter that has begun.
  private static boolean isInside(byte b) {
    return (b & 0xc0) == 0x80;
  }

  /// FNV-1a of 32 bits, unsigned, over bytes with their sign.
  static long hash(String ngram) {
    int hash = FNV_OFFSET;
    for (byte b : ngram.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * FNV_PRIME;
    }
    return Integer.toUnsignedLong(hash);
  }
}
