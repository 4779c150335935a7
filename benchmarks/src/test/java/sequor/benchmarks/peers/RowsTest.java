package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The rows themselves.
class RowsTest {
  @Test
  void everyRowHasANameOfItsOwn() {
    assertThat(Rows.all()).extracting(Row::name).doesNotHaveDuplicates();
  }

  @Test
  void theLengthsAreEightBatchesOfThirtyTwoRows() {
    assertThat(Rows.named("sentiment-lengths").task())
        .isInstanceOfSatisfying(
            Work.TrainOnLengths.class,
            work -> {
              assertThat(work.lengths()).hasSize(8).allMatch(rows -> rows.length == 32);
              assertThat(work.padded(0).sizes().steps()).isEqualTo(73);
              assertThat(work.padded(7).sizes().steps()).isEqualTo(240);
            });
  }
}
