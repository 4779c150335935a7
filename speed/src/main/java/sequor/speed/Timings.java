package sequor.speed;

import java.util.Arrays;

/// How long each of several runs took, and what all of them cost.
public final class Timings {
  private final long[] nanos; // from the shortest to the longest
  private final long allocatedBytes;
  private final long cpuNanos;

  /// @param nanos at least one, in any order
  /// @param allocatedBytes what all runs together allocated, by any thread
  /// @param cpuNanos how long cores worked on all runs together, in any thread
  public Timings(long[] nanos, long allocatedBytes, long cpuNanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException(
          "timings: expected one run or more, found none; run the work at least once");
    }
    this.nanos = nanos.clone();
    this.allocatedBytes = allocatedBytes;
    this.cpuNanos = cpuNanos;
    Arrays.sort(this.nanos);
  }

  /// All times, from the shortest to the longest.
  public long[] nanos() {
    return nanos.clone();
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

  /// How long cores worked on one run, on the average; with two threads up to twice as long as it
  /// took.
  public double meanCpuNanos() {
    return (double) cpuNanos / nanos.length;
  }

  /// 10⁶ bytes a run.
  public double allocatedMegabytes() {
    return allocatedBytes / 1e6 / nanos.length;
  }
}
