package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TwoLayerByHandTest {
  @Test
  void theLossFallsFromTensOfMillionsToBelowAHundredth() {
    float[] losses = TwoLayerByHand.train();

    assertThat(losses).hasSize(500);
    assertThat(losses[0]).isBetween(1e7f, 1e8f);
    assertThat(losses[499]).isLessThan(1e-2f);
  }

  @Test
  void itsClaimsHold() {
    TwoLayerByHand.main();
  }
}
