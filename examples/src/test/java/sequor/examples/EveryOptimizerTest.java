package sequor.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sequor.train.Sgd;

class EveryOptimizerTest {
  @Test
  void itsClaimsHold() {
    EveryOptimizer.main();
  }

  @Test
  void aRateThatIsTooSmallDoesNotHoldTheClaim() {
    float[] losses = EveryOptimizer.train(p -> new Sgd(p, 1e-7f));

    assertThatThrownBy(() -> EveryOptimizer.check("slow", losses))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("slow reaches a tenth");
  }
}
