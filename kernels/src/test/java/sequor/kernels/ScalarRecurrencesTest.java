package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sequor.kernels.Buffers.floats;
import static sequor.kernels.Buffers.ints;
import static sequor.kernels.Buffers.none;
import static sequor.kernels.Buffers.zeros;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;

class ScalarRecurrencesTest {
  private static final Recurrences RECURRENCES = Kernels.scalar().recurrences();

  @Test
  void elmanByHand() {
    var hidden = zeros(2);
    var pass =
        new Pass(
            floats(0.5f, -0.3f), floats(2), floats(0.1f), floats(0.2f), none(), hidden, none());
    RECURRENCES.forward(Cell.RNN_TANH, pass, new Span(ints(0), ints(2)), new Size(1, 2, 1, false));
    double h1 = Math.tanh(0.5 + 0.4 + 0.1);
    double h2 = Math.tanh(-0.3 + 2 * h1 + 0.1);
    assertThat(hidden.array()).containsExactly(new float[] {(float) h1, (float) h2}, within(1e-6f));
  }

  @Test
  void lstmByHand() {
    var hidden = zeros(1);
    var cells = zeros(1);
    var pass =
        new Pass(
            floats(0.1f, 0.2f, 0.3f, 0.4f),
            floats(1, 2, 3, 4),
            none(),
            floats(0.5f),
            floats(-1),
            hidden,
            cells);
    RECURRENCES.forward(Cell.LSTM, pass, new Span(ints(0), ints(1)), new Size(1, 1, 1, false));
    double c = -sigmoid(1.2) + sigmoid(0.6) * Math.tanh(1.8);
    assertThat((double) cells.get(0)).isCloseTo(c, within(1e-6));
    assertThat((double) hidden.get(0)).isCloseTo(sigmoid(2.4) * Math.tanh(c), within(1e-6));
  }

  @Test
  void gruByHand() {
    var hidden = zeros(1);
    var cells = zeros(1);
    var pass =
        new Pass(
            floats(0.1f, 0.2f, 0.3f),
            floats(1, 2, 3),
            floats(0, 0, 0.5f),
            floats(0.5f),
            none(),
            hidden,
            cells);
    RECURRENCES.forward(Cell.GRU, pass, new Span(ints(0), ints(1)), new Size(1, 1, 1, false));
    double r = sigmoid(0.6);
    double z = sigmoid(1.2);
    double n = Math.tanh(0.3 + r * 2);
    assertThat((double) hidden.get(0)).isCloseTo((1 - z) * n + z * 0.5, within(1e-6));
    assertThat(cells.get(0)).isEqualTo(2);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /// Backward against central differences of the loss Σ hidden·w + Σ last cell·v, on rows that are
  /// full, padded on the right, padded on the left and empty, in both directions.
  @ParameterizedTest
  @EnumSource
  void backwardIsTheSlopeOfForward(Cell cell) {
    for (boolean reverse : new boolean[] {false, true}) {
      new SlopeCheck(cell, new Size(4, 3, 2, reverse)).run();
    }
  }

  private static final class SlopeCheck {
    private static final Span SPAN = new Span(ints(0, 0, 1, 2), ints(3, 2, 3, 2));
    private final Random random = new Random(5);
    private final Cell cell;
    private final Size size;
    private final HeapFloats inputs;
    private final HeapFloats weight;
    private final HeapFloats bias;
    private final HeapFloats h0;
    private final HeapFloats c0;
    private final HeapFloats dHidden;
    private final HeapFloats dLastCell;

    SlopeCheck(Cell cell, Size size) {
      this.cell = cell;
      this.size = size;
      int rows = size.batch() * size.steps();
      int h = size.hidden();
      boolean lstm = cell == Cell.LSTM;
      inputs = uniform(rows * cell.gates() * h);
      weight = uniform(cell.gates() * h * h);
      bias = uniform(cell.gates() * h);
      h0 = uniform(size.batch() * h);
      c0 = lstm ? uniform(size.batch() * h) : none();
      dHidden = uniform(rows * h);
      dLastCell = lstm ? uniform(size.batch() * h) : none();
    }

    void run() {
      var pass = forward();
      var dInputs = floats(uniform(inputs.length()).array()); // garbage to be overwritten
      var dWeight = zeros(weight.length());
      var dBias = zeros(bias.length());
      var dH0 = zeros(h0.length());
      var dC0 = zeros(c0.length());
      var gradients = new Gradients(dHidden, dLastCell, dInputs, dWeight, dBias, dH0, dC0);
      RECURRENCES.backward(cell, pass, gradients, SPAN, size);
      assertSlopes("inputs", inputs, dInputs);
      assertSlopes("weight", weight, dWeight);
      assertSlopes("bias", bias, dBias);
      assertSlopes("h0", h0, dH0);
      assertSlopes("c0", c0, dC0);
    }

    private Pass forward() {
      int n = size.batch() * size.steps() * size.hidden();
      boolean keepsCells = cell == Cell.LSTM || cell == Cell.GRU;
      var pass =
          new Pass(
              floats(inputs.array().clone()),
              weight,
              bias,
              h0,
              c0,
              zeros(n),
              keepsCells ? zeros(n) : none());
      RECURRENCES.forward(cell, pass, SPAN, size);
      return pass;
    }

    private double loss() {
      var pass = forward();
      double loss = 0;
      for (int i = 0; i < dHidden.length(); i++) {
        loss += (double) pass.hidden().get(i) * dHidden.get(i);
      }
      int h = size.hidden();
      for (int i = 0; i < dLastCell.length(); i++) {
        int b = i / h;
        int start = SPAN.starts().get(b);
        int end = SPAN.ends().get(b);
        if (end > start) {
          int last = size.reverse() ? start : end - 1;
          loss +=
              (double) pass.cells().get((b * size.steps() + last) * h + i % h) * dLastCell.get(i);
        }
      }
      return loss;
    }

    private void assertSlopes(String what, HeapFloats values, HeapFloats gradient) {
      float step = 1e-2f;
      for (int i = 0; i < values.length(); i++) {
        float value = values.get(i);
        values.set(i, value + step);
        double above = loss();
        values.set(i, value - step);
        double below = loss();
        values.set(i, value);
        assertThat((double) gradient.get(i))
            .as("%s[%d] of %s", what, i, size)
            .isCloseTo((above - below) / (2 * step), within(2e-3));
      }
    }

    private HeapFloats uniform(int n) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = random.nextFloat() * 2 - 1;
      }
      return floats(values);
    }
  }
}
