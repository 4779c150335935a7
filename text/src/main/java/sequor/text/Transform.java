package sequor.text;

import java.util.List;
import java.util.ServiceLoader;
import sequor.settings.Choices;
import sequor.settings.Named;

/// Changes a text before it is cut into tokens, and keeps where everything came from.
///
/// A transform has no state, and the same text always gives the same text. One of your own is a
/// service: a public class with a public constructor without arguments, and a line `provides
/// sequor.text.Transform with …` (or a file in `META-INF/services`).
public interface Transform extends Named {
  MappedText apply(MappedText text);

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
