package sequor.speed;

import java.util.Arrays;

/// How long each of several runs took.
///
/// @param nanos from the shortest to the longest, at least one
/// @param allocatedBytes what all runs together allocated, by any thread
public record Timings(long[] nanos, long allocatedBytes) {
  public Timings {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("timings: expected one run or more, found none");
    }
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  /// The shortest time.
  public long bestNanos() {
    return nanos[0];
  }

  public long medianNanos() {
    return percentileNanos(50);
  }

  /// The time that `percent` of the runs did not exceed (nearest rank).
  public long percentileNanos(double percent) {
    int rank = (int) Math.ceil(percent / 100 * nanos.length);
    return nanos[Math.clamp(rank - 1, 0, nanos.length - 1)];
  }

  public double meanNanos() {
    return Arrays.stream(nanos).average().orElseThrow();
  }

  /// 10⁶ bytes a run.
  public double allocatedMegabytes() {
    return allocatedBytes / 1e6 / nanos.length;
  }
}
