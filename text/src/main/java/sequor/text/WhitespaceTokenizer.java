package sequor.text;

import java.util.List;
import java.util.regex.Pattern;
import sequor.json.Json;
import sequor.json.JsonObject;

/// One token a run of characters between white space, after normalization to NFC.
///
/// White space is what Unicode says it is, the no-break space and U+0085 included. Joining puts one
/// space between tokens, so the text's own spacing is lost.
///
/// ```java
/// new WhitespaceTokenizer().lowerCased().tokens("A good  film.");  // a, good, film.
/// ```
///
/// @param lowerCase whether letters become small first, by the rules of no particular language
public record WhitespaceTokenizer(boolean lowerCase) implements Tokenizer {
  static final String KIND = "whitespace";
  private static final Pattern SPACE = Pattern.compile("\\p{IsWhite_Space}+");

  /// Keeps capital letters.
  public WhitespaceTokenizer() {
    this(false);
  }

  public WhitespaceTokenizer lowerCased() {
    return new WhitespaceTokenizer(true);
  }

  static WhitespaceTokenizer of(JsonObject settings) {
    return new WhitespaceTokenizer(settings.requireOnly("kind", "lower_case").flag("lower_case"));
  }

  @Override
  public List<String> tokens(String text) {
    return SPACE.splitAsStream(Normal.form(text, lowerCase)).filter(t -> !t.isEmpty()).toList();
  }

  @Override
  public String text(List<String> tokens) {
    return String.join(" ", tokens);
  }

  @Override
  public JsonObject settings() {
    return Json.object().with("kind", KIND).with("lower_case", lowerCase);
  }
}
