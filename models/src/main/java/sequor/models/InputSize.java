package sequor.models;

/// What the columns hold that an encoder reads.
///
/// @param vocabulary V, how many ids there are; 0 for numbers
/// @param pad the id that stands for nothing
/// @param width D, how many numbers a step has; 0 for ids
public record InputSize(int vocabulary, int pad, int width) {
  public static InputSize ofIds(int vocabulary, int pad) {
    return new InputSize(vocabulary, pad, 0);
  }

  public static InputSize ofNumbers(int width) {
    return new InputSize(0, 0, width);
  }
}
