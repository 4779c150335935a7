package sequor.models;

import java.util.Optional;

/// What the columns hold that an encoder reads.
///
/// @param vocabulary V, how many ids there are; 0 for numbers
/// @param pad the id that stands for nothing
/// @param width D, how many numbers a step has; 0 for ids
/// @param vectors what the ids' vectors begin as; none for values drawn at random
public record InputSize(int vocabulary, int pad, int width, Optional<TokenVectors> vectors) {
  public static InputSize ofIds(int vocabulary, int pad) {
    return new InputSize(vocabulary, pad, 0, Optional.empty());
  }

  public static InputSize ofNumbers(int width) {
    return new InputSize(0, 0, width, Optional.empty());
  }

  /// These ids, whose vectors begin so.
  public InputSize with(TokenVectors pretrained) {
    return new InputSize(vocabulary, pad, width, Optional.of(pretrained));
  }
}
