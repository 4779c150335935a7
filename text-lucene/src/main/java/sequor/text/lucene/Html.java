package sequor.text.lucene;

import org.jsoup.parser.Parser;
import sequor.text.MappedText;
import sequor.text.Transform;

/// The text of HTML: a tag is a space, so that no two words become one; comments, scripts and
/// styles are one too; `&eacute;` is é. It takes anything for HTML, and never fails.
///
/// ```
/// <p>caf&eacute;<br>noir</p>   →   a space, café, a space, noir, a space
/// ```
///
/// It reads the text itself, so that it is known of each character where it stands; what is a tag
/// is as in HTML's standard (section 13.2.5), and what an entity stands for is jsoup's.
public record Html() implements Transform {
  /// The longest name of an entity that there is, with room.
  private static final int LONGEST_ENTITY = 40;

  @Override
  public String name() {
    return "html";
  }

  @Override
  public String about() {
    return "the text of HTML; a tag is a space";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    String text = mapped.text();
    if (text.indexOf('<') < 0 && text.indexOf('&') < 0) {
      return mapped;
    }
    var plain = new MappedText.Builder(mapped);
    for (int at = 0; at < text.length(); ) {
      int end = markupEnd(text, at);
      if (end > at) {
        plain.put(" ", at, end);
      } else if (text.charAt(at) == '&') {
        end = entity(text, at, plain);
      } else {
        end = plainEnd(text, at + 1);
        plain.copy(at, end);
      }
      at = end;
    }
    return plain.text();
  }

  /// Where a stretch of mere text ends that has begun before `from`.
  private static int plainEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '<' && text.charAt(end) != '&') {
      end++;
    }
    return end;
  }

  /// Where the tag, comment or script that begins at `at` ends; `at` if none does.
  private static int markupEnd(String text, int at) {
    if (text.charAt(at) != '<' || at + 1 >= text.length()) {
      return at;
    }
    char next = text.charAt(at + 1);
    if (text.startsWith("<!--", at)) {
      return commentEnd(text, at + 4);
    }
    if (next == '!' || next == '?') {
      return behind(text, ">", at + 2);
    }
    boolean closes = next == '/';
    int name = closes ? at + 2 : at + 1;
    if (name >= text.length()) {
      return at;
    }
    if (!isLetter(text.charAt(name))) {
      return closes ? behind(text, ">", name) : at; // </ > is a comment that went wrong
    }
    int end = tagEnd(text, name);
    return closes ? end : rawEnd(text, name, end);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int commentEnd(String text, int from) {
    if (text.startsWith(">", from) || text.startsWith("->", from)) {
      return text.indexOf('>', from) + 1;
    }
    int plain = text.indexOf("-->", from);
    int other = text.indexOf("--!>", from);
    if (plain < 0 && other < 0) {
      return text.length();
    }
    return other >= 0 && (plain < 0 || other < plain) ? other + 4 : plain + 3;
  }

  private static int behind(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  /// Where a tag ends; a > within the quotes of an attribute does not end it.
  private static int tagEnd(String text, int from) {
    boolean value = false; // whether a value may begin
    int at = from;
    while (at < text.length() && text.charAt(at) != '>') {
      char c = text.charAt(at);
      if (value && (c == '"' || c == '\'')) {
        at = behind(text, String.valueOf(c), at + 1);
        value = false;
        continue;
      }
      value = c == '=' || (value && c <= ' ');
      at++;
    }
    return Math.min(text.length(), at + 1);
  }

  /// What is in a script is no text.
  private static int rawEnd(String text, int name, int end) {
    for (var raw : new String[] {"script", "style"}) {
      boolean named = text.regionMatches(true, name, raw, 0, raw.length());
      int behind = name + raw.length();
      if (named && behind < text.length() && " \t\n\f\r/>".indexOf(text.charAt(behind)) >= 0) {
        for (int at = text.indexOf("</", end); at >= 0; at = text.indexOf("</", at + 2)) {
          if (text.regionMatches(true, at + 2, raw, 0, raw.length())) {
            return tagEnd(text, at + 2);
          }
        }
        return text.length();
      }
    }
    return end;
  }

  /// Adds what an entity stands for, or the sign that begins it, and gives where that ends.
  private static int entity(String text, int at, MappedText.Builder plain) {
    int end = at + 1;
    int most = Math.min(text.length(), at + LONGEST_ENTITY);
    while (end < most && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '#')) {
      end++;
    }
    end += end < text.length() && text.charAt(end) == ';' ? 1 : 0;
    String written = text.substring(at, end);
    String read = Parser.unescapeEntities(written, false);
    int same = commonEnd(written, read);
    if (same >= written.length() - 1 || read.equals(written)) {
      plain.copy(at, at + 1);
      return at + 1;
    }
    plain.put(read.substring(0, read.length() - same), at, end - same);
    return end - same;
  }

  /// How many letters at the end stand as they stood: `&ampx` is & and x.
  private static int commonEnd(String written, String read) {
    int same = 0;
    while (same < Math.min(written.length(), read.length())
        && written.charAt(written.length() - 1 - same) == read.charAt(read.length() - 1 - same)) {
      same++;
    }
    return Math.min(same, read.length() - 1);
  }
}
