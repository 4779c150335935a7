package sequor.examples;

import org.junit.jupiter.api.Test;

class TruncatedBackpropagationTest {
  @Test
  void itsClaimsHold() {
    TruncatedBackpropagation.main();
  }
}
