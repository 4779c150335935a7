package sequor.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimingsTest {
  @Test
  void percentilesByNearestRank() {
    var timings = new Timings(LongStream.rangeClosed(1, 200).map(i -> 201 - i).toArray(), 0, 0);

    assertThat(timings.bestNanos()).isEqualTo(1);
    assertThat(timings.medianNanos()).isEqualTo(100);
    assertThat(timings.percentileNanos(0)).isEqualTo(1);
    assertThat(timings.percentileNanos(99)).isEqualTo(198);
    assertThat(timings.percentileNanos(99.9)).isEqualTo(200);
    assertThat(timings.percentileNanos(100)).isEqualTo(200);
    assertThat(timings.meanNanos()).isEqualTo(100.5);
  }

  @Test
  void oneRunIsEnough() {
    var timings = new Timings(new long[] {7}, 3_000_000, 9);

    assertThat(timings.percentileNanos(1)).isEqualTo(7);
    assertThat(timings.medianNanos()).isEqualTo(7);
    assertThat(timings.percentileNanos(99)).isEqualTo(7);
    assertThat(timings.allocatedMegabytes()).isEqualTo(3);
    assertThat(timings.meanCpuNanos()).isEqualTo(9);
  }

  @Test
  void noRunIsNone() {
    assertThatThrownBy(() -> new Timings(new long[0], 0, 0))
        .hasMessage("timings: expected one run or more, found none; run the work at least once");
  }

  @Test
  void theTimesAreNobodyElses() {
    long[] nanos = {3, 1, 2};
    var timings = new Timings(nanos, 0, 0);
    nanos[1] = 9;
    timings.nanos()[0] = 9;

    assertThat(timings.nanos()).containsExactly(1, 2, 3);
    assertThat(timings.bestNanos()).isEqualTo(1);
  }

  @Test
  void theStopwatchWarmsUpAndCountsWhatIsAllocated() {
    var runs = new AtomicInteger();
    var garbage = new AtomicReference<>(new byte[0]);

    var timings =
        new Stopwatch(Duration.ZERO, 3)
            .measure(
                () -> {
                  runs.incrementAndGet();
                  garbage.set(new byte[10_000_000]);
                },
                5);

    assertThat(runs).hasValue(3 + 5);
    assertThat(timings.nanos()).hasSize(5);
    assertThat(timings.allocatedMegabytes()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void theStopwatchWarmsUpOnceForAllRepetitions() {
    var runs = new AtomicInteger();

    var timings = new Stopwatch(Duration.ZERO, 3).measure(runs::incrementAndGet, 5, 4);

    assertThat(runs).hasValue(3 + 4 * 5);
    assertThat(timings).hasSize(4).allMatch(some -> some.nanos().length == 5);
  }

  @Test
  void theCpuTimeIsThatOfTheWork() {
    var timings = new Stopwatch(Duration.ZERO, 0).measure(TimingsTest::work, 3);
    long before = CpuClock.nanos();
    work();

    assertThat(CpuClock.nanos()).isGreaterThan(before);
    assertThat(timings.meanCpuNanos()).isPositive();
  }

  /// Until the clock of the process has ticked.
  private static void work() {
    long start = CpuClock.nanos();
    while (CpuClock.nanos() - start < 1_000_000) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aSpreadIsTheLeastTheMiddleAndTheGreatest() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(1, 2, 3));
    assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(1, 3, 4));
    assertThat(Spread.of(7).times(2)).isEqualTo(new Spread(14, 14, 14));
    assertThatThrownBy(Spread::of)
        .hasMessage("spread: expected one value or more, found none; measure at least once");
  }
}
