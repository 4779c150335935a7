package sequor.testkit;

import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// Asserts that two ways to compute the same thing agree.
public final class Twins {
  /// What one rounding of float32 may do to a number of size 1, with room for a few of them.
  private static final double ROUNDING = 1e-6;

  private Twins() {}

  /// Asserts the same shape and the same bits.
  public static void assertSameBits(Tensor expected, Tensor actual) {
    assertSameShape(expected, actual);
    compare(expected.shape(), expected.toArray(), actual.toArray(), 0);
  }

  /// Asserts the same bits.
  public static void assertSameBits(float[] expected, float[] actual) {
    compare(flat(expected, actual), expected, actual, 0);
  }

  /// Asserts the same shape, and numbers as close as a few roundings leave them.
  public static void assertClose(Tensor expected, Tensor actual) {
    assertClose(expected, actual, 1);
  }

  /// Asserts the same shape, and numbers as close as sums of `terms` terms can be when they are
  /// added in different orders: within `10⁻⁶ · √terms` of the largest number expected, or of 1 if
  /// that is more.
  public static void assertClose(Tensor expected, Tensor actual, int terms) {
    assertSameShape(expected, actual);
    close(expected.shape(), expected.toArray(), actual.toArray(), terms);
  }

  /// Asserts numbers as close as sums of `terms` terms can be.
  public static void assertClose(float[] expected, float[] actual, int terms) {
    close(flat(expected, actual), expected, actual, terms);
  }

  private static void close(Shape shape, float[] expected, float[] actual, int terms) {
    double scale = Math.max(1, largest(expected));
    compare(shape, expected, actual, ROUNDING * Math.sqrt(Math.max(terms, 1)) * scale);
  }

  private static void compare(Shape shape, float[] expected, float[] actual, double allowed) {
    var worst = new Worst();
    for (int i = 0; i < expected.length; i++) {
      worst.see(i, expected[i], actual[i], allowed);
    }
    if (worst.count() > 0) {
      throw new AssertionError(
          "twins: %s at %s — expected %s, got %s (%s)"
              .formatted(
                  shape,
                  shape.index(worst.place()),
                  (float) worst.expected(),
                  (float) worst.actual(),
                  worst));
    }
  }

  private static void assertSameShape(Tensor expected, Tensor actual) {
    if (!expected.shape().equals(actual.shape())) {
      throw new AssertionError(
          "twins: expected the shape %s, got %s".formatted(expected.shape(), actual.shape()));
    }
  }

  private static Shape flat(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          "twins: expected %d numbers, got %d".formatted(expected.length, actual.length));
    }
    return Shape.of(expected.length);
  }

  /// The largest absolute value among the finite ones, or 0.
  private static double largest(float[] numbers) {
    double largest = 0;
    for (float number : numbers) {
      if (Float.isFinite(number)) {
        largest = Math.max(largest, Math.abs(number));
      }
    }
    return largest;
  }
}
