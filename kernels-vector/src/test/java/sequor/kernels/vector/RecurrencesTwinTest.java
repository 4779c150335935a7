package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.Input;
import sequor.kernels.Recurrences.Outputs;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Recurrences.State;
import sequor.kernels.Recurrences.Weights;

class RecurrencesTwinTest {
  /// One way, back, or both at once.
  private enum Ways {
    FORWARD,
    BACK,
    BOTH;

    /// Whether each pass reads from the end.
    List<Boolean> reverse() {
      return switch (this) {
        case FORWARD -> List.of(false);
        case BACK -> List.of(true);
        case BOTH -> List.of(false, true);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyHiddenSize(Cell cell) {
    for (int h : new int[] {1, 2, 3, 4, 6, 8, 13, 16, 17, 31, 33, 48, 64, 100}) {
      assertSame(cell, new Size(5, 3, h), Ways.BOTH, Lengths.MIXED, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfSpan(Cell cell) {
    for (var lengths : Lengths.values()) {
      for (int batch : new int[] {1, 2, 7, 8, 9, 20}) {
        assertSame(cell, new Size(batch, 5, 13), Ways.FORWARD, lengths, true);
        assertSame(cell, new Size(batch, 5, 13), Ways.BACK, lengths, true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsNotRequired(Cell cell) {
    assertSame(cell, new Size(9, 4, 17), Ways.FORWARD, Lengths.MIXED, false);
    assertSame(cell, new Size(9, 4, 17), Ways.BOTH, Lengths.RIGHT, false);
  }

  @ParameterizedTest
  @EnumSource
  void oneStepAndManySteps(Cell cell) {
    assertSame(cell, new Size(3, 1, 20), Ways.FORWARD, Lengths.FULL, true);
    assertSame(cell, new Size(70, 12, 20), Ways.BOTH, Lengths.RIGHT, true);
  }

  @Test
  void largeWeights() {
    assertSame(Cell.LSTM, new Size(40, 3, 207), Ways.FORWARD, Lengths.MIXED, true);
    assertSame(Cell.GRU, new Size(35, 2, 300), Ways.BACK, Lengths.RIGHT, true);
  }

  @ParameterizedTest
  @EnumSource
  void inputsOfEveryWidth(Cell cell) {
    for (int d : new int[] {1, 5, 16, 33, 300}) {
      for (int batch : new int[] {2, 9}) { // few rows are projected in another way
        var size = new Size(batch, 3, 20);
        assertSame(cell, size, Ways.BOTH, Lengths.MIXED, true, d, false);
        assertSame(cell, size, Ways.BOTH, Lengths.MIXED, true, d, true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void forwardThatRemembersNothing(Cell cell) {
    var size = new Size(9, 4, 17);
    var span = span(size, Lengths.MIXED);
    Twins.assertSame(
        "%s without a backward pass".formatted(cell),
        5e-5,
        run -> {
          var remembering = pass(run, cell, size, false, true, 5);
          var pass =
              new Pass(
                  remembering.weights(),
                  remembering.initial(),
                  remembering.last(),
                  Floats.NONE,
                  Floats.NONE,
                  false);
          var input = input(run, size, 5, false);
          run.kernels().recurrences().forward(cell, input, List.of(pass), Floats.NONE, span, size);
        });
  }

  /// Few rows project their inputs a window of steps at a time, many rows step by step.
  @ParameterizedTest
  @EnumSource
  void aLongRowHasTheSameBitsInEveryBatch(Cell cell) {
    int steps = 4500; // more than a window
    var random = new Random(7);
    int gates = cell.gates() * 15;
    var weights =
        new Weights(
            numbers(random, gates * 4),
            numbers(random, gates * 15),
            numbers(random, gates),
            numbers(random, gates));
    float[] x = numbers(random, 8 * steps * 4).array();
    int[] starts = {0, 3, 0, 50, 4200, 0, 1, 0};
    int[] ends = {steps, steps, 4400, 4499, 4300, 0, 1, 4096};
    for (boolean reverse : new boolean[] {false, true}) {
      float[] all = hidden(cell, weights, x, starts, ends, steps, reverse);
      for (int rows : new int[] {1, 3}) {
        for (int b = 0; b + rows <= 8; b += 2) {
          float[] some =
              hidden(
                  cell,
                  weights,
                  Arrays.copyOfRange(x, b * steps * 4, (b + rows) * steps * 4),
                  Arrays.copyOfRange(starts, b, b + rows),
                  Arrays.copyOfRange(ends, b, b + rows),
                  steps,
                  reverse);
          assertThat(Arrays.mismatch(some, 0, some.length, all, b * steps * 15, all.length))
              .as("%s: %d rows from %d, reverse %s", cell, rows, b, reverse)
              .isIn(-1, some.length);
        }
      }
    }
  }

  private static float[] hidden(
      Cell cell, Weights weights, float[] x, int[] starts, int[] ends, int steps, boolean reverse) {
    int batch = starts.length;
    var input = new Input(new HeapFloats(x), batch * steps, 4, new HeapInts(new int[0]), -1);
    var none = new State(Floats.NONE, Floats.NONE);
    var pass = new Pass(weights, none, none, Floats.NONE, Floats.NONE, reverse);
    float[] hidden = new float[batch * steps * 15];
    var span = new Span(new HeapInts(starts), new HeapInts(ends));
    var size = new Size(batch, steps, 15);
    Twins.VECTOR
        .recurrences()
        .forward(cell, input, List.of(pass), new HeapFloats(hidden), span, size);
    return hidden;
  }

  private static HeapFloats numbers(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return new HeapFloats(numbers);
  }

  /// Beyond 2²⁴ a float does not grow by 1.
  @Test
  void gradientsOfABiasOverVeryManySteps() {
    int batch = 8;
    int steps = (1 << 21) + 1000;
    float[] ones = new float[batch * steps];
    Arrays.fill(ones, 1);
    float[] zero = new float[1];
    float[] one = {1};
    int[] starts = new int[batch];
    int[] ends = new int[batch];
    Arrays.fill(ends, steps);
    var weights =
        new Weights(
            new HeapFloats(zero), new HeapFloats(zero), new HeapFloats(one), new HeapFloats(zero));
    var none = new State(Floats.NONE, Floats.NONE);
    var pass = new Pass(weights, none, none, Floats.NONE, Floats.NONE, false);
    var input = new Input(new HeapFloats(ones), batch * steps, 1, new HeapInts(new int[0]), -1);
    float[] gradient = new float[1];
    var gradients =
        new Gradients(
            none,
            new Weights(Floats.NONE, Floats.NONE, new HeapFloats(gradient), Floats.NONE),
            none);
    Twins.VECTOR
        .recurrences()
        .backward(
            Cell.RNN_RELU,
            input,
            List.of(pass),
            new Outputs(new HeapFloats(ones), new HeapFloats(ones)),
            Floats.NONE,
            List.of(gradients),
            new Span(new HeapInts(starts), new HeapInts(ends)),
            new Size(batch, steps, 1));
    assertThat(gradient[0]).isEqualTo(batch * steps);
  }

  private static void assertSame(Cell cell, Size size, Ways ways, Lengths lengths, boolean all) {
    assertSame(cell, size, ways, lengths, all, 5, false);
  }

  /// With `all` false, everything that may have length 0 has it.
  private static void assertSame(
      Cell cell, Size size, Ways ways, Lengths lengths, boolean all, int d, boolean table) {
    var span = span(size, lengths);
    int places = size.batch() * size.steps();
    int seen = places * ways.reverse().size() * size.hidden();
    Twins.assertSame(
        "%s %s %s %s %s %d %s".formatted(cell, size, ways, lengths, all, d, table),
        1e-4 * Math.sqrt(places),
        run -> {
          var input = input(run, size, d, table);
          var passes = new ArrayList<Pass>();
          for (boolean reverse : ways.reverse()) {
            passes.add(pass(run, cell, size, reverse, all, d));
          }
          var hidden = run.floats(seen);
          run.kernels().recurrences().forward(cell, input, passes, hidden, span, size);
          for (var pass : passes) {
            forgetUndefined(pass, cell, size, span);
          }
          var back = passes.stream().map(RecurrencesTwinTest::withGatesToUseUp).toList();
          var outputs = new Outputs(hidden, run.floatsOrNone(all || cell != Cell.LSTM, seen));
          var dInput = run.floatsOrNone(all, input.count() * d);
          var gradients = new ArrayList<Gradients>();
          for (int i = 0; i < passes.size(); i++) {
            gradients.add(gradients(run, cell, size, all, d));
          }
          run.kernels()
              .recurrences()
              .backward(cell, input, back, outputs, dInput, gradients, span, size);
        });
  }

  private static Pass withGatesToUseUp(Pass pass) {
    var gates = new HeapFloats(HeapFloats.of(pass.gates()).clone());
    return new Pass(
        pass.weights(), pass.initial(), pass.last(), gates, pass.cells(), pass.reverse());
  }

  private static Input input(Twins.Run run, Size size, int d, boolean table) {
    int places = size.batch() * size.steps();
    var ids = new Random(4).ints(places, 0, 5).toArray();
    return table
        ? new Input(run.floats(5 * d), 5, d, new HeapInts(ids), 2)
        : new Input(run.floats(places * d), places, d, new HeapInts(new int[0]), -1);
  }

  private static Pass pass(
      Twins.Run run, Cell cell, Size size, boolean reverse, boolean all, int d) {
    int h = size.hidden();
    int places = size.batch() * size.steps();
    int rows = cell.gates() * h;
    float reach = (float) (1 / Math.sqrt(h));
    float inputReach = (float) (1 / Math.sqrt(d));
    return new Pass(
        new Weights(
            run.floats(rows * d, -inputReach, inputReach),
            run.floats(rows * h, -reach, reach),
            run.floats(rows),
            run.floats(rows)),
        state(run, cell, all, size.batch() * h),
        state(run, cell, all, size.batch() * h),
        run.floatsOrNone(cell.remembers(), places * rows),
        run.floatsOrNone(cell.remembers(), places * h),
        reverse);
  }

  private static Gradients gradients(Twins.Run run, Cell cell, Size size, boolean all, int d) {
    int h = size.hidden();
    int rows = cell.gates() * h;
    return new Gradients(
        state(run, cell, all || cell == Cell.LSTM, size.batch() * h),
        new Weights(
            run.floatsOrNone(all, rows * d),
            run.floatsOrNone(all, rows * h),
            run.floatsOrNone(all, rows),
            run.floatsOrNone(all, rows)),
        state(run, cell, all, size.batch() * h));
  }

  private static State state(Twins.Run run, Cell cell, boolean wanted, int length) {
    return new State(
        run.floatsOrNone(wanted, length), run.floatsOrNone(wanted && cell == Cell.LSTM, length));
  }

  /// What stands outside the spans in what is remembered is nobody's business: forget it.
  private static void forgetUndefined(Pass pass, Cell cell, Size size, Span span) {
    for (int place = 0; place < size.batch() * size.steps() && cell.remembers(); place++) {
      int b = place % size.batch();
      int t = place / size.batch();
      boolean real = span.starts().get(b) <= t && t < span.ends().get(b);
      if (!real) {
        forget(pass.gates(), place, cell.gates() * size.hidden());
        forget(pass.cells(), place, size.hidden());
      }
    }
  }

  private static void forget(Floats values, int row, int width) {
    Arrays.fill(HeapFloats.of(values), row * width, (row + 1) * width, 0);
  }

  private static Span span(Size size, Lengths lengths) {
    int[] starts = new int[size.batch()];
    int[] ends = new int[size.batch()];
    var random = new Random(3);
    for (int b = 0; b < size.batch(); b++) {
      int length = 1 + random.nextInt(size.steps());
      switch (lengths) {
        case FULL -> ends[b] = size.steps();
        case RIGHT -> ends[b] = length;
        case LEFT -> {
          starts[b] = size.steps() - length;
          ends[b] = size.steps();
        }
        case EMPTY -> {
          starts[b] = random.nextInt(size.steps() + 1);
          ends[b] = starts[b];
        }
        case MIXED -> {
          starts[b] = random.nextInt(size.steps());
          ends[b] = starts[b] + random.nextInt(size.steps() - starts[b] + 1);
        }
      }
    }
    return new Span(new HeapInts(starts), new HeapInts(ends));
  }
}
