package sequor.tasks.tag;

import java.util.List;
import java.util.Locale;

/// What a tagger without a network sees of each token of a sentence, as hashes of 64 bits, none of
/// which is 0: the token, in small letters too; its first and last letters, up to 4; its shape,
/// `Xx` of `Paris` and `d-d` of `10-20`; the tokens around it, and the last letters of its
/// neighbours, alone and with its own; the two tags before it, alone, together, with the token and
/// with the next (Ratnaparkhi 1996; Toutanova et al. 2003).
final class TokenFeatures {
  private static final int AFFIX = 4;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int FIXED = 11 + 2 * AFFIX; // of the tokens alone
  private static final int NEXT = 5; // of these, the next token
  private static final int OF_TAGS = 5;

  /// How many features a token has.
  static final int COUNT = FIXED + OF_TAGS;

  private final long[] fixed; // FIXED of each token
  private final long[] words; // the hash of each token

  TokenFeatures(List<String> tokens) {
    int n = tokens.size();
    fixed = new long[n * FIXED];
    words = new long[n];
    long[] lower = new long[n + 4]; // two before and two after
    long[] endings = new long[n + 2]; // one before and one after
    String[] small = new String[n];
    for (int i = 0; i < n; i++) {
      var token = tokens.get(i);
      small[i] = token.toLowerCase(Locale.ROOT);
      words[i] = hash(token, 0, token.length());
      lower[i + 2] = hash(small[i], 0, small[i].length());
      endings[i + 1] = hash(small[i], Math.max(0, small[i].length() - 3), small[i].length());
    }
    for (int i = 0; i < n; i++) {
      int at = i * FIXED;
      fixed[at++] = feature(1, words[i]);
      fixed[at++] = feature(2, lower[i + 2]);
      fixed[at++] = feature(3, shape(tokens.get(i)));
      fixed[at++] = feature(4, lower[i]);
      fixed[at++] = feature(5, lower[i + 1]);
      fixed[at++] = feature(6, lower[i + 3]);
      fixed[at++] = feature(7, lower[i + 4]);
      fixed[at++] = feature(8, endings[i]);
      fixed[at++] = feature(9, endings[i + 2]);
      int length = small[i].length();
      long own = hash(small[i], Math.max(0, length - 2), length);
      fixed[at++] = feature(10, mix(endings[i]) + own);
      fixed[at++] = feature(11, mix(endings[i + 2]) + own);
      for (int k = 1; k <= AFFIX; k++) {
        fixed[at++] = feature(20 + k, k > length ? 1 : hash(small[i], 0, k));
        fixed[at++] = feature(30 + k, k > length ? 1 : hash(small[i], length - k, length));
      }
    }
  }

  /// The features of a token.
  ///
  /// @param before the class of the token before it, −1 if there is none
  /// @param earlier that of the one before that
  /// @param into [#COUNT] hashes
  void of(int i, int before, int earlier, long[] into) {
    System.arraycopy(fixed, i * FIXED, into, 0, FIXED);
    int at = FIXED;
    into[at++] = feature(40, before + 2);
    into[at++] = feature(41, earlier + 2);
    into[at++] = feature(42, mix(before + 2) + earlier + 2);
    into[at++] = feature(43, mix(before + 2) + words[i]);
    into[at] = feature(44, mix(before + 2) + fixed[i * FIXED + NEXT]); // and the next token
  }

  private static long feature(int template, long value) {
    long hash = mix(value + (template + 1) * GOLDEN);
    return hash == 0 ? 1 : hash;
  }

  private static long hash(String text, int from, int to) {
    long hash = to - from + 1L;
    for (int i = from; i < to; i++) {
      hash = (hash + text.charAt(i)) * GOLDEN;
      hash ^= hash >>> 32;
    }
    return mix(hash);
  }

  /// The kinds of letters, each once where it is repeated.
  private static long shape(String token) {
    var shape = new StringBuilder();
    int length = token.length();
    for (int i = 0; i < length; i++) {
      char letter = token.charAt(i);
      char kind =
          Character.isUpperCase(letter)
              ? 'X'
              : Character.isLowerCase(letter)
                  ? 'x'
                  : Character.isDigit(letter) ? 'd' : Character.isLetter(letter) ? 'l' : letter;
      if (shape.isEmpty() || shape.charAt(shape.length() - 1) != kind) {
        shape.append(kind);
      }
    }
    return hash(shape.toString(), 0, shape.length());
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
