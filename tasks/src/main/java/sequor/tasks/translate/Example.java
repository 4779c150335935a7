package sequor.tasks.translate;

/// A text, and what is to be said of it.
///
/// @param source the text that is read
/// @param target the right one
public record Example(String source, String target) {
  public static Example of(String source, String target) {
    return new Example(source, target);
  }
}
