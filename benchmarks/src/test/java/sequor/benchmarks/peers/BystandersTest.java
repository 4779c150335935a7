package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the system says about its cores.
class BystandersTest {
  @Test
  void idleAndWaitingForDisksIsNotBusy() {
    var stat = "cpu  10 1 4 80 5 0 0 0 7 7\ncpu0 5 0 2 40 2 0 0 0 0 0\n";
    assertThat(Bystanders.ticks(stat)).containsExactly(15, 100);
  }
}
