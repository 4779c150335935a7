package sequor.recipes;

/// Where the largest of some numbers stands.
final class Largest {
  private Largest() {}

  /// The first of equals.
  static int of(double[] numbers) {
    int best = 0;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] > numbers[best]) {
        best = i;
      }
    }
    return best;
  }
}
