package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sequor.train.Clipping;
import sequor.train.TrainException;

class ClippedGradientsTest {
  @Test
  void withoutClippingTheGradientExplodes() {
    assertThatThrownBy(() -> ClippedGradients.loss(Clipping.none()))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("the gradient of 'w' is not finite");
  }

  @Test
  void aLooseBoundClipsNothing() {
    assertThat(ClippedGradients.clipped(Clipping.byNorm(100))).containsExactly(30, 40);
    assertThat(ClippedGradients.clipped(Clipping.byValue(100))).containsExactly(30, 40);
  }

  @Test
  void itsClaimsHold() {
    ClippedGradients.main();
  }
}
