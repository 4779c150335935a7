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
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Recurrences.State;

class ScalarRecurrencesTest {
  private static final Recurrences RECURRENCES = Kernels.scalar().recurrences();

  @Test
  void elmanByHand() {
    var hidden = zeros(2);
    var last = zeros(1);
    var pass =
        new Pass(
            input(floats(0.5f, -0.3f)),
            zeros(2),
            floats(2),
            floats(0.1f),
            new State(floats(0.2f), none()),
            new State(last, none()),
            none(),
            false);
    forward(Cell.RNN_TANH, pass, hidden, 2);
    double h1 = Math.tanh(0.5 + 0.4 + 0.1);
    double h2 = Math.tanh(-0.3 + 2 * h1 + 0.1);
    assertThat(hidden.array()).containsExactly(new float[] {(float) h1, (float) h2}, within(1e-6f));
    assertThat(last.get(0)).isEqualTo(hidden.get(1));
  }

  @Test
  void lstmByHand() {
    var hidden = zeros(1);
    var cells = zeros(1);
    var pass =
        new Pass(
            input(floats(0.1f, 0.2f, 0.3f, 0.4f)),
            zeros(4),
            floats(1, 2, 3, 4),
            none(),
            new State(floats(0.5f), floats(-1)),
            new State(none(), none()),
            cells,
            false);
    forward(Cell.LSTM, pass, hidden, 1);
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
            input(floats(0.1f, 0.2f, 0.3f)),
            zeros(3),
            floats(1, 2, 3),
            floats(0, 0, 0.5f),
            new State(floats(0.5f), none()),
            new State(none(), none()),
            cells,
            false);
    forward(Cell.GRU, pass, hidden, 1);
    double r = sigmoid(0.6);
    double z = sigmoid(1.2);
    double n = Math.tanh(0.3 + r * 2);
    assertThat((double) hidden.get(0)).isCloseTo((1 - z) * n + z * 0.5, within(1e-6));
    assertThat(cells.get(0)).isEqualTo(2);
  }

  /// An input of its own for every place.
  private static Input input(HeapFloats projected) {
    return new Input(projected, ints());
  }

  /// Two places that read the same row of what is projected.
  @Test
  void aRowThatIsReadTwice() {
    var hidden = zeros(2);
    var input = new Input(floats(9, 0.5f), ints(1, 1));
    var none = new State(none(), none());
    var pass = new Pass(input, zeros(2), floats(2), none(), none, none, none(), false);
    forward(Cell.RNN_TANH, pass, hidden, 2);
    double h1 = Math.tanh(0.5);
    double h2 = Math.tanh(0.5 + 2 * h1);
    assertThat(hidden.array()).containsExactly(new float[] {(float) h1, (float) h2}, within(1e-6f));
  }

  /// One row of one number, of which every step is real.
  private static void forward(Cell cell, Pass pass, HeapFloats hidden, int steps) {
    var span = new Span(ints(0), ints(steps));
    RECURRENCES.forward(cell, List.of(pass), hidden, span, new Size(1, steps, 1));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /// Backward against central differences of the loss Σ hidden·w + Σ last state·v, on rows that are
  /// full, padded on the right, padded on the left and empty, in both directions at once.
  @ParameterizedTest
  @EnumSource
  void backwardIsTheSlopeOfForward(Cell cell) {
    new SlopeCheck(cell).run();
  }

  private static final class SlopeCheck {
    private static final Span SPAN = new Span(ints(0, 0, 1, 2), ints(3, 2, 3, 2));
    private static final Size SIZE = new Size(4, 3, 2);
    private static final int PLACES = 4 * 3;
    private final Random random = new Random(8);
    private final Cell cell;
    private final List<Inputs> inputs;
    private final HeapFloats dHidden = uniform(PLACES * 2 * 2);
    private final List<State> dLast;

    private record Inputs(HeapFloats gates, HeapFloats weight, HeapFloats bias, State initial) {}

    private record Outputs(List<Pass> passes, HeapFloats hidden) {}

    SlopeCheck(Cell cell) {
      this.cell = cell;
      inputs = List.of(inputs(), inputs());
      dLast = List.of(state(), state());
    }

    private Inputs inputs() {
      int gates = cell.gates() * 2;
      return new Inputs(uniform(PLACES * gates), uniform(gates * 2), uniform(gates), state());
    }

    private State state() {
      return new State(uniform(4 * 2), cell == Cell.LSTM ? uniform(4 * 2) : none());
    }

    void run() {
      var outputs = forward();
      var gradients = List.of(gradients(0), gradients(1));
      RECURRENCES.backward(
          cell, outputs.passes, outputs.hidden, dHidden, gradients, SPAN, SIZE);
      for (int i = 0; i < 2; i++) {
        var given = inputs.get(i);
        var found = gradients.get(i);
        assertSlopes("inputs", given.gates, rowByRow(found.gates()));
        assertSlopes("weight", given.weight, found.weight());
        assertSlopes("bias", given.bias, found.bias());
        assertSlopes("h0", (HeapFloats) given.initial.h(), found.initial().h());
        assertSlopes("c0", (HeapFloats) given.initial.c(), found.initial().c());
        assertSums(found.inputBias(), found.gates());
      }
    }

    /// (T,B,G·H) as (B,T,G·H).
    private HeapFloats rowByRow(Floats stepByStep) {
      int width = cell.gates() * SIZE.hidden();
      var rows = zeros(stepByStep.length());
      for (int i = 0; i < rows.length(); i++) {
        int place = i / width;
        int b = place / SIZE.steps();
        int t = place % SIZE.steps();
        rows.set(i, stepByStep.get((t * SIZE.batch() + b) * width + i % width));
      }
      return rows;
    }

    private Gradients gradients(int i) {
      var given = inputs.get(i);
      return new Gradients(
          dLast.get(i),
          floats(uniform(given.gates.length()).array()), // garbage to be overwritten
          zeros(given.weight.length()),
          zeros(given.bias.length()),
          zeros(given.bias.length()),
          zeros(given.initial));
    }

    private static State zeros(State like) {
      return new State(
          Buffers.zeros(like.h().length()), Buffers.zeros(like.c().length()));
    }

    private static HeapFloats zeros(int length) {
      return Buffers.zeros(length);
    }

    private Outputs forward() {
      var hidden = zeros(PLACES * 2 * 2);
      var passes = List.of(pass(0, false), pass(1, true));
      RECURRENCES.forward(cell, passes, hidden, SPAN, SIZE);
      return new Outputs(passes, hidden);
    }

    private Pass pass(int i, boolean reverse) {
      var given = inputs.get(i);
      return new Pass(
          new Input(given.gates, ints()),
          zeros(given.gates.length()),
          given.weight,
          given.bias,
          given.initial,
          zeros(given.initial),
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

    /// The gradient of the inputs' bias is the sum of the inputs' gradients.
    private static void assertSums(Floats bias, Floats gates) {
      for (int j = 0; j < bias.length(); j++) {
        double sum = 0;
        for (int i = j; i < gates.length(); i += bias.length()) {
          sum += gates.get(i);
        }
        assertThat((double) bias.get(j)).as("input bias %d", j).isCloseTo(sum, within(1e-5));
      }
    }

    private void assertSlopes(String what, HeapFloats values, Floats gradient) {
      float step = 1e-2f;
      for (int i = 0; i < values.length(); i++) {
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
