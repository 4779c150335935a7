package sequor.text;

import java.util.List;

/// One token a Unicode code point.
///
/// Code points and not grapheme clusters (what a reader calls one character): graphemes are an open
/// set, so that a flag or a family emoji would be a token of its own and mostly unknown, while code
/// points keep the vocabulary small and every cluster can be spelled. The price is that a mark
/// which NFC cannot join to its letter is a token of its own.
///
/// ```java
/// new Characters().tokens("Zoë");   // Z, o, ë
/// ```
public record Characters() implements Segmenter {
  static final String KIND = "characters";

  @Override
  public void segment(String text, Tokens tokens) {
    int word = -1;
    boolean inside = false;
    for (int start = 0, end; start < text.length(); start = end) {
      int c = text.codePointAt(start);
      end = start + Character.charCount(c);
      boolean space = Whitespace.isSpace(c);
      word += space || inside ? 0 : 1;
      inside = !space;
      tokens.add(text.substring(start, end), start, end, space ? -1 : word);
    }
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("", tokens);
  }

  @Override
  public String kind() {
    return KIND;
  }
}
