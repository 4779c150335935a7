package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpansTest {
  private final int[] lengths = {3, 0, 1};

  @Test
  void everyStepOfAFullBatchIsReal() {
    var spans = Spans.full(2, 3);

    assertThat(spans.batch()).isEqualTo(2);
    assertThat(spans.steps()).isEqualTo(3);
    assertThat(spans.mask().toArray()).containsExactly(1, 1, 1, 1, 1, 1);
  }

  @Test
  void rowsStandLeftRightOrAnywhere() {
    var right = Spans.right(lengths, 3);
    var left = Spans.left(lengths, 3);
    var between = Spans.of(new int[] {0, 2, 1}, new int[] {3, 2, 2}, 3);

    assertThat(right.mask().toArray()).containsExactly(1, 1, 1, 0, 0, 0, 1, 0, 0);
    assertThat(left.mask().toArray()).containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 1);
    assertThat(between.mask().toArray()).containsExactly(1, 1, 1, 0, 0, 0, 0, 1, 0);
    for (var spans : new Spans[] {right, left, between}) {
      for (int row = 0; row < lengths.length; row++) {
        assertThat(spans.length(row)).isEqualTo(lengths[row]);
        assertThat(spans.end(row) - spans.start(row)).isEqualTo(lengths[row]);
      }
    }
  }

  @Test
  void theCallersArraysAreTheirOwn() {
    var spans = Spans.right(lengths, 3);
    lengths[0] = 1;

    assertThat(spans.length(0)).isEqualTo(3);
  }

  @Test
  void thereMayBeNoRowsAndNoSteps() {
    assertThat(Spans.full(0, 3).mask().shape()).isEqualTo(Shape.of(0, 3));
    assertThat(Spans.full(2, 0).mask().shape()).isEqualTo(Shape.of(2, 0));
  }
}
