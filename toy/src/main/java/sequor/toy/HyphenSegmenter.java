package sequor.toy;

import java.util.List;
import sequor.json.JsonObject;
import sequor.settings.Settings;
import sequor.text.Segmenter;
import sequor.text.SegmenterKind;

/// `tokenizer: hyphens`: one token between hyphens.
public record HyphenSegmenter() implements Segmenter {
  static final String KIND = "hyphens";

  @Override
  public void segment(String text, Tokens tokens) {
    int word = 0;
    for (int start = 0, end; start < text.length(); start = end + 1) {
      int hyphen = text.indexOf('-', start);
      end = hyphen < 0 ? text.length() : hyphen;
      if (end > start) {
        tokens.add(text.substring(start, end), start, end, word++);
      }
    }
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("-", tokens);
  }

  @Override
  public String kind() {
    return KIND;
  }

  /// Its name.
  public record Kind() implements SegmenterKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public String about() {
      return "one token between hyphens";
    }

    @Override
    public Segmenter learn(Settings settings, Iterable<String> texts) {
      return new HyphenSegmenter();
    }

    @Override
    public Segmenter load(JsonObject settings) {
      return new HyphenSegmenter();
    }
  }
}
