package sequor.text;

import sequor.json.JsonObject;
import sequor.settings.Settings;

/// `tokenizer: characters`
public record CharactersKind() implements SegmenterKind {
  @Override
  public String name() {
    return Characters.KIND;
  }

  @Override
  public String about() {
    return "one token a character";
  }

  @Override
  public Segmenter learn(Settings settings, Iterable<String> texts) {
    return new Characters();
  }

  @Override
  public Segmenter load(JsonObject settings) {
    settings.requireOnly();
    return new Characters();
  }
}
