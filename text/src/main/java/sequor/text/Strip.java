package sequor.text;

import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// Takes white space away from the ends of a text.
///
/// @param stripLeft whether from its beginning
/// @param stripRight whether from its end
public record Strip(
    @Setting(value = "true", about = "no white space at a text's beginning") boolean stripLeft,
    @Setting(value = "true", about = "no white space at a text's end") boolean stripRight)
    implements Transform {
  public Strip() {
    this(true, true);
  }

  @Override
  public String name() {
    return "strip";
  }

  @Override
  public String about() {
    return "no white space at the ends";
  }

  @Override
  public Class<? extends Record> settings() {
    return Strip.class;
  }

  @Override
  public Transform with(Settings settings) {
    return settings.as(Strip.class);
  }

  @Override
  public JsonObject saved() {
    return Json.object().with("strip_left", stripLeft).with("strip_right", stripRight);
  }

  @Override
  public MappedText apply(MappedText mapped) {
    String text = mapped.text();
    int from = 0;
    int to = text.length();
    while (stripLeft && from < to && Whitespace.isSpace(text.charAt(from))) {
      from++;
    }
    while (stripRight && to > from && Whitespace.isSpace(text.charAt(to - 1))) {
      to--;
    }
    return to - from == text.length()
        ? mapped
        : new MappedText.Builder(mapped).copy(from, to).text();
  }
}
