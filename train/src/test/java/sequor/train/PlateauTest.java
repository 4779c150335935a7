package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What reacts to a metric that has stopped getting better.
class PlateauTest {
  private static List<Double> factors(ReduceOnPlateau.Config config, double... values) {
    var plateau = new ReduceOnPlateau(config);
    return java.util.Arrays.stream(values).mapToObj(plateau::observe).toList();
  }

  @Test
  void reducesAfterMoreEpochsThanPatienceWithoutGettingBetter() {
    var config = ReduceOnPlateau.Config.of(Mode.MIN).withPatience(1).withFactor(0.5);
    assertThat(factors(config, 2, 1, 1, 1, 1, 1, 0.5))
        .containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25);
  }

  @Test
  void atRestAfterReducingAndNeverBelowTheFloor() {
    var config =
        ReduceOnPlateau.Config.of(Mode.MAX)
            .withPatience(0)
            .withFactor(0.5)
            .withCooldown(1)
            .withFloor(0.3);
    assertThat(factors(config, 1, 1, 1, 1, 1)).containsExactly(1.0, 0.5, 0.5, 0.3, 0.3);
  }

  @Test
  void aDifferenceBelowTheThresholdIsNotBetter() {
    var config = ReduceOnPlateau.Config.of(Mode.MIN).withPatience(0).withThreshold(0.1);
    assertThat(factors(config, 1, 0.95)).containsExactly(1.0, 0.1);
    assertThat(factors(config, 1, 0.85)).containsExactly(1.0, 1.0);
    assertThat(factors(config, -1, -1.05)).containsExactly(1.0, 0.1);
  }

  @Test
  void stopsAfterPatienceEpochsWithoutGettingBetter() {
    var stopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MAX).withPatience(2));
    assertThat(stopping.observe(0.5)).isTrue();
    assertThat(stopping.observe(0.7)).isTrue();
    assertThat(stopping.observe(0.7)).isFalse();
    assertThat(stopping.stops()).isFalse();
    assertThat(stopping.observe(0.6)).isFalse();
    assertThat(stopping.stops()).isTrue();
    assertThat(stopping.best()).hasValue(0.7);
    assertThat(stopping.bestEpoch()).isEqualTo(2);
  }

  @Test
  void aSmallDifferenceDoesNotCountAsBetter() {
    var config = EarlyStopping.Config.of(Mode.MIN).withMinDelta(0.1);
    var stopping = new EarlyStopping(config);
    assertThat(stopping.observe(1)).isTrue();
    assertThat(stopping.observe(0.95)).isFalse();
    assertThat(stopping.observe(0.85)).isTrue();
  }

  @Test
  void ofEqualEpochsTheLossDecides() {
    var stopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MAX).withPatience(2));
    assertThat(stopping.observe(0.7, 0.5)).isTrue();
    assertThat(stopping.observe(0.7, 0.6)).isFalse();
    assertThat(stopping.observe(0.7, 0.4)).isTrue();
    assertThat(stopping.observe(0.6, 0.1)).as("a metric that is worse").isFalse();
    assertThat(stopping.bestEpoch()).isEqualTo(3);
    assertThat(stopping.observe(0.7, Double.NaN)).isFalse();
    assertThat(stopping.stops()).isTrue();
    assertThat(stopping.observe(0.8, Double.NaN)).as("no loss is needed").isTrue();
    assertThat(stopping.observe(0.8, 0.1)).as("no loss to compare with").isFalse();
  }

  @Test
  void whatIsNoNumberIsNeverBetter() {
    var stopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MAX).withPatience(2));
    assertThat(stopping.observe(Double.NaN)).isFalse();
    assertThat(stopping.best()).isEmpty();
    assertThat(stopping.observe(Double.POSITIVE_INFINITY)).isFalse();
    assertThat(stopping.stops()).isTrue();
  }

  @Test
  void withoutEndItNeverStopsAndStillKnowsTheBest() {
    var stopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MIN).withoutEnd());
    for (int epoch = 0; epoch < 1000; epoch++) {
      stopping.observe(Math.abs(epoch - 3));
    }
    assertThat(stopping.stops()).isFalse();
    assertThat(stopping.bestEpoch()).isEqualTo(4);
  }

  @Property
  void bothGoOnFromTheirState(
      @ForAll List<@DoubleRange(min = -2, max = 2) Double> values,
      @ForAll @IntRange(min = 0, max = 20) int cut) {
    var config = ReduceOnPlateau.Config.of(Mode.MIN).withPatience(1).withCooldown(1);
    var whole = new ReduceOnPlateau(config);
    var wholeStopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MIN));
    var resumed = new ReduceOnPlateau(config);
    var resumedStopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MIN));
    for (int i = 0; i < values.size(); i++) {
      if (i == cut) {
        var plateauState = resumed.state();
        var stoppingState = resumedStopping.state();
        resumed = new ReduceOnPlateau(config);
        resumed.restore(plateauState);
        resumedStopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MIN));
        resumedStopping.restore(stoppingState);
      }
      assertThat(resumed.observe(values.get(i))).isEqualTo(whole.observe(values.get(i)));
      assertThat(resumedStopping.observe(values.get(i)))
          .isEqualTo(wholeStopping.observe(values.get(i)));
    }
    assertThat(resumed.state()).isEqualTo(whole.state());
    assertThat(resumedStopping.state()).isEqualTo(wholeStopping.state());
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> EarlyStopping.Config.of(Mode.MIN).withPatience(0))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("patience");
    assertThatThrownBy(() -> ReduceOnPlateau.Config.of(Mode.MIN).withFactor(1))
        .isInstanceOf(TrainException.class);
  }
}
