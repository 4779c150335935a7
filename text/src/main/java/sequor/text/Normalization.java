package sequor.text;

import java.text.Normalizer;
import java.util.Locale;

/// Which spelling of a letter a model sees, of the several that Unicode has: the last thing that is
/// done to every text, unless somebody says otherwise.
public enum Normalization {
  /// A letter and its marks are one where they can be: é.
  NFC,
  /// A letter and its marks are apart.
  NFD,
  /// As NFC, and what only looks otherwise is the same: ﬁ is fi, ① is 1, Ａ is A.
  NFKC,
  /// As NFD, and what only looks otherwise is the same.
  NFKD,
  /// As the text has it, but for what is no character at all.
  NONE;

  /// The transform that does it.
  Transform transform() {
    return switch (this) {
      case NFC -> new Nfc();
      case NFD -> new Nfd();
      case NFKC -> new Nfkc();
      case NFKD -> new Nfkd();
      case NONE -> new WholeCharacters();
    };
  }

  /// Writes each letter, with its marks, as the form has it, so that it is known which letter came
  /// from where.
  static MappedText apply(MappedText mapped, Normalizer.Form form) {
    var whole = new WholeCharacters().apply(mapped);
    String text = whole.text();
    if (Normalizer.isNormalized(text, form)) {
      return whole;
    }
    var letters = new MappedText.Builder(whole);
    for (int start = 0, end; start < text.length(); start = end) {
      end = start + Character.charCount(text.codePointAt(start));
      while (end < text.length() && joins(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      put(letters, text, start, end, form);
    }
    var result = letters.text();
    String expected = Normalizer.normalize(text, form);
    return result.text().equals(expected)
        ? result
        : new MappedText.Builder(whole).put(expected, 0, text.length()).text();
  }

  /// What does not change stays where it was.
  private static void put(
      MappedText.Builder letters, String text, int start, int end, Normalizer.Form form) {
    String letter = Normalizer.normalize(text.substring(start, end), form);
    int same = 0;
    while (same < Math.min(letter.length(), end - start)
        && letter.codePointAt(same) == text.codePointAt(start + same)) {
      same += Character.charCount(letter.codePointAt(same));
    }
    letters.copy(start, start + same).put(letter.substring(same), start + same, end);
  }

  /// Whether it may join the letter before it: marks, the vowels and finals of Hangul, in half
  /// width too, and a vowel of Kirat Rai, which Unicode calls a letter.
  private static boolean joins(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default ->
          (c >= 0x1160 && c <= 0x11FF)
              || (c >= 0xFFA0 && c <= 0xFFDC)
              || (c >= 0x3131 && c <= 0x318E)
              || c == 0xFF9E
              || c == 0xFF9F
              || c == 0x16D67;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
