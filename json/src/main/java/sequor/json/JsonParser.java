package sequor.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Text to values, by recursive descent over RFC 8259's grammar, one method a rule.
///
/// Recursion is bounded by [Json#MAX_DEPTH]; every method either moves forward or throws, so the
/// work is linear in the length of the text.
final class JsonParser {
  private static final char END = '\0';

  private final String text;
  private final String source;
  private int at;
  private int depth;
  private int values;

  JsonParser(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /// UTF-8 as the standard has it: no overlong forms, no surrogates, no byte order mark.
  static String decode(byte[] utf8, String source) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(utf8);
    if (utf8.length > Json.MAX_LENGTH) {
      throw tooLong(source, utf8.length);
    }
    var out = CharBuffer.allocate(utf8.length);
    var result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new JsonException(
          source,
          "UTF-8",
          "the byte 0x%02x at offset %d".formatted(utf8[in.position()], in.position()),
          "save the text as UTF-8");
    }
    return out.flip().toString();
  }

  Json parse() {
    if (text.length() > Json.MAX_LENGTH) {
      throw tooLong(source, text.length());
    }
    if (peek() == '\ufeff') {
      throw fail("a value", "save the text without a byte order mark");
    }
    skipSpace();
    Json value = value(Place.of(source));
    skipSpace();
    if (at < text.length()) {
      throw fail("the end after one value", "remove what follows, or wrap the values in [ ]");
    }
    return value;
  }

  private Json value(Place place) {
    if (++values > Json.MAX_VALUES) {
      throw fail("at most " + Json.MAX_VALUES + " values", "split the text");
    }
    return switch (peek()) {
      case '{' -> object(place);
      case '[' -> array(place);
      case '"' -> new JsonText(string());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case 't' -> word("true", JsonBool.TRUE);
      case 'f' -> word("false", JsonBool.FALSE);
      case 'n' -> word("null", JsonNull.NULL);
      case '\'' -> throw fail("a value", "use double quotes");
      case 'N', 'I' -> throw fail("a value", "write null where there is no number");
      default -> throw fail("a value", "write { [ \" a number, true, false or null");
    };
  }

  private JsonObject object(Place place) {
    enter();
    var members = new LinkedHashMap<String, Json>();
    while (more('}', members.isEmpty())) {
      if (peek() != '"') {
        throw fail("a name in double quotes", "quote it, and end the object without a comma");
      }
      int start = at;
      String name = string();
      if (members.containsKey(name)) {
        at = start;
        throw fail("each name once", "remove one of the two " + Place.quoteBriefly(name));
      }
      skipSpace();
      if (peek() != ':') {
        throw fail("a colon after a name", "write \"name\": value");
      }
      at++;
      skipSpace();
      members.put(name, value(place.member(name)));
    }
    depth--;
    return new JsonObject(members, place);
  }

  private JsonArray array(Place place) {
    enter();
    var elements = new ArrayList<Json>();
    while (more(']', elements.isEmpty())) {
      elements.add(value(place.element(elements.size())));
    }
    depth--;
    return new JsonArray(elements, place);
  }

  private void enter() {
    if (++depth > Json.MAX_DEPTH) {
      throw fail("at most " + Json.MAX_DEPTH + " nested arrays and objects", "flatten the value");
    }
    at++;
  }

  /// Moves to the next element, past the comma, or past the closing bracket.
  private boolean more(char closing, boolean first) {
    skipSpace();
    if (peek() == closing) {
      at++;
      return false;
    }
    if (!first) {
      if (peek() != ',') {
        throw fail("a comma or " + closing, "close every bracket and quote that was opened");
      }
      at++;
      skipSpace();
    }
    return true;
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw fail(word, "put texts in double quotes");
    }
    at += word.length();
    return value;
  }

  private JsonNumber number() {
    int start = at;
    while ("+-.eE".indexOf(peek()) >= 0 || (peek() >= '0' && peek() <= '9')) {
      at++;
    }
    String literal = text.substring(start, at);
    boolean written = JsonNumber.isNumber(literal);
    if (!written || !JsonNumber.isFinite(literal)) {
      at = start;
      throw fail(
          written ? "a number within the range of a double" : "a number",
          written ? "write null or a text instead" : "write it like -12, 0.5 or 1e-3",
          Place.brief(literal));
    }
    return new JsonNumber(literal);
  }

  /// Most texts have no escapes and are cut out whole.
  private String string() {
    int start = at++;
    while (peek() != '"' && peek() != '\\') {
      plainCharacter();
    }
    String plain = text.substring(start + 1, at);
    String string = peek() == '\\' ? escaped(plain) : plain;
    at++;
    int lone = JsonText.loneSurrogate(string);
    if (lone >= 0) {
      at = start;
      throw fail(
          "a text of whole characters",
          "write both halves of the pair, as \\ud83d\\ude00",
          "half of a surrogate pair, " + JsonText.unicode(string.charAt(lone)));
    }
    return string;
  }

  private String escaped(String plain) {
    var out = new StringBuilder(plain);
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
        out.append(escape());
      } else {
        out.append(plainCharacter());
      }
    }
    return out.toString();
  }

  private char plainCharacter() {
    if (at >= text.length()) {
      throw fail("a closing quote", "end the text with \"");
    }
    char c = text.charAt(at);
    if (c < ' ') {
      throw fail("a text on one line", "write control characters as \\n, \\t or \\u0000");
    }
    at++;
    return c;
  }

  private char escape() {
    char c = peek();
    char meant =
        switch (c) {
          case '"', '\\', '/' -> c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> unicode();
          default -> throw fail("one of \" \\ / b f n r t u after \\", "write a backslash as \\\\");
        };
    at++;
    return meant;
  }

  /// Four hexadecimal digits after `u`; leaves the position on the last one.
  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      at++;
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw fail("four hexadecimal digits after \\u", "write it like \\u00e9");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  /// The character here, or [#END] behind the last; a real zero character is never legal, so the
  /// two need not be told apart until an error is spelled out.
  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private JsonException fail(String expected, String advice) {
    return fail(expected, advice, here());
  }

  private JsonException fail(String expected, String advice, String got) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < at; i++) {
      column = text.charAt(i) == '\n' ? 1 : column + 1;
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return new JsonException(source + ":" + line + ":" + column, expected, got, advice);
  }

  /// What stands here, as an error shows it.
  private String here() {
    if (at >= text.length()) {
      return "the end of the text";
    }
    int c = text.codePointAt(at);
    boolean visible = !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
    return visible && Character.getType(c) != Character.FORMAT
        ? Character.toString(c)
        : "U+%04X".formatted(c);
  }

  private static JsonException tooLong(String source, int length) {
    return new JsonException(
        source,
        "at most " + Json.MAX_LENGTH + " characters",
        String.valueOf(length),
        "split the text");
  }
}
