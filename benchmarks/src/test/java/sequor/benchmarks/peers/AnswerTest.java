package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    var times = new Answer.Times(new long[] {12, 9_000_000_000L, 7}, 34);
    assertThat(Answer.of(times.line()))
        .isInstanceOfSatisfying(
            Answer.Times.class,
            back -> {
              assertThat(back.nanos()).containsExactly(12, 9_000_000_000L, 7);
              assertThat(back.cpuNanos()).isEqualTo(34);
            });
  }

  @ParameterizedTest
  @MethodSource
  void outputsComeBack(float[] values) {
    assertThat(Answer.of(new Answer.Outputs(values).line()))
        .isInstanceOfSatisfying(
            Answer.Outputs.class, back -> assertThat(back.values()).containsExactly(values));
  }

  static List<float[]> outputsComeBack() {
    return List.of(new float[0], new float[] {1.5f}, new float[] {-1e-9f, Float.NaN, 3e30f});
  }

  @Test
  void whatElseIsPrintedIsNoAnswer() {
    assertThatThrownBy(() -> Answer.of("Loading library…"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 'Loading library…'");
  }
}
