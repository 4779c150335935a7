package sequor.tasks.regress;

import static java.util.Objects.requireNonNull;

import sequor.tasks.PlainNumbers;
import sequor.tasks.TaskException;
import sequor.tasks.TextReader;

/// A text, or two that belong together, and its number.
///
/// @param text two of them are one with a tab between ([TextReader#joined])
/// @param isPair whether it is two
/// @param value from −1e18 to 1e18
public record Example(String text, boolean isPair, double value) {
  public Example {
    requireNonNull(text);
    if (!PlainNumbers.isPlain(value)) {
      throw new TaskException(
          "example: expected a number from -1e18 to 1e18, got %s; leave it out".formatted(value));
    }
  }

  public static Example of(String text, double value) {
    return new Example(text, false, value);
  }

  /// Two texts that belong together: `Example.pair("a man sleeps", "a man is asleep", 4.8)`.
  public static Example pair(String first, String second, double value) {
    return new Example(TextReader.joined(first, second), true, value);
  }
}
