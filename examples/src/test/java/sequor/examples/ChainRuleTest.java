package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.examples.ChainRule.Start;

class ChainRuleTest {
  /// With a = 1 and b = −1 the sum is 0, σ(0) = ½ has the slope ¼.
  @Test
  void slopesThatAreKnown() {
    double[] slopes = {-1, -0.25, -0.25, -0.25, -0.125, -0.4}; // p s a b x w: −0.5 + 0.1

    var start = new Start(0.5, 2, -1, 1);
    assertThat(ChainRule.byHand(start)).containsExactly(slopes, within(1e-12));
    assertThat(ChainRule.byTape(start)).containsExactly(slopes, within(1e-6));
    assertThat(ChainRule.byDifference(start)).containsExactly(slopes, within(1e-8));
  }

  @Test
  void itsClaimsHold() {
    ChainRule.main();
  }
}
