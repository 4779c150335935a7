package sequor.tasks.classify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import sequor.tasks.TaskException;

/// Cuts a text into its n-grams: all runs of `shortest` to `longest` units.
///
/// ```java
/// NGrams.characters(2, 3).of("Kim");          // "_K" "_Ki" "Ki" "Kim" "im" "im_" "m_" with _ a space
/// NGrams.words(1, 2).of("Not bad, not good"); // "not" "not bad" "bad" "bad ," …
/// ```
///
/// A space stands for the border of a word, the start and the end of the text included, so that
/// `ski` at the end of a name is another n-gram than `ski` inside it. Runs of white space count as
/// one. A space alone says nothing and is left out.
///
/// @param unit what is counted
/// @param shortest the least number of units, at least 1
/// @param longest the greatest number of units
public record NGrams(Unit unit, int shortest, int longest) {
  /// What an n-gram is made of.
  public enum Unit {
    /// Unicode characters (code points), upper and lower case told apart.
    CHARACTER,
    /// Runs of letters, digits and apostrophes, and every other visible character, in lower case.
    WORD
  }

  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /// Letters, marks and numbers.
  private static final int INSIDE =
      1 << Character.UPPERCASE_LETTER
          | 1 << Character.LOWERCASE_LETTER
          | 1 << Character.TITLECASE_LETTER
          | 1 << Character.MODIFIER_LETTER
          | 1 << Character.OTHER_LETTER
          | 1 << Character.NON_SPACING_MARK
          | 1 << Character.ENCLOSING_MARK
          | 1 << Character.COMBINING_SPACING_MARK
          | 1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  private static final int INVISIBLE =
      1 << Character.SPACE_SEPARATOR
          | 1 << Character.LINE_SEPARATOR
          | 1 << Character.PARAGRAPH_SEPARATOR
          | 1 << Character.CONTROL
          | 1 << Character.FORMAT
          | 1 << Character.SURROGATE
          | 1 << Character.PRIVATE_USE
          | 1 << Character.UNASSIGNED;

  public NGrams {
    requireNonNull(unit);
    if (shortest < 1 || longest < shortest) {
      throw new TaskException(
          "n-grams: expected 1 ≤ shortest ≤ longest, got from %d to %d units; give such numbers"
              .formatted(shortest, longest));
    }
  }

  public static NGrams characters(int shortest, int longest) {
    return new NGrams(Unit.CHARACTER, shortest, longest);
  }

  public static NGrams words(int shortest, int longest) {
    return new NGrams(Unit.WORD, shortest, longest);
  }

  /// All n-grams of the text, each as often as it occurs.
  public List<String> of(String text) {
    var cut = cut(text);
    var all = new ArrayList<String>();
    for (int i = 0; i < cut.count(); i++) {
      var ngram = new StringBuilder();
      for (int n = 1; n <= longest && i + n <= cut.count(); n++) {
        ngram.append(n > 1 ? between() : "");
        ngram.append(cut.text, cut.places[2 * (i + n - 1)], cut.places[2 * (i + n - 1) + 1]);
        if (n >= shortest && (n > 1 || !cut.isSpace(i))) {
          all.add(ngram.toString());
        }
      }
    }
    return all;
  }

  /// Gives the [NGramIndex#hash] of every n-gram of the text to `action`, as often as it occurs.
  void forEachHash(String text, LongConsumer action) {
    var cut = cut(text);
    for (int i = 0; i < cut.count(); i++) {
      long hash = NGramIndex.BEGUN;
      for (int n = 1; n <= longest && i + n <= cut.count(); n++) {
        hash = n > 1 ? NGramIndex.hashed(hash, between(), 0, between().length()) : hash;
        int unit = 2 * (i + n - 1);
        hash = NGramIndex.hashed(hash, cut.text, cut.places[unit], cut.places[unit + 1]);
        if (n >= shortest && (n > 1 || !cut.isSpace(i))) {
          action.accept(NGramIndex.finished(hash));
        }
      }
    }
  }

  private String between() {
    return unit == Unit.WORD ? " " : "";
  }

  /// A text as its units: where each begins, and where it ends.
  private static final class Cut {
    private final String text;
    private int[] places = new int[64];
    private int size;

    Cut(String text) {
      this.text = text;
    }

    int count() {
      return size / 2;
    }

    boolean isSpace(int unit) {
      return text.charAt(places[2 * unit]) == ' ';
    }

    void add(int start, int end) {
      if (size == places.length) {
        places = Arrays.copyOf(places, 2 * size);
      }
      places[size++] = start;
      places[size++] = end;
    }
  }

  private Cut cut(String text) {
    return switch (unit) {
      case CHARACTER ->
          characters(new Cut(" " + SPACE.matcher(text).replaceAll(" ").strip() + " "));
      case WORD -> words(new Cut(text.toLowerCase(Locale.ROOT)));
    };
  }

  private static Cut characters(Cut cut) {
    for (int at = 0; at < cut.text.length(); ) {
      int end = at + Character.charCount(cut.text.codePointAt(at));
      cut.add(at, end);
      at = end;
    }
    return cut;
  }

  private static Cut words(Cut cut) {
    int start = 0; // of the word that is open
    for (int at = 0; at < cut.text.length(); ) {
      int letter = cut.text.codePointAt(at);
      int end = at + Character.charCount(letter);
      if (!isInside(letter)) {
        if (start < at) {
          cut.add(start, at);
        }
        if ((INVISIBLE >> Character.getType(letter) & 1) == 0) {
          cut.add(at, end);
        }
        start = end;
      }
      at = end;
    }
    if (start < cut.text.length()) {
      cut.add(start, cut.text.length());
    }
    return cut;
  }

  private static boolean isInside(int letter) {
    return letter == '\'' || (INSIDE >> Character.getType(letter) & 1) != 0;
  }

  /// As a report says it: `character 1–4-grams`.
  @Override
  public String toString() {
    String orders = shortest == longest ? "" + shortest : shortest + "–" + longest;
    return unit.name().toLowerCase(Locale.ROOT) + " " + orders + "-grams";
  }
}
