package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sequor.kernels.Buffers.floats;
import static sequor.kernels.Buffers.ints;
import static sequor.kernels.Buffers.none;
import static sequor.kernels.Buffers.zeros;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.Input;
import sequor.kernels.Recurrences.Outputs;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Recurrences.State;
import sequor.kernels.Recurrences.Weights;

class ScalarRecurrencesTest {
  private static final Recurrences RECURRENCES = Kernels.scalar().recurrences();

  private static final State NO_STATE = new State(none(), none());

  @Test
  void elmanByHand() {
    var hidden = zeros(2);
    var last = zeros(1);
    var weights = new Weights(floats(3), floats(2), floats(-0.2f), floats(0.1f));
    var initial = new State(floats(0.2f), none());
    var pass = new Pass(weights, initial, new State(last, none()), none(), none(), false);
    forward(Cell.RNN_TANH, floats(0.5f, -0.3f), pass, hidden);
    double h1 = Math.tanh(1.5 - 0.2 + 0.4 + 0.1);
    double h2 = Math.tanh(-0.9 - 0.2 + 2 * h1 + 0.1);
    assertThat(hidden.array()).containsExactly(new float[] {(float) h1, (float) h2}, within(1e-6f));
    assertThat(last.get(0)).isEqualTo(hidden.get(1));
  }

  @Test
  void lstmByHand() {
    var hidden = zeros(1);
    var cells = zeros(1);
    var weights =
        new Weights(floats(0.1f, 0.2f, 0.3f, 0.4f), floats(1, 2, 3, 4), zeros(4), zeros(4));
    var initial = new State(floats(0.5f), floats(-1));
    var pass = new Pass(weights, initial, NO_STATE, zeros(4), cells, false);
    forward(Cell.LSTM, floats(1), pass, hidden);
    double c = -sigmoid(1.2) + sigmoid(0.6) * Math.tanh(1.8);
    assertThat((double) cells.get(0)).isCloseTo(c, within(1e-6));
    assertThat((double) hidden.get(0)).isCloseTo(sigmoid(2.4) * Math.tanh(c), within(1e-6));
  }

  @Test
  void gruByHand() {
    var hidden = zeros(1);
    var cells = zeros(1);
    var weights =
        new Weights(
            floats(0.1f, 0.2f, 0.3f), floats(1, 2, 3), floats(0, 0, 0.25f), floats(0, 0, 0.5f));
    var initial = new State(floats(0.5f), none());
    var pass = new Pass(weights, initial, NO_STATE, zeros(3), cells, false);
    forward(Cell.GRU, floats(1), pass, hidden);
    double r = sigmoid(0.6);
    double z = sigmoid(1.2);
    double n = Math.tanh(0.3 + 0.25 + r * 2);
    assertThat((double) hidden.get(0)).isCloseTo((1 - z) * n + z * 0.5, within(1e-6));
    assertThat(cells.get(0)).isEqualTo(2);
  }

  /// Two steps that read the same row of a table.
  @Test
  void aRowThatIsReadTwice() {
    var hidden = zeros(2);
    var input = new Input(floats(9, 0.5f), 2, 1, ints(1, 1), -1);
    var weights = new Weights(floats(1), floats(2), zeros(1), zeros(1));
    var pass = new Pass(weights, NO_STATE, NO_STATE, none(), none(), false);
    var span = new Span(ints(0), ints(2));
    RECURRENCES.forward(Cell.RNN_TANH, input, List.of(pass), hidden, span, new Size(1, 2, 1));
    double h1 = Math.tanh(0.5);
    double h2 = Math.tanh(0.5 + 2 * h1);
    assertThat(hidden.array()).containsExactly(new float[] {(float) h1, (float) h2}, within(1e-6f));
  }

  /// One row, a number a step, of which every step is real.
  private static void forward(Cell cell, HeapFloats x, Pass pass, HeapFloats hidden) {
    int steps = x.length();
    var input = new Input(x, steps, 1, ints(), -1);
    var span = new Span(ints(0), ints(steps));
    RECURRENCES.forward(cell, input, List.of(pass), hidden, span, new Size(1, steps, 1));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /// Backward against central differences of the loss Σ hidden·w + Σ last state·v, on rows that are
  /// full, padded on the right, padded on the left and empty, in both directions at once.
  @ParameterizedTest
  @EnumSource
  void backwardIsTheSlopeOfForward(Cell cell) {
    new SlopeCheck(cell, ints()).run();
  }

  @ParameterizedTest
  @EnumSource
  void backwardThroughATableIsTheSlopeOfForward(Cell cell) {
    new SlopeCheck(cell, ints(2, 0, 1, 1, 2, 0, 0, 0, 3, 1, 2, 3)).run();
  }

  private static final class SlopeCheck {
    private static final Span SPAN = new Span(ints(0, 0, 1, 2), ints(3, 2, 3, 2));
    private static final Size SIZE = new Size(4, 3, 2);
    private static final int PLACES = 4 * 3;
    private static final int WIDTH = 3;
    private static final int PADDING_ROW = 3;
    private final Random random = new Random(8);
    private final Cell cell;
    private final Input input;
    private final List<Given> given;
    private final HeapFloats dHidden = uniform(PLACES * 2 * 2);
    private final List<State> dLast;

    private record Given(Weights weights, State initial) {}

    private record Forward(List<Pass> passes, HeapFloats hidden) {}

    SlopeCheck(Cell cell, HeapInts ids) {
      this.cell = cell;
      int rows = ids.length() == 0 ? PLACES : PADDING_ROW + 1;
      int paddingRow = ids.length() == 0 ? -1 : PADDING_ROW;
      input = new Input(uniform(rows * WIDTH), rows, WIDTH, ids, paddingRow);
      given = List.of(given(), given());
      dLast = List.of(state(), state());
    }

    private Given given() {
      int gates = cell.gates() * 2;
      var weights =
          new Weights(uniform(gates * WIDTH), uniform(gates * 2), uniform(gates), uniform(gates));
      return new Given(weights, state());
    }

    private State state() {
      return new State(uniform(4 * 2), cell == Cell.LSTM ? uniform(4 * 2) : none());
    }

    void run() {
      var outputs = forward();
      var gradients = List.of(gradients(0), gradients(1));
      var dInput = zeros(input.rows().length());
      var seen = new Outputs(outputs.hidden, dHidden);
      RECURRENCES.backward(cell, input, outputs.passes, seen, dInput, gradients, SPAN, SIZE);
      int paddingRow = input.paddingRow() < 0 ? input.count() : input.paddingRow();
      assertSlopes("input", input.rows(), dInput, paddingRow * WIDTH);
      for (int i = paddingRow * WIDTH; i < dInput.length(); i++) {
        assertThat(dInput.get(i)).as("of the padding row").isZero();
      }
      for (int i = 0; i < 2; i++) {
        var weights = given.get(i).weights;
        var found = gradients.get(i).weights();
        assertSlopes("input weight", weights.inputs(), found.inputs());
        assertSlopes("hidden weight", weights.hidden(), found.hidden());
        assertSlopes("input bias", weights.inputBias(), found.inputBias());
        assertSlopes("hidden bias", weights.hiddenBias(), found.hiddenBias());
        assertSlopes("h0", given.get(i).initial.h(), gradients.get(i).initial().h());
        assertSlopes("c0", given.get(i).initial.c(), gradients.get(i).initial().c());
      }
    }

    private Gradients gradients(int i) {
      var weights = given.get(i).weights;
      return new Gradients(
          dLast.get(i),
          new Weights(
              like(weights.inputs()),
              like(weights.hidden()),
              like(weights.inputBias()),
              like(weights.hiddenBias())),
          like(given.get(i).initial));
    }

    private static State like(State state) {
      return new State(like(state.h()), like(state.c()));
    }

    private static HeapFloats like(Floats floats) {
      return zeros(floats.length());
    }

    private Forward forward() {
      var hidden = zeros(PLACES * 2 * 2);
      var passes = List.of(pass(0, false), pass(1, true));
      RECURRENCES.forward(cell, input, passes, hidden, SPAN, SIZE);
      return new Forward(passes, hidden);
    }

    private Pass pass(int i, boolean reverse) {
      return new Pass(
          given.get(i).weights,
          given.get(i).initial,
          like(given.get(i).initial),
          cell.remembers() ? zeros(PLACES * cell.gates() * 2) : none(),
          cell.remembers() ? zeros(PLACES * 2) : none(),
          reverse);
    }

    private double loss() {
      var outputs = forward();
      double loss = dot(outputs.hidden, dHidden);
      for (int i = 0; i < 2; i++) {
        var last = outputs.passes.get(i).last();
        loss += dot(last.h(), dLast.get(i).h()) + dot(last.c(), dLast.get(i).c());
      }
      return loss;
    }

    private static double dot(Floats a, Floats b) {
      double sum = 0;
      for (int i = 0; i < a.length(); i++) {
        sum += (double) a.get(i) * b.get(i);
      }
      return sum;
    }

    private void assertSlopes(String what, Floats values, Floats gradient) {
      assertSlopes(what, values, gradient, values.length());
    }

    private void assertSlopes(String what, Floats values, Floats gradient, int length) {
      float step = 1e-2f;
      for (int i = 0; i < length; i++) {
        float value = values.get(i);
        values.set(i, value + step);
        double above = loss();
        values.set(i, value - step);
        double below = loss();
        values.set(i, value);
        assertThat((double) gradient.get(i))
            .as("%s[%d] of %s", what, i, cell)
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
