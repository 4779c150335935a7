package sequor.train;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import sequor.Seed;

/// How far chance may have moved a metric: the test examples are drawn anew, with replacement, a
/// thousand times, and the middle 95 % of what the metric becomes is its interval.
///
/// ```java
/// var seed = new Seed(1).child("bootstrap");
/// var intervals = Bootstrap.intervals(right.length, seed, times -> new double[] {share(right, times)});
/// ```
///
/// A statistic is given how often each example was drawn, so that two models are judged on the same
/// draw: the interval of the difference of their metrics is paired. Draw by draw, a generator of
/// its own follows from the seed, so any number of threads gives the same bits.
///
/// Source: Efron, *Bootstrap methods: another look at the jackknife* (1979); the percentile
/// interval is that of Efron and Tibshirani, *An introduction to the bootstrap* (1993), section
/// 13.3, with the quantiles between two draws on the line between them.
public final class Bootstrap {
  /// How many times the examples are drawn.
  public static final int DRAWS = 1000;

  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /// The middle 95 %.
  public record Interval(double low, double high) {}

  /// The interval of each statistic.
  ///
  /// @param examples how many there are, one or more
  /// @param statistics gives as many numbers each time, of how often each example was drawn; it is
  ///   called by several threads
  public static List<Interval> intervals(
      int examples, Seed seed, Function<int[], double[]> statistics) {
    Check.positive("bootstrap", "the number of examples", examples);
    double[][] draws = new double[DRAWS][];
    IntStream.range(0, DRAWS)
        .parallel()
        .forEach(d -> draws[d] = statistics.apply(times(examples, seed.child(d))));
    return IntStream.range(0, draws[0].length)
        .mapToObj(s -> interval(Arrays.stream(draws).mapToDouble(draw -> draw[s]).toArray()))
        .toList();
  }

  private static int[] times(int examples, Seed seed) {
    int[] times = new int[examples];
    var random = seed.generator();
    for (int i = 0; i < examples; i++) {
      times[random.nextInt(examples)]++;
    }
    return times;
  }

  private static Interval interval(double[] values) {
    Arrays.sort(values);
    return new Interval(quantile(values, TAIL), quantile(values, 1 - TAIL));
  }

  /// As NumPy's `quantile`.
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
