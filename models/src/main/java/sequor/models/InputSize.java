package sequor.models;

import java.util.Optional;
import java.util.OptionalInt;

/// What the columns hold that an encoder reads.
///
/// @param vocabulary V, how many ids there are; 0 for numbers
/// @param pad the id that stands for nothing
/// @param width D, how many numbers a step has; 0 for ids
/// @param vectors what the ids' vectors begin as; none for values drawn at random
/// @param between the id that stands between two texts that are read together; none where one is
///   read
public record InputSize(
    int vocabulary, int pad, int width, Optional<TokenVectors> vectors, OptionalInt between) {
  public static InputSize ofIds(int vocabulary, int pad) {
    return new InputSize(vocabulary, pad, 0, Optional.empty(), OptionalInt.empty());
  }

  public static InputSize ofNumbers(int width) {
    return new InputSize(0, 0, width, Optional.empty(), OptionalInt.empty());
  }

  /// These ids, whose vectors begin so.
  public InputSize with(TokenVectors pretrained) {
    return new InputSize(vocabulary, pad, width, Optional.of(pretrained), between);
  }

  /// These ids, of two texts with that one between them.
  public InputSize ofPairs(int mark) {
    return new InputSize(vocabulary, pad, width, vectors, OptionalInt.of(mark));
  }
}
