package sequor.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes written as letters, as GPT-2 does: those that print are the letter with that number, the
/// others follow from U+0100 on.
final class Bytes {
  private static final char[] LETTERS = new char[256];
  private static final int[] BYTES = new int[512];

  static {
    Arrays.fill(BYTES, -1);
    int next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean prints = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      LETTERS[b] = (char) (prints ? b : next++);
      BYTES[LETTERS[b]] = b;
    }
  }

  private Bytes() {}

  /// A word with each byte of its UTF-8 as a letter, which stands where its character stood.
  static MappedText written(MappedText word) {
    String text = word.text();
    var letters = new MappedText.Builder(word);
    for (int start = 0, end; start < text.length(); start = end) {
      end = start + Character.charCount(text.codePointAt(start));
      var each = new StringBuilder(4);
      for (byte b : text.substring(start, end).getBytes(StandardCharsets.UTF_8)) {
        each.append(LETTERS[b & 0xFF]);
      }
      letters.put(each.toString(), start, end);
    }
    return letters.text();
  }

  /// The text whose bytes these letters are; other letters are what they are. Bytes that are no
  /// UTF-8 become U+FFFD.
  static String read(String letters) {
    var text = new StringBuilder();
    byte[] bytes = new byte[letters.length()];
    int count = 0;
    for (int at = 0; at < letters.length(); at++) {
      char c = letters.charAt(at);
      int b = c < BYTES.length ? BYTES[c] : -1;
      if (b >= 0) {
        bytes[count++] = (byte) b;
      } else {
        text.append(new String(bytes, 0, count, StandardCharsets.UTF_8)).append(c);
        count = 0;
      }
    }
    return text.append(new String(bytes, 0, count, StandardCharsets.UTF_8)).toString();
  }

  /// How a model that falls back on bytes calls one: `<0x0A>`.
  static String name(int b) {
    return "<0x%02X>".formatted(b & 0xFF);
  }

  /// The byte of such a name; −1 for another token.
  static int value(String token) {
    boolean named = token.length() == 6 && token.startsWith("<0x") && token.endsWith(">");
    if (!named) {
      return -1;
    }
    int high = Character.digit(token.charAt(3), 16);
    int low = Character.digit(token.charAt(4), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
