package sequor.text;

import java.text.Normalizer;

/// One spelling for each letter: Unicode writes `é` in two ways, and a model should see one. NFC
/// joins what has a joined form; half a surrogate pair, which is no character and could not be
/// saved, becomes U+FFFD.
public record Nfc() implements Transform {
  @Override
  public String name() {
    return "nfc";
  }

  @Override
  public String about() {
    return "one spelling for each letter";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    var whole = isWhole(mapped.text()) ? mapped : mapped.withText(repaired(mapped.text()));
    String text = whole.text();
    return Normalizer.isNormalized(text, Normalizer.Form.NFC) ? whole : joined(whole, text);
  }

  /// Joins each letter with its marks, so that it is known which letter came from where.
  private static MappedText joined(MappedText whole, String text) {
    var joined = new MappedText.Builder(whole);
    for (int start = 0, end; start < text.length(); start = end) {
      end = start + Character.charCount(text.codePointAt(start));
      while (end < text.length() && joins(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      join(joined, text, start, end);
    }
    var result = joined.text();
    String expected = form(text);
    return result.text().equals(expected)
        ? result
        : new MappedText.Builder(whole).put(expected, 0, text.length()).text();
  }

  /// What does not change stays where it was.
  private static void join(MappedText.Builder joined, String text, int start, int end) {
    String letter = form(text.substring(start, end));
    int same = 0;
    while (same < Math.min(letter.length(), end - start)
        && letter.codePointAt(same) == text.codePointAt(start + same)) {
      same += Character.charCount(letter.codePointAt(same));
    }
    joined.copy(start, start + same).put(letter.substring(same), start + same, end);
  }

  private static String form(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /// Whether it may join the letter before it: marks, the vowels and finals of Hangul, and a vowel
  /// of Kirat Rai, which Unicode calls a letter.
  private static boolean joins(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> (c >= 0x1160 && c <= 0x11FF) || c == 0x16D67;
    };
  }

  /// Whether no surrogate stands without its other half.
  static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (isHalf(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
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
