package sequor.text;

import java.util.List;
import java.util.ServiceLoader;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Settings;

/// Changes a text before it is cut into tokens, and keeps where everything came from.
///
/// A transform is immutable, and the same text always gives the same text. One of your own is a
/// service: a public class with a public constructor without arguments, and a line `provides
/// sequor.text.Transform with …` (or a file in `META-INF/services`). One that has [settings of its
/// own][#settings] makes itself anew with them, and says what of it is to be saved:
///
/// ```java
/// public record Cut(int most) implements Transform {
///   public Cut() { this(0); }
///   public Class<? extends Record> settings() { return CutSettings.class; }
///   public Transform with(Settings settings) { return new Cut(settings.as(CutSettings.class).cutMost()); }
///   public JsonObject saved() { return Json.object().with("cut_most", most); }
/// ```
public interface Transform extends Named {
  MappedText apply(MappedText text);

  /// This transform with settings of its own.
  ///
  /// @param settings with the keys of [#settings()]
  default Transform with(Settings settings) {
    return this;
  }

  /// All that a model must keep of it, besides its name.
  default JsonObject saved() {
    return Json.object();
  }

  /// The transform that said this of itself.
  ///
  /// @throws sequor.SequorException if it did not
  default Transform load(JsonObject saved) {
    return with(Section.of(settings()).restore(saved, name() + ".", Places.NOWHERE));
  }

  /// All there are.
  static Choices<Transform> all() {
    return Choices.of("transform", ServiceLoader.load(Transform.class));
  }

  /// One after the other.
  static MappedText apply(List<Transform> transforms, String text) {
    var mapped = MappedText.of(text);
    for (var transform : transforms) {
      mapped = transform.apply(mapped);
    }
    return mapped;
  }
}
