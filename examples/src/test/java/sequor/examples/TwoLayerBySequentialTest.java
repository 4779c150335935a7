package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TwoLayerBySequentialTest {
  @Test
  void theLossFallsBelowAHundredth() {
    float[] losses = TwoLayerBySequential.train();

    assertThat(losses[0]).isGreaterThan(100);
    assertThat(losses[499]).isLessThan(1e-2f);
  }

  @Test
  void everyLossAgreesWithItsFormula() {
    TwoLayerBySequential.everyLoss();
  }

  @Test
  void itsClaimsHold() {
    TwoLayerBySequential.main();
  }
}
