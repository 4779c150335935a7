package sequor.testkit;

/// Looks at pairs of numbers and remembers how many were too far apart, and the worst of them.
final class Worst {
  private int seen;
  private int count;
  private int place;
  private double expected;
  private double actual;
  private double allowed;
  private double excess;

  /// Compares one pair. With nothing allowed only the same bits will do; NaN is equal to NaN.
  void see(int place, double expected, double actual, double allowed) {
    seen++;
    double apart = Math.abs(expected - actual);
    if (Double.compare(expected, actual) == 0 || (allowed > 0 && apart <= allowed)) {
      return;
    }
    count++;
    double excess = Double.isFinite(apart) ? apart / allowed : Double.POSITIVE_INFINITY;
    if (count == 1 || excess > this.excess) {
      this.place = place;
      this.expected = expected;
      this.actual = actual;
      this.allowed = allowed;
      this.excess = excess;
    }
  }

  int count() {
    return count;
  }

  int place() {
    return place;
  }

  double expected() {
    return expected;
  }

  double actual() {
    return actual;
  }

  @Override
  public String toString() {
    return "%.1e apart, %.1e allowed; %d of %d places are off"
        .formatted(Math.abs(expected - actual), allowed, count, seen);
  }
}
