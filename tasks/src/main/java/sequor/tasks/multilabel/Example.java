package sequor.tasks.multilabel;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import sequor.tasks.TextReader;

/// A text, or two that belong together, and its labels.
///
/// @param text two of them are one with a tab between ([TextReader#joined])
/// @param isPair whether it is two
/// @param labels in order; none, one or several
public record Example(String text, boolean isPair, Set<String> labels) {
  public Example {
    requireNonNull(text);
    labels = Collections.unmodifiableSet(new TreeSet<>(labels));
  }

  public static Example of(String text, String... labels) {
    return new Example(text, false, Set.copyOf(List.of(labels)));
  }

  /// Two texts that belong together.
  public static Example pair(String first, String second, String... labels) {
    return new Example(TextReader.joined(first, second), true, Set.copyOf(List.of(labels)));
  }
}
