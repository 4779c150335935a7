package sequor.kernels.vector;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;

class RecurrencesTwinTest {
  private enum Lengths {
    FULL,
    RIGHT,
    LEFT,
    EMPTY,
    MIXED
  }

  @ParameterizedTest
  @EnumSource
  void everyHiddenSize(Cell cell) {
    for (int h : new int[] {1, 2, 3, 4, 6, 8, 13, 16, 17, 31, 33, 48, 64, 100}) {
      assertSame(cell, new Size(5, 3, h, false), Lengths.MIXED, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfSpan(Cell cell) {
    for (var lengths : Lengths.values()) {
      for (int batch : new int[] {1, 2, 7, 8, 9, 20}) {
        assertSame(cell, new Size(batch, 5, 13, false), lengths, true);
        assertSame(cell, new Size(batch, 5, 13, true), lengths, true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsNobodyWants(Cell cell) {
    assertSame(cell, new Size(9, 4, 17, false), Lengths.MIXED, false);
    assertSame(cell, new Size(9, 4, 17, true), Lengths.RIGHT, false);
  }

  @ParameterizedTest
  @EnumSource
  void oneStepAndManySteps(Cell cell) {
    assertSame(cell, new Size(3, 1, 20, false), Lengths.FULL, true);
    assertSame(cell, new Size(70, 12, 20, true), Lengths.RIGHT, true);
  }

  @Test
  void largeWeights() {
    assertSame(Cell.LSTM, new Size(40, 3, 207, false), Lengths.MIXED, true);
    assertSame(Cell.GRU, new Size(35, 2, 300, true), Lengths.RIGHT, true);
  }

  /// With `all` false, everything that may have length 0 has it.
  private static void assertSame(Cell cell, Size size, Lengths lengths, boolean all) {
    var span = span(size, lengths);
    int h = size.hidden();
    int places = size.batch() * size.steps();
    int rows = cell.gates() * h;
    boolean lstm = cell == Cell.LSTM;
    Twins.assertSame(
        "%s %s %s %s".formatted(cell, size, lengths, all),
        5e-5 * Math.sqrt(places),
        run -> {
          float reach = (float) (1 / Math.sqrt(h));
          var pass =
              new Pass(
                  run.floats(places * rows),
                  run.floats(rows * h, -reach, reach),
                  run.floatsOrNone(all, rows),
                  run.floatsOrNone(all, size.batch() * h),
                  run.floatsOrNone(all && lstm, size.batch() * h),
                  run.floats(places * h),
                  run.floatsOrNone(lstm || cell == Cell.GRU, places * h));
          run.kernels().recurrences().forward(cell, pass, span, size);
          var gradients =
              new Gradients(
                  run.floatsOrNone(all || !lstm, places * h),
                  run.floatsOrNone(lstm, size.batch() * h),
                  run.floats(places * rows),
                  run.floatsOrNone(all, rows * h),
                  run.floatsOrNone(all, rows),
                  run.floatsOrNone(all, size.batch() * h),
                  run.floatsOrNone(all && lstm, size.batch() * h));
          run.kernels().recurrences().backward(cell, pass, gradients, span, size);
          onlyRealGates(pass.gates(), size, rows, span);
        });
  }

  /// What stands in the gates outside the spans is nobody's business: forget it.
  private static void onlyRealGates(sequor.kernels.Floats gates, Size size, int rows, Span span) {
    float[] values = HeapFloats.of(gates);
    for (int i = 0; i < size.batch() * size.steps() * rows; i++) {
      int b = i / rows / size.steps();
      int t = i / rows % size.steps();
      if (t < span.starts().get(b) || t >= span.ends().get(b)) {
        values[i] = 0;
      }
    }
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
