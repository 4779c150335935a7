package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.kernels.Recurrences.Cell;

/// Sizes that fit no array are refused before anything is allocated.
class RecurrenceSizeTest {
  private static final Shape NO_TABLE = Shape.of(0, 1);
  private static final int LONG = (1 << 28) + 1;

  @Test
  void aStepCountWhoseGatesFitNoArrayIsRefusedOnATape() {
    var x = Tensor.zeros(1, LONG, 0);
    try (var _ = Tape.open()) {
      var weights =
          new Recurrence.Weights(
              Tensor.zeros(8, 0),
              Tensor.zeros(8, 2).requiresGrad(true),
              Tensor.zeros(8),
              Tensor.zeros(8));
      var initial = new Recurrence.State(Tensor.zeros(1, 2), Tensor.zeros(1, 2));
      var spans = Spans.full(1, LONG);
      assertThatThrownBy(() -> Recurrence.run(Cell.LSTM, x, weights, initial, spans, false))
          .isInstanceOf(TensorException.class)
          .hasMessage(
              "recurrence: 268435457 steps of an input (1,268435457,0) with 4 gates of 2 — at most"
                  + " 2147483583 numbers fit one array (2147483656 needed); use a smaller batch, or"
                  + " windows that hand on their state");
      var direction = new Recurrence.Direction(weights, initial, false);
      assertThatThrownBy(() -> Recurrence.last(Cell.LSTM, x, List.of(direction), spans))
          .isInstanceOf(TensorException.class);
    }
  }

  @Test
  void whatIsNotRecordedNeedsNoRoomForItsSteps() {
    var x = Shape.of(1, LONG, 1);
    assertThatCode(() -> Check.recurrence(4, x, 2, false, NO_TABLE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Check.recurrence(4, x, 2, true, NO_TABLE))
        .hasMessageContaining("use a smaller batch");
  }

  @Test
  void everythingThatGrowsWithTheSizesIsChecked() {
    // The largest number of steps with H = 1024 of an LSTM: B·T·4H.
    assertThatCode(() -> Check.recurrence(4, Shape.of(8, 65_535, 8), 1024, true, NO_TABLE))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Check.recurrence(4, Shape.of(8, 65_536, 8), 1024, true, NO_TABLE))
        .hasMessageContaining("2147483648 needed");
    // The states and inputs of all steps side by side: B·T·(D+H).
    assertThatThrownBy(() -> Check.recurrence(1, Shape.of(1, 1 << 20, 2000), 64, true, NO_TABLE))
        .hasMessageContaining("numbers fit one array");
    // A table, projected: V·G·H, each gate in the room of whole vectors.
    assertThatThrownBy(() -> Check.recurrence(4, Shape.of(1, 1, 1), 1, false, Shape.of(1 << 25, 1)))
        .hasMessageContaining("use a smaller layer or table");
  }
}
