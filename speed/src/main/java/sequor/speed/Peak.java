package sequor.speed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;

/// The machine's peak: multiply-adds on numbers in registers, by as many threads at once as kernels
/// compute with.
///
/// A shared machine is not as fast in one second as in the next. So the peak and what is compared
/// with it take turns in bursts of 20 ms, and only bursts that are neighbours are compared.
public final class Peak {
  private static final long BURST_NANOS = 20_000_000;

  // Less than a millisecond, and long beside a look at the clock.
  private static final int PROBE_ROUNDS = 1 << 14;

  private Peak() {}

  /// Runs the probe and the products, each for its part of that time, so that the JIT has compiled
  /// them before any is measured.
  public static void warmUp(List<MatrixProduct> products, Duration together) {
    for (var product : products) {
      var work = product.work();
      long start = System.nanoTime();
      while (System.nanoTime() - start < together.toNanos() / products.size()) {
        burstOfProbe();
        burst(work);
      }
    }
  }

  /// What a product gets of the peak, after both took `rounds` turns.
  public static ProductShare share(MatrixProduct product, int rounds) {
    Limits.atLeastOne("rounds", rounds);
    var work = product.work();
    burst(work); // its factors are now in the caches, as far as they fit
    double[] peaks = new double[rounds];
    double[] rates = new double[rounds];
    double[] shares = new double[rounds];
    long wall = 0;
    long cpu = 0;
    for (int i = 0; i < rounds; i++) {
      peaks[i] = burstOfProbe();
      long start = System.nanoTime();
      long worked = CpuClock.nanos();
      rates[i] = burst(work) * product.operations();
      cpu += CpuClock.nanos() - worked;
      wall += System.nanoTime() - start;
      shares[i] = rates[i] / peaks[i];
    }
    return new ProductShare(
        product,
        Parallel.threads(),
        Spread.of(rates).median(),
        Spread.of(peaks).median(),
        Spread.of(shares),
        (double) cpu / wall);
  }

  /// The probe's operations a nanosecond, which are 10⁹ a second.
  private static double burstOfProbe() {
    var probe = Kernels.best().probe();
    var operations = new LongAdder();
    long start = System.nanoTime();
    Parallel.run(
        Parallel.threads(),
        thread -> {
          do {
            operations.add(probe.multiplyAdds(PROBE_ROUNDS));
          } while (System.nanoTime() - start < BURST_NANOS);
        });
    return operations.doubleValue() / (System.nanoTime() - start);
  }

  /// How often the work is done in a nanosecond.
  private static double burst(Runnable work) {
    long start = System.nanoTime();
    int times = 0;
    do {
      work.run();
      times++;
    } while (System.nanoTime() - start < BURST_NANOS);
    return times / (double) (System.nanoTime() - start);
  }
}
