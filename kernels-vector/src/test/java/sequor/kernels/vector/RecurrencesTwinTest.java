package sequor.kernels.vector;

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
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Recurrences.State;

class RecurrencesTwinTest {
  private enum Lengths {
    FULL,
    RIGHT,
    LEFT,
    EMPTY,
    MIXED
  }

  /// One way, back, or both at once.
  private enum Ways {
    FORWARD(false),
    BACK(true),
    BOTH(false, true);

    private final boolean[] reverse;

    Ways(boolean... reverse) {
      this.reverse = reverse;
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
  void gradientsNobodyWants(Cell cell) {
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
  void forwardThatRemembersNothing(Cell cell) {
    var size = new Size(9, 4, 17);
    var span = span(size, Lengths.MIXED);
    int rows = cell.gates() * 17;
    Twins.assertSame(
        "%s without a way back".formatted(cell),
        5e-5,
        run -> {
          var pass =
              new Pass(
                  new Input(run.floats(36 * rows), new HeapInts(new int[0])),
                  new HeapFloats(new float[36 * rows]), // anything, afterwards
                  run.floats(rows * 17, -0.2f, 0.2f),
                  run.floats(rows),
                  state(run, cell, true, 9 * 17),
                  state(run, cell, true, 9 * 17),
                  HeapFloats.none(),
                  false);
          run.kernels()
              .recurrences()
              .forward(cell, List.of(pass), run.floats(36 * 17), span, size);
        });
  }

  /// With `all` false, everything that may have length 0 has it.
  private static void assertSame(Cell cell, Size size, Ways ways, Lengths lengths, boolean all) {
    var span = span(size, lengths);
    int places = size.batch() * size.steps();
    int rows = cell.gates() * size.hidden();
    int shown = places * ways.reverse.length * size.hidden();
    Twins.assertSame(
        "%s %s %s %s %s".formatted(cell, size, ways, lengths, all),
        5e-5 * Math.sqrt(places),
        run -> {
          var passes = new ArrayList<Pass>();
          for (boolean reverse : ways.reverse) {
            passes.add(pass(run, cell, size, reverse, all));
          }
          var hidden = run.floats(shown);
          run.kernels().recurrences().forward(cell, passes, hidden, span, size);
          var dHidden = run.floatsOrNone(all || cell != Cell.LSTM, shown);
          var gradients = new ArrayList<Gradients>();
          for (int i = 0; i < passes.size(); i++) {
            gradients.add(gradients(run, cell, size, all));
          }
          run.kernels()
              .recurrences()
              .backward(cell, passes, hidden, dHidden, gradients, span, size);
          for (var pass : passes) {
            forgetUndefined(pass, size, rows, span);
          }
        });
  }

  private static Pass pass(Twins.Run run, Cell cell, Size size, boolean reverse, boolean all) {
    int h = size.hidden();
    int places = size.batch() * size.steps();
    int rows = cell.gates() * h;
    float reach = (float) (1 / Math.sqrt(h));
    return new Pass(
        all
            ? table(run, places, rows)
            : new Input(run.floats(places * rows), new HeapInts(new int[0])),
        run.floats(places * rows),
        run.floats(rows * h, -reach, reach),
        run.floatsOrNone(all, rows),
        state(run, cell, all, size.batch() * h),
        state(run, cell, all, size.batch() * h),
        run.floatsOrNone(cell.remembers(), places * h),
        reverse);
  }

  /// Inputs of which several places read the same row.
  private static Input table(Twins.Run run, int places, int width) {
    var random = new Random(4);
    return new Input(
        run.floats(5 * width), new HeapInts(random.ints(places, 0, 5).toArray()));
  }

  private static Gradients gradients(Twins.Run run, Cell cell, Size size, boolean all) {
    int h = size.hidden();
    int rows = cell.gates() * h;
    return new Gradients(
        state(run, cell, all || cell == Cell.LSTM, size.batch() * h),
        run.floats(size.batch() * size.steps() * rows),
        run.floatsOrNone(all, rows * h),
        run.floatsOrNone(all, rows),
        run.floatsOrNone(all, rows),
        state(run, cell, all, size.batch() * h));
  }

  private static State state(Twins.Run run, Cell cell, boolean wanted, int length) {
    return new State(
        run.floatsOrNone(wanted, length), run.floatsOrNone(wanted && cell == Cell.LSTM, length));
  }

  /// What stands outside the spans in what is remembered is nobody's business, nor are the gates of
  /// an RNN: forget it.
  private static void forgetUndefined(Pass pass, Size size, int rows, Span span) {
    for (int place = 0; place < size.batch() * size.steps(); place++) {
      int b = place % size.batch();
      int t = place / size.batch();
      boolean real = span.starts().get(b) <= t && t < span.ends().get(b);
      boolean remembers = pass.cells().length() > 0;
      if (!real || !remembers) {
        forget(pass.gates(), place, rows);
      }
      if (!real && remembers) {
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
