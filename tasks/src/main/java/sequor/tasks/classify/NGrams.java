package sequor.tasks.classify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}']+|[^\\s\\p{Z}\\p{C}]");

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
    var all = new ArrayList<String>();
    forEach(text, all::add);
    return all;
  }

  /// Gives every n-gram of the text to `action`, as often as it occurs.
  public void forEach(String text, Consumer<String> action) {
    switch (unit) {
      case CHARACTER -> forEachCharacters(text, action);
      case WORD -> forEachWords(text, action);
    }
  }

  private void forEachCharacters(String text, Consumer<String> action) {
    String marked = " " + SPACE.matcher(text).replaceAll(" ").strip() + " ";
    int[] units = marked.codePoints().toArray();
    for (int i = 0; i < units.length; i++) {
      for (int n = shortest; n <= longest && i + n <= units.length; n++) {
        if (n > 1 || units[i] != ' ') {
          action.accept(new String(units, i, n));
        }
      }
    }
  }

  private void forEachWords(String text, Consumer<String> action) {
    var words = new ArrayList<String>();
    var found = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (found.find()) {
      words.add(found.group());
    }
    for (int i = 0; i < words.size(); i++) {
      for (int n = shortest; n <= longest && i + n <= words.size(); n++) {
        action.accept(n == 1 ? words.get(i) : String.join(" ", words.subList(i, i + n)));
      }
    }
  }

  /// As a report says it: `character 1–4-grams`.
  @Override
  public String toString() {
    String orders = shortest == longest ? "" + shortest : shortest + "–" + longest;
    return unit.name().toLowerCase(Locale.ROOT) + " " + orders + "-grams";
  }
}
