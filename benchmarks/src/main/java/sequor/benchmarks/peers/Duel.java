package sequor.benchmarks.peers;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/// The process in which the Sequors of two checkouts do one row in turn, some milliseconds each. So
/// close to each other they meet the same machine, and the median of the ratios of two neighbouring
/// turns moves by one or two percent where times move by half.
///
/// What the JIT makes of one program differs from process to process by a few percent; [Duels]
/// starts several.
final class Duel {
  private static final int SHOWN_STEPS = 3;
  private static final int WARM_UPS = 3;
  private static final long WARM_UP_NANOS = 1_500_000_000;
  private static final long DUEL_NANOS = 5_000_000_000L;
  private static final long TURN_NANOS = 8_000_000;
  private static final int FEWEST_PAIRS = 15;

  private Duel() {}

  /// Prints the ratio this / other. Arguments: folder of this checkout, folder of the other, name
  /// of the row, number of threads.
  static void main(String[] args) throws IOException, ReflectiveOperationException {
    int threads = Integer.parseInt(args[3]);
    try (var here = classes(Path.of(args[0]));
        var there = classes(Path.of(args[1]))) {
      var ours = work(here, args[2], threads);
      var theirs = work(there, args[2], threads);
      for (int i = 0; i < SHOWN_STEPS; i++) {
        check(args[2], outputs(theirs), outputs(ours));
      }
      System.out.println(ratio(ours, theirs));
    }
  }

  private static URLClassLoader classes(Path checkout) throws MalformedURLException {
    var jar = checkout.resolve("benchmarks", "target", "benchmarks.jar").toUri().toURL();
    return new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
  }

  private static Runnable work(ClassLoader classes, String row, int threads)
      throws ReflectiveOperationException {
    Thread.currentThread().setContextClassLoader(classes); // where services are looked for
    return (Runnable)
        classes
            .loadClass(CheckoutWork.class.getName())
            .getConstructor(String.class, int.class)
            .newInstance(row, threads);
  }

  private static float[] outputs(Runnable work) {
    return (float[]) ((Supplier<?>) work).get();
  }

  private static void check(String row, float[] theirs, float[] ours) {
    int off = Agreement.firstOff(theirs, ours);
    if (off >= 0) {
      throw new Agreement.Disagreement(
          "%s: expected both to compute the same, but number %d of %d differs; their times are not compared"
              .formatted(row, off, ours.length));
    }
  }

  private static double ratio(Runnable ours, Runnable theirs) {
    for (int i = 0; i < WARM_UPS; i++) {
      turn(theirs, WARM_UP_NANOS);
      turn(ours, WARM_UP_NANOS);
    }
    List<Double> ratios = new ArrayList<>();
    long end = System.nanoTime() + DUEL_NANOS;
    while (System.nanoTime() < end || ratios.size() < FEWEST_PAIRS) {
      // Each begins every other time.
      double first = ratios.size() % 2 == 0 ? turn(ours, TURN_NANOS) : 0;
      double their = turn(theirs, TURN_NANOS);
      ratios.add((first > 0 ? first : turn(ours, TURN_NANOS)) / their);
    }
    Collections.sort(ratios);
    return ratios.get(ratios.size() / 2);
  }

  /// The mean time of a step, without the first, which finds the caches as the other left them.
  private static double turn(Runnable work, long nanos) {
    work.run();
    long start = System.nanoTime();
    long now = start;
    int steps = 0;
    for (; now - start < nanos; steps++) {
      work.run();
      now = System.nanoTime();
    }
    return (double) (now - start) / steps;
  }
}
