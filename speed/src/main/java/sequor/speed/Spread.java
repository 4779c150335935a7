package sequor.speed;

import java.util.Arrays;

/// What several measurements of one thing lie between. On a machine that others use too, two
/// threads may get a core each at one time and share one at the next: the median alone then says
/// little.
///
/// @param low the least of them
/// @param median the one in the middle; the upper of two
/// @param high the greatest
public record Spread(double low, double median, double high) {

  /// @param values at least one, in any order
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "spread: expected one value or more, found none; measure at least once");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  /// The same in another unit.
  public Spread times(double factor) {
    return new Spread(low * factor, median * factor, high * factor);
  }
}
