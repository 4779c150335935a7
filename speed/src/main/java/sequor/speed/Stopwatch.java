package sequor.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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
    return measure(work, runs, 1).getFirst();
  }

  /// Warms the work up, then times it `runs` times, and that again and again.
  public List<Timings> measure(Runnable work, int runs, int repetitions) {
    long from = System.nanoTime();
    for (int i = 0; i < fewestRuns || System.nanoTime() - from < warmUp.toNanos(); i++) {
      work.run();
    }
    return Stream.generate(() -> time(work, runs)).limit(repetitions).toList();
  }

  private static Timings time(Runnable work, int runs) {
    long[] nanos = new long[runs];
    long cpu = CpuClock.nanos();
    long allocated = THREADS.getTotalThreadAllocatedBytes();
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    allocated = THREADS.getTotalThreadAllocatedBytes() - allocated;
    return new Timings(nanos, allocated, CpuClock.nanos() - cpu);
  }
}
