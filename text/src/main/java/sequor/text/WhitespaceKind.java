package sequor.text;

import sequor.json.JsonObject;
import sequor.settings.Settings;

/// `tokenizer: whitespace`
public record WhitespaceKind() implements SegmenterKind {
  @Override
  public String name() {
    return Whitespace.KIND;
  }

  @Override
  public String about() {
    return "one token between white space";
  }

  @Override
  public Segmenter learn(Settings settings, Iterable<String> texts) {
    return new Whitespace();
  }

  @Override
  public Segmenter load(JsonObject settings) {
    settings.requireOnly();
    return new Whitespace();
  }
}
