package sequor.text;

import java.util.List;

/// One token a run of characters between white space.
///
/// White space is what Unicode says it is, the no-break space and U+0085 included. Joining puts one
/// space between tokens, so the text's own spacing is lost.
///
/// ```java
/// new Whitespace().tokens("A good  film.");  // A, good, film.
/// ```
public record Whitespace() implements Segmenter {
  static final String KIND = "whitespace";

  @Override
  public void segment(String text, Tokens tokens) {
    int word = 0;
    int start = 0;
    for (int at = 0, next; at <= text.length(); at = next) {
      int c = at < text.length() ? text.codePointAt(at) : ' ';
      next = at + Character.charCount(c);
      if (isSpace(c)) {
        if (at > start) {
          tokens.add(text.substring(start, at), start, at, word++);
        }
        start = next;
      }
    }
  }

  /// Whether Unicode calls it White_Space.
  static boolean isSpace(int c) {
    return switch (c) {
      case ' ',
          '\t',
          '\n',
          0x0B,
          '\f',
          '\r',
          0x85,
          0xA0,
          0x1680,
          0x2028,
          0x2029,
          0x202F,
          0x205F,
          0x3000 ->
          true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }

  @Override
  public String kind() {
    return KIND;
  }
}
