package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static double[] factors(Schedule schedule, long... steps) {
    return LongStream.of(steps).mapToDouble(schedule::factor).toArray();
  }

  @Test
  void constantStays() {
    assertThat(factors(Schedule.constant(), 0, 1, 1_000_000)).containsExactly(1, 1, 1);
  }

  @Test
  void stepFallsEveryFewSteps() {
    assertThat(factors(Schedule.step(3, 0.5), 0, 2, 3, 5, 6))
        .containsExactly(new double[] {1, 1, 0.5, 0.5, 0.25}, EXACT);
  }

  @Test
  void exponentialFallsEveryStep() {
    assertThat(factors(Schedule.exponential(0.5), 0, 1, 4))
        .containsExactly(new double[] {1, 0.5, 0.0625}, EXACT);
  }

  @Test
  void linearFallsTo0AndStays() {
    assertThat(factors(Schedule.linear(4), 0, 1, 3, 4, 9))
        .containsExactly(new double[] {1, 0.75, 0.25, 0, 0}, EXACT);
    assertThat(factors(Schedule.linear(2).withWarmUp(1), 0, 1, 2, 3))
        .containsExactly(new double[] {0.5, 1, 0.5, 0}, EXACT);
  }

  @Test
  void cosineFallsToItsFloorAndStays() {
    assertThat(factors(Schedule.cosine(4), 0, 1, 2, 3, 4, 9))
        .containsExactly(
            new double[] {1, (2 + Math.sqrt(2)) / 4, 0.5, (2 - Math.sqrt(2)) / 4, 0, 0}, EXACT);
    assertThat(factors(Schedule.cosine(4, 0.2), 0, 2, 4))
        .containsExactly(new double[] {1, 0.6, 0.2}, EXACT);
  }

  /// PyTorch computes each rate from the one before; ours is the closed form.
  @Property
  void cosineIsPyTorchsRecursion(
      @ForAll @LongRange(min = 1, max = 60) long steps,
      @ForAll @DoubleRange(min = 0, max = 0.5) double floor) {
    var schedule = Schedule.cosine(steps, floor);
    double rate = 1;
    for (long t = 1; t < steps; t++) {
      rate =
          (1 + Math.cos(Math.PI * t / steps))
                  / (1 + Math.cos(Math.PI * (t - 1) / steps))
                  * (rate - floor)
              + floor;
      assertThat(schedule.factor(t)).isCloseTo(rate, within(1e-9));
    }
  }

  @Property
  void inverseSquareRootIsTheTransformersRate(
      @ForAll @IntRange(min = 1, max = 1000) int warmUp,
      @ForAll @IntRange(min = 1, max = 5000) int step) {
    double features = 128;
    double base = 1 / Math.sqrt(features * warmUp);
    double expected = Math.min(1 / Math.sqrt(step), step * Math.pow(warmUp, -1.5));
    assertThat(base * Schedule.inverseSquareRoot(warmUp).factor(step - 1))
        .isCloseTo(expected / Math.sqrt(features), within(1e-9));
  }

  @Test
  void warmUpRisesStraightToWhereTheScheduleStarts() {
    assertThat(factors(Schedule.exponential(0.5).withWarmUp(4), 0, 1, 2, 3, 4, 5))
        .containsExactly(new double[] {0.2, 0.4, 0.6, 0.8, 1, 0.5}, EXACT);
    assertThat(Schedule.cosine(4).withWarmUp(0).factor(2)).isCloseTo(0.5, EXACT);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Schedule.step(0, 0.5)).isInstanceOf(TrainException.class);
    assertThatThrownBy(() -> Schedule.exponential(0)).isInstanceOf(TrainException.class);
    assertThatThrownBy(() -> Schedule.linear(0)).isInstanceOf(TrainException.class);
    assertThatThrownBy(() -> Schedule.cosine(0)).isInstanceOf(TrainException.class);
    assertThatThrownBy(() -> Schedule.inverseSquareRoot(0)).isInstanceOf(TrainException.class);
    assertThatThrownBy(() -> Schedule.constant().withWarmUp(-1)).isInstanceOf(TrainException.class);
  }
}
