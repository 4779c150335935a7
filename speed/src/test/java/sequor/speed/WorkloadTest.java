package sequor.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.speed.Workload.Cell;
import sequor.speed.Workload.Sizes;

class WorkloadTest {
  private static final Sizes SIZES = new Sizes(2, 3, 5, 7, 11, 13);

  @Test
  void operationsByHand() {
    // 6 places, 7 numbers a gate, each of 5 + 7 products; then 2 rows of 11 scores of 7 products.
    var lstm = Workload.of(Cell.LSTM, SIZES);
    assertThat(lstm.forwardOperations()).isEqualTo(2 * (6 * 4 * 7 * 12 + 2 * 11 * 7));
    assertThat(Workload.of(Cell.GRU, SIZES).forwardOperations())
        .isEqualTo(2 * (6 * 3 * 7 * 12 + 2 * 11 * 7));
    assertThat(Workload.of(Cell.RNN, SIZES).forwardOperations())
        .isEqualTo(2 * (6 * 7 * 12 + 2 * 11 * 7));
    assertThat(lstm.atEveryStep().forwardOperations()).isEqualTo(2 * (6 * 4 * 7 * 12 + 6 * 11 * 7));
    assertThat(lstm.bothWays().forwardOperations())
        .isEqualTo(2 * (2 * 6 * 4 * 7 * 12 + 2 * 11 * 14));
    assertThat(lstm.withOwnLoop().forwardOperations()).isEqualTo(lstm.forwardOperations());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 5, 7, 11, 13, batch, 0",
    "2, 0, 5, 7, 11, 13, time, 0",
    "2, 3, -5, 7, 11, 13, embed, -5",
    "2, 3, 5, 0, 11, 13, hidden, 0",
    "2, 3, 5, 7, 0, 13, classes, 0",
    "2, 3, 5, 7, 11, 0, vocab, 0"
  })
  void everySizeIsOneOrMore(int b, int t, int d, int h, int c, int v, String name, int found) {
    assertThatThrownBy(() -> new Sizes(b, t, d, h, c, v))
        .hasMessage(
            "%s: expected 1 or more, found %d; every size counts something".formatted(name, found));
  }

  @ParameterizedTest
  @CsvSource({
    "46341, 46341, 1, 1, 1, 1, batch, batch 46341 × time 46341 × embed 1",
    "1, 1, 65536, 1, 1, 65536, vocab, vocab 65536 × embed 65536",
    "1024, 1024, 1, 512, 1, 1, batch, batch 1024 × time 1024 × gates 4 × hidden 512",
    "1, 1, 1, 40000, 1, 1, hidden, gates 4 × hidden 40000 × hidden 40000",
    "1, 1, 1000000, 1000, 1, 1, embed, gates 4 × hidden 1000 × embed 1000000",
    "1, 1, 1, 10, 300000000, 1, classes, classes 300000000 × directions 1 × hidden 10",
    "100000, 1, 1, 1, 100000, 1, batch, batch 100000 × classes 100000"
  })
  void noTensorIsLargerThanAnArray(
      int b, int t, int d, int h, int c, int v, String lower, String found) {
    var sizes = new Sizes(b, t, d, h, c, v);
    assertThatThrownBy(() -> Workload.of(Cell.LSTM, sizes))
        .hasMessage(
            "%s: expected tensors of 2147483583 numbers at most, found one of %s; lower %1$s"
                .formatted(lower, found));
  }

  @Test
  void scoresAtEveryStepAndBothWaysNeedMore() {
    var scores = Workload.of(Cell.RNN, new Sizes(1000, 3000, 1, 1, 1000, 1));
    assertThatThrownBy(scores::atEveryStep).hasMessageContaining("time 3000 × classes 1000;");
    var hidden = Workload.of(Cell.RNN, new Sizes(1200, 1200, 1, 1200, 1, 1));
    assertThatThrownBy(hidden::bothWays).hasMessageContaining("× directions 2 × hidden 1200;");
  }

  @Test
  void aCellReadsForwardOnly() {
    var both = Workload.of(Cell.GRU, SIZES).bothWays();
    assertThatThrownBy(both::withOwnLoop)
        .hasMessage(
            "step-by-step: expected a layer that reads forward, found a bidirectional one; leave"
                + " one of the two out");
  }
}
