package sequor.tasks.classify;

import static java.util.Objects.requireNonNull;

/// A text and the class it belongs to.
public record Example(String text, String label) {
  public Example {
    requireNonNull(text);
    requireNonNull(label);
  }

  public static Example of(String text, String label) {
    return new Example(text, label);
  }
}
