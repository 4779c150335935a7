package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoLayerByAutogradTest {
  @Test
  void theTapeFindsTheGradientsThatWereWorkedOutByHand() {
    float[] byHand = TwoLayerByHand.train();
    float[] byTape = TwoLayerByAutograd.train();

    for (int step = 0; step < 100; step++) {
      assertThat(byTape[step])
          .as("step %d", step)
          .isCloseTo(byHand[step], within(byHand[step] / 1000));
    }
  }

  @Test
  void itsClaimsHold() {
    TwoLayerByAutograd.main();
  }
}
