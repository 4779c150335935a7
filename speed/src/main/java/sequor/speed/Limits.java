package sequor.speed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/// What a size may be: 1 or more, and no tensor larger than an array.
final class Limits {
  private static final int LARGEST = Integer.MAX_VALUE - 64; // as tensors have it

  private Limits() {}

  /// One size of a tensor, by the name that the user gave it under.
  record Size(String name, int value) {
    @Override
    public String toString() {
      return name + " " + value;
    }
  }

  static void atLeastOne(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "%s: expected 1 or more, found %d; every size counts something".formatted(name, size));
    }
  }

  /// Refuses a tensor of these sizes, each at least 1, that no array can hold.
  static void fits(Size... sizes) {
    // Exact below 2⁵³, and no larger product can become small.
    double numbers = Arrays.stream(sizes).mapToDouble(Size::value).reduce(1, (a, b) -> a * b);
    if (numbers > LARGEST) {
      String largest = Arrays.stream(sizes).max(Comparator.comparing(Size::value)).get().name();
      throw new IllegalArgumentException(
          "%s: expected tensors of %d numbers at most, found one of %s; lower %1$s"
              .formatted(
                  largest,
                  LARGEST,
                  Arrays.stream(sizes).map(Size::toString).collect(Collectors.joining(" × "))));
    }
  }
}
