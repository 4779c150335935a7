package sequor.text;

import java.util.List;
import java.util.regex.Pattern;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// One token a word: a run of letters, their marks, and digits. Han letters and Hiragana, which
/// know no spaces, are a word each. Signs are left out, or tokens of their own.
///
/// ```java
/// new Words().tokens("I can't wait :-) 3.5 stars!");   // I, can't, wait, :-), 3.5, stars
/// ```
///
/// The rules are a part of those of Unicode (UAX #29), and written here, so that they are the same
/// in every release of Java.
///
/// @param inner whether an apostrophe between letters and a point or comma between digits belong to
///   the word
/// @param emoticons whether `:-)` and emoji are tokens
/// @param signs whether all other signs are tokens, one each
public record Words(
    @Setting(value = "true", about = "can't and 3.5 are one word") boolean inner,
    @Setting(value = "true", about = "whether :-) and emoji are tokens") boolean emoticons,
    @Setting(value = "false", about = "whether other signs are tokens, one each") boolean signs)
    implements Segmenter {
  static final String KIND = "words";

  /// Eyes, perhaps a nose, a mouth; a letter or a slash behind it makes it something else, such as
  /// the beginning of an address.
  private static final Pattern EMOTICON =
      Pattern.compile("[:;=8]['^o-]?[)(\\]\\[DPpOo*/\\\\|](?![\\p{L}\\p{N}/\\\\])|<3(?!\\p{N})");

  /// Before it there are no Han letters and no Hiragana.
  private static final int FIRST_ALONE = 0x2E80;

  public Words() {
    this(true, true, false);
  }

  @Override
  public void segment(String text, Tokens tokens) {
    int word = 0;
    for (int start = 0, end; start < text.length(); start = end) {
      int c = text.codePointAt(start);
      end = start + Character.charCount(c);
      if (emoticons && emoticon(text, start) > start) {
        end = emoticon(text, start);
      } else if (SpecialCharacters.isLetter(c)) {
        end = isAlone(c) ? marksEnd(text, end) : wordEnd(text, end);
      } else if (emoticons && isPicture(c)) {
        end = pictureEnd(text, end);
      } else if (!signs || Whitespace.isSpace(c)) {
        continue;
      }
      tokens.add(text.substring(start, end), start, end, word++);
    }
  }

  private int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      boolean goesOn = SpecialCharacters.isLetter(c) && !isAlone(c);
      boolean joiner = c == 0x200C || c == 0x200D || c == '_';
      if (!goesOn && !joiner && !(inner && isInside(text, end))) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  /// Whether an apostrophe stands between letters, or a point between digits.
  private static boolean isInside(String text, int at) {
    if (at + 1 >= text.length()) {
      return false;
    }
    return switch (text.charAt(at)) {
      case '\'', '\u2019' ->
          Character.isLetter(text.codePointBefore(at))
              && Character.isLetter(text.codePointAt(at + 1));
      case '.', ',' ->
          Character.isDigit(text.codePointBefore(at))
              && Character.isDigit(text.codePointAt(at + 1));
      default -> false;
    };
  }

  private static int marksEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isMark(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /// Whether the letter is a word by itself.
  private static boolean isAlone(int c) {
    if (c < FIRST_ALONE) {
      return false; // without a look at large tables
    }
    return Character.isIdeographic(c)
        || Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA;
  }

  /// Where the emoticon at `start` ends; `start` if there is none. A mouth that is a letter needs
  /// eyes that no word ends with.
  private static int emoticon(String text, int start) {
    if (":;=8<".indexOf(text.charAt(start)) < 0) {
      return start;
    }
    var found = EMOTICON.matcher(text).region(start, text.length()).useTransparentBounds(true);
    if (!found.lookingAt()) {
      return start;
    }
    boolean within = start > 0 && SpecialCharacters.isLetter(text.codePointBefore(start));
    boolean letters = text.charAt(start) == '8' || Character.isLetter(text.charAt(found.end() - 1));
    return within && letters ? start : found.end();
  }

  private static boolean isPicture(int c) {
    return c > 0x7F && (Character.isExtendedPictographic(c) || isFlag(c));
  }

  private static boolean isFlag(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }

  /// A picture may be made of several: a flag of two letters, a family of its members.
  private static int pictureEnd(String text, int from) {
    int end = from;
    if (isFlag(text.codePointBefore(from))) {
      return end < text.length() && isFlag(text.codePointAt(end)) ? end + 2 : end;
    }
    while (end < text.length()) {
      int c = text.codePointAt(end);
      boolean joined = text.codePointBefore(end) == 0x200D && isPicture(c);
      if (c != 0xFE0F && c != 0x200D && c != 0x20E3 && !Character.isEmojiModifier(c) && !joined) {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  @Override
  public String join(List<String> tokens) {
    return String.join(" ", tokens);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return Settings.json(this);
  }

  /// `tokenizer: words`
  public record Kind() implements SegmenterKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public String about() {
      return "one token a word, without signs";
    }

    @Override
    public Class<? extends Record> settings() {
      return Words.class;
    }

    @Override
    public Segmenter learn(Settings settings, Iterable<String> texts) {
      return settings.as(Words.class);
    }

    @Override
    public Segmenter load(JsonObject settings) {
      settings.requireOnly("inner", "emoticons", "signs");
      return new Words(settings.flag("inner"), settings.flag("emoticons"), settings.flag("signs"));
    }
  }
}
