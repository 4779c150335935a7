package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.examples.ThreeRecurrences.Task;

class ThreeRecurrencesTest {
  @Test
  void theTasksAskForWhatTheySay() {
    assertThat(Task.LATCH.answers(new float[] {0, 1, 0, -1, 0})).containsExactly(-1, 1, 1, -1, -1);
    assertThat(Task.PARITY.answers(new float[] {1, 1, -1, 1})).containsExactly(1, -1, -1, 1);
    assertThat(Task.ECHO.answers(new float[] {1, -1, 1, 1})).containsExactly(-1, -1, 1, -1);
  }

  @Test
  void itsClaimsHold() {
    ThreeRecurrences.main();
  }
}
