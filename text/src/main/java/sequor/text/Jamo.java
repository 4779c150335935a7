package sequor.text;

import java.text.Normalizer;
import java.util.List;
import sequor.json.JsonObject;
import sequor.settings.Settings;

/// One token a letter of Hangul, which writes two or three of them as one syllable; all else as
/// [Characters].
///
/// ```java
/// new Jamo().tokens("한글 a");   // ᄒ ᅡ ᆫ ᄀ ᅳ ᆯ, a space, a
/// ```
///
/// A first consonant is another token than the same one at the end, so that the letters make the
/// syllables again. With L, V and T the numbers of first, middle and last, a syllable is U+AC00 +
/// (21·L + V)·28 + T (The Unicode Standard, section 3.12).
public record Jamo() implements Segmenter {
  static final String KIND = "jamo";

  private static final int FIRST = 0xAC00;
  private static final int LAST = 0xD7A3;
  private static final int FINALS = 28;
  private static final int VOWELS = 21;

  @Override
  public void segment(String text, Tokens tokens) {
    new Characters()
        .segment(
            text,
            (token, start, end, word) -> {
              char c = token.charAt(0);
              if (c < FIRST || c > LAST) {
                tokens.add(token, start, end, word);
                return;
              }
              int syllable = c - FIRST;
              int last = syllable % FINALS;
              tokens.add(letter(0x1100 + syllable / (FINALS * VOWELS)), start, end, word);
              tokens.add(letter(0x1161 + syllable / FINALS % VOWELS), start, end, word);
              if (last > 0) {
                tokens.add(letter(0x11A7 + last), start, end, word);
              }
            });
  }

  private static String letter(int c) {
    return String.valueOf((char) c);
  }

  /// Composes what makes a syllable.
  @Override
  public String join(List<String> tokens) {
    return Normalizer.normalize(String.join("", tokens), Normalizer.Form.NFC);
  }

  @Override
  public String kind() {
    return KIND;
  }

  /// `tokenizer: jamo`
  public record Kind() implements SegmenterKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public String about() {
      return "one token a letter of Hangul";
    }

    @Override
    public Segmenter learn(Settings settings, Iterable<String> texts) {
      return new Jamo();
    }

    @Override
    public Segmenter load(JsonObject settings) {
      settings.requireOnly();
      return new Jamo();
    }
  }
}
