package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruncatedBackpropagationTest {
  @Test
  void aCutStateEndsTheGradientWithItsWindow() {
    assertThat(TruncatedBackpropagation.reach(true)).isEqualTo(20);
    assertThat(TruncatedBackpropagation.reach(false)).isEqualTo(100);
  }

  @Test
  void itsClaimsHold() {
    TruncatedBackpropagation.main();
  }
}
