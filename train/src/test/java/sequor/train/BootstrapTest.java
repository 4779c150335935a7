package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.train.Bootstrap.Interval;

class BootstrapTest {
  private static final Seed SEED = new Seed(1);

  /// 1000 examples, of which one in five is wrong.
  private static final int COUNT = 1000;

  private static boolean right(int example) {
    return example % 5 != 0;
  }

  private static double accuracy(int[] times) {
    double right = 0;
    for (int i = 0; i < times.length; i++) {
      right += right(i) ? times[i] : 0;
    }
    return right / times.length;
  }

  private static List<Interval> intervals(Seed seed) {
    return Bootstrap.intervals(COUNT, seed, times -> new double[] {accuracy(times)});
  }

  /// The share of right ones is binomial: 0.8 ± 1.96 · √(0.8 · 0.2 / 1000).
  @Test
  void theIntervalOfAShareIsThatOfItsDistribution() {
    double half = 1.96 * Math.sqrt(0.8 * 0.2 / COUNT);

    var interval = intervals(SEED).getFirst();

    assertThat(interval.low()).isEqualTo(0.8 - half, within(0.003));
    assertThat(interval.high()).isEqualTo(0.8 + half, within(0.003));
  }

  @Test
  void asManyAreDrawnAsThereAre() {
    var interval =
        Bootstrap.intervals(
                7, SEED, times -> new double[] {java.util.Arrays.stream(times).sum(), times.length})
            .getFirst();

    assertThat(interval).isEqualTo(new Interval(7, 7));
  }

  /// A model that is right on the same examples, and on one in fifty more, is surely better, though
  /// the intervals of both overlap.
  @Test
  void aDifferenceOnTheSameDrawsIsKnownBetterThanEachOfBoth() {
    var found =
        Bootstrap.intervals(
            COUNT,
            SEED,
            times -> {
              double more = 0;
              for (int i = 0; i < times.length; i++) {
                more += right(i) || i % 50 == 0 ? times[i] : 0;
              }
              double accuracy = accuracy(times);
              double better = more / times.length;
              return new double[] {accuracy, better, better - accuracy};
            });

    assertThat(found.get(0).high()).isGreaterThan(found.get(1).low());
    assertThat(found.get(2).low()).isGreaterThan(0.01);
    assertThat(found.get(2).high()).isLessThan(0.03);
  }

  @Test
  void theSameSeedAndAnyThreadsGiveTheSameBits() throws ExecutionException, InterruptedException {
    var expected = intervals(SEED);
    for (int threads = 1; threads <= 3; threads++) {
      try (var pool = new ForkJoinPool(threads)) {
        assertThat(pool.submit(() -> intervals(SEED)).get()).isEqualTo(expected);
      }
    }
    assertThat(intervals(new Seed(2))).isNotEqualTo(expected);
  }

  @Test
  void withoutExamplesThereIsNothingToDraw() {
    assertThatThrownBy(() -> Bootstrap.intervals(0, SEED, _ -> new double[1]))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("bootstrap: the number of examples must be 1 or more, got 0");
  }
}
