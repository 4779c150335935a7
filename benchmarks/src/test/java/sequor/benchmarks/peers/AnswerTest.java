package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// What a child says, the parent understands.
class AnswerTest {
  @Test
  void aVersionComesBack() {
    var ready = new Answer.Ready("Sequor 1.0 (vector kernels, 16 lanes)");
    assertThat(Answer.of(ready.line())).isEqualTo(ready);
  }

  @Test
  void aReasonComesBackAsOneLine() {
    assertThat(Answer.of(new Answer.Unable("no GRU layer\nat Dl4j.java").line()))
        .isEqualTo(new Answer.Unable("no GRU layer"));
  }

  @Test
  void timesComeBack() {
    var times = new Answer.Times(new long[] {12, 9_000_000_000L, 7});
    assertThat(Answer.of(times.line()))
        .isInstanceOfSatisfying(
            Answer.Times.class,
            back -> assertThat(back.nanos()).containsExactly(12, 9_000_000_000L, 7));
  }

  @Test
  void whatElseIsPrintedIsNoAnswer() {
    assertThatThrownBy(() -> Answer.of("Loading library…"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 'Loading library…'");
  }
}
