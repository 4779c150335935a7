package sequor.kernels;

/// Numbers and their places as one `long`, so that sorting longs puts the numbers in order and the
/// first of equals first. No two keys are equal, so every way of sorting gives the same order.
public final class Order {
  private Order() {}

  /// The key of the number `x` at `place`: smaller for what comes first, which is the largest
  /// number, or the smallest. NaN is larger than all, 0 and −0 are equal.
  public static long key(float x, int place, boolean largest) {
    int bits = Float.floatToIntBits(x + 0f); // −0 becomes 0; every NaN the same
    int ascending = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    return (long) (largest ? ~ascending : ascending) << 32 | place;
  }

  /// The place of a key.
  public static int place(long key) {
    return (int) key;
  }
}
