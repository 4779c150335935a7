package sequor.text;

import java.util.List;
import sequor.json.Json;
import sequor.json.JsonObject;

/// One token a Unicode code point, after normalization to NFC.
///
/// Code points and not grapheme clusters (what a reader calls one character): graphemes are an open
/// set, so that a flag or a family emoji would be a token of its own and mostly unknown, while code
/// points keep the vocabulary small and every cluster can be spelled. The price is that a mark
/// which NFC cannot join to its letter is a token of its own.
///
/// ```java
/// new CharacterTokenizer().tokens("Zoë");               // Z, o, ë
/// new CharacterTokenizer().lowerCased().tokens("Zoë");  // z, o, ë
/// ```
///
/// @param lowerCase whether letters become small first, by the rules of no particular language
public record CharacterTokenizer(boolean lowerCase) implements Tokenizer {
  static final String KIND = "characters";

  /// Keeps capital letters.
  public CharacterTokenizer() {
    this(false);
  }

  public CharacterTokenizer lowerCased() {
    return new CharacterTokenizer(true);
  }

  static CharacterTokenizer of(JsonObject settings) {
    return new CharacterTokenizer(settings.requireOnly("kind", "lower_case").flag("lower_case"));
  }

  @Override
  public List<String> tokens(String text) {
    return Normal.form(text, lowerCase).codePoints().mapToObj(Character::toString).toList();
  }

  @Override
  public String text(List<String> tokens) {
    return String.join("", tokens);
  }

  @Override
  public JsonObject settings() {
    return Json.object().with("kind", KIND).with("lower_case", lowerCase);
  }
}
