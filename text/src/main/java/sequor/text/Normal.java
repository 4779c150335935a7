package sequor.text;

import java.text.Normalizer;
import java.util.Locale;

/// The one form a text has before it is cut into tokens.
///
/// Unicode writes `é` in two ways; a model should see one. NFC joins what has a joined form, and
/// half a surrogate pair, which is no character and could not be saved, becomes U+FFFD.
final class Normal {
  private Normal() {}

  static String form(String text, boolean lowerCase) {
    String whole = isWhole(text) ? text : repaired(text);
    // Lower case first: it can leave a letter and its mark apart (İ becomes i and a dot above).
    return Normalizer.normalize(lowerCase ? lowerCase(whole) : whole, Normalizer.Form.NFC);
  }

  static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// Whether no surrogate stands without its other half.
  static boolean isWhole(String text) {
    return text.codePoints().noneMatch(Normal::isHalf);
  }

  private static String repaired(String text) {
    var whole = new StringBuilder(text.length());
    text.codePoints().map(c -> isHalf(c) ? 0xFFFD : c).forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
