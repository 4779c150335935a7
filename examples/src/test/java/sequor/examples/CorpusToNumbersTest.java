package sequor.examples;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CorpusToNumbersTest {
  @Test
  void itsClaimsHold() throws IOException {
    CorpusToNumbers.main();
  }
}
