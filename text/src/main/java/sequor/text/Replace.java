package sequor.text;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// Writes something else for whatever a regular expression finds.
///
/// @param replacePattern the expression, as Java knows them
/// @param replaceWith what stands there then, as it is
public record Replace(
    @Setting(value = "https?://\\S+", about = "a regular expression, for what is replaced")
        String replacePattern,
    @Setting(value = " ", about = "what stands there then") String replaceWith)
    implements Transform {

  public Replace() {
    this("https?://\\S+", " ");
  }

  public Replace {
    compiled(replacePattern); // a wrong expression is refused here
  }

  private static Pattern compiled(String expression) {
    try {
      return Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS);
    } catch (PatternSyntaxException e) {
      throw new TextException(
          "replace_pattern: expected a regular expression, got \"%s\" (%s); mend it"
              .formatted(expression, e.getDescription()),
          e);
    }
  }

  /// The expression of `{"String": "…"}` or `{"Regex": "…"}`.
  static String written(JsonObject pattern) {
    return pattern.has("String") ? Pattern.quote(pattern.text("String")) : pattern.text("Regex");
  }

  @Override
  public String name() {
    return "replace";
  }

  @Override
  public String about() {
    return "something else for what an expression finds";
  }

  @Override
  public Class<? extends Record> settings() {
    return Replace.class;
  }

  @Override
  public Transform with(Settings settings) {
    return settings.as(Replace.class);
  }

  @Override
  public JsonObject saved() {
    return Json.object().with("replace_pattern", replacePattern).with("replace_with", replaceWith);
  }

  @Override
  public MappedText apply(MappedText mapped) {
    var found = compiled(replacePattern).matcher(mapped.text());
    var rest = new MappedText.Builder(mapped);
    int from = 0;
    while (found.find()) {
      if (found.end() > found.start()) {
        rest.copy(from, found.start()).put(replaceWith, found.start(), found.end());
        from = found.end();
      }
    }
    return rest.copy(from, mapped.text().length()).text();
  }
}
