package sequor.tasks.classify;

import static java.util.Objects.requireNonNull;

import sequor.tasks.TextReader;

/// A text, or two that belong together, and the class that it belongs to.
///
/// @param text two of them are one with a tab between ([TextReader#joined])
/// @param isPair whether it is two
public record Example(String text, boolean isPair, String label) {
  public Example {
    requireNonNull(text);
    requireNonNull(label);
  }

  /// One text.
  public Example(String text, String label) {
    this(text, false, label);
  }

  public static Example of(String text, String label) {
    return new Example(text, label);
  }

  /// Two texts that belong together: `Example.pair("a man sleeps", "he is awake",
  /// "contradiction")`.
  public static Example pair(String first, String second, String label) {
    return new Example(TextReader.joined(first, second), true, label);
  }
}
