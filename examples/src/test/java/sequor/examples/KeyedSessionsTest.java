package sequor.examples;

import org.junit.jupiter.api.Test;

class KeyedSessionsTest {
  @Test
  void itsClaimsHold() {
    KeyedSessions.main(new String[] {"3000"});
  }
}
