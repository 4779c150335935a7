package sequor.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Times a piece of work, once it is warm.
///
/// @param warmUp for how long the work is run before it is timed, so that the JIT has compiled it
/// @param fewestRuns how often it is run before that at least
public record Stopwatch(Duration warmUp, int fewestRuns) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// Three seconds and three runs of warm-up.
  public static Stopwatch warm() {
    return new Stopwatch(Duration.ofSeconds(3), 3);
  }

  /// Warms the work up, then times it `runs` times.
  public Timings measure(Runnable work, int runs) {
    long from = System.nanoTime();
    for (int i = 0; i < fewestRuns || System.nanoTime() - from < warmUp.toNanos(); i++) {
      work.run();
    }
    long[] nanos = new long[runs];
    long allocated = THREADS.getTotalThreadAllocatedBytes();
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    return new Timings(nanos, THREADS.getTotalThreadAllocatedBytes() - allocated);
  }
}
