package sequor.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A text that was made from another one, and of each of its characters the place in that other one
/// where it comes from. So a token is found again in what the user wrote, whatever was done to it.
///
/// ```java
/// var text = MappedText.of("A <b>fine</b> film");
/// var plain = new MappedText.Builder(text).copy(0, 2).copy(5, 9).copy(13, 18).text(); // A fine film
/// plain.start(2);   // 5
/// ```
///
/// Places are counted in `char`s, as [String] counts them.
public final class MappedText {
  private final String text;
  private final int @Nullable [] starts; // of each character; null if all stand where they stood
  private final int @Nullable [] ends;

  private MappedText(String text, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /// A user's own text.
  public static MappedText of(String text) {
    return new MappedText(text, null, null);
  }

  public String text() {
    return text;
  }

  /// Where the character at `index` begins in the user's text.
  public int start(int index) {
    return starts == null ? index : starts[index];
  }

  /// Where the character at `index` ends in the user's text.
  public int end(int index) {
    return ends == null ? index + 1 : ends[index];
  }

  /// Where the character at `index` begins in the user's text, or where the last one ends.
  int startAt(int index) {
    if (index < text.length()) {
      return start(index);
    }
    return index == 0 ? 0 : end(index - 1);
  }

  /// The same characters written otherwise, one for one.
  ///
  /// @throws TextException if `other` is not as long
  public MappedText withText(String other) {
    if (other.length() != text.length()) {
      throw new TextException(
          "mapped text: expected %d characters for %d, got %d; build a text of another length"
              .formatted(text.length(), text.length(), other.length()));
    }
    return new MappedText(other, starts, ends);
  }

  @Override
  public String toString() {
    return text;
  }

  /// What becomes of one letter.
  @FunctionalInterface
  interface Letter {
    /// @param c a code point, from `start` to `end`
    void into(Builder text, int c, int start, int end);
  }

  /// This text with each letter, a code point, made into something by itself.
  MappedText eachLetter(Letter letter) {
    var made = new Builder(this);
    for (int start = 0, end; start < text.length(); start = end) {
      int c = text.codePointAt(start);
      end = start + Character.charCount(c);
      letter.into(made, c, start, end);
    }
    return made.text();
  }

  /// Makes a text of pieces of another.
  public static final class Builder {
    private final MappedText from;
    private final StringBuilder text = new StringBuilder();
    private int[] starts = new int[16];
    private int[] ends = new int[16];

    public Builder(MappedText from) {
      this.from = from;
    }

    /// The characters of the other text from `start` to `end`.
    public Builder copy(int start, int end) {
      int at = text.length();
      int length = at + end - start;
      reserve(length);
      for (int i = start; at < length; i++, at++) {
        starts[at] = from.start(i);
        ends[at] = from.end(i);
      }
      text.append(from.text, start, end);
      return this;
    }

    /// A piece that stands for the characters of the other text from `start` to `end`.
    public Builder put(String piece, int start, int end) {
      int first = from.startAt(start);
      int last = end > start ? from.end(end - 1) : first;
      for (int i = 0; i < piece.length(); i++) {
        add(piece.charAt(i), first, last);
      }
      return this;
    }

    private void reserve(int length) {
      if (length > starts.length) {
        int more = Math.max(length, 2 * starts.length);
        starts = Arrays.copyOf(starts, more);
        ends = Arrays.copyOf(ends, more);
      }
    }

    private void add(char c, int start, int end) {
      int at = text.length();
      reserve(at + 1);
      starts[at] = start;
      ends[at] = end;
      text.append(c);
    }

    public MappedText text() {
      int length = text.length();
      return new MappedText(
          text.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
    }
  }
}
