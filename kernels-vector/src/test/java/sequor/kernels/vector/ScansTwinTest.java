package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Scans.DiagonalGradients;
import sequor.kernels.Scans.FromAbove;
import sequor.kernels.Scans.LinearGradients;
import sequor.kernels.Scans.Modes;
import sequor.kernels.Scans.Size;

class ScansTwinTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void linearOfEveryWidth(boolean reverse) {
    for (int h : Twins.SIZES) {
      linear(new Size(3, 5, h, reverse), Lengths.MIXED, true);
    }
  }

  /// Rows of several chunks, few of them and many, so that threads share rows and so that they do
  /// not.
  @ParameterizedTest
  @EnumSource
  void linearOfLongRows(Lengths lengths) {
    for (int steps : new int[] {127, 128, 129, 256, 257, 700}) {
      for (int batch : new int[] {1, 2, 9}) {
        linear(new Size(batch, steps, 6, false), lengths, true);
        linear(new Size(batch, steps, 17, true), lengths, true);
      }
    }
    linear(new Size(1, 300, 300, false), lengths, true);
  }

  /// Gates whose product over a chunk no float holds, though each state is one.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void linearWhereAProductOverflows(int threads) {
    int before = Parallel.threads();
    try {
      Parallel.threads(threads);
      for (float gate : new float[] {2, 4}) {
        int length = 700;
        float[] a = new float[length];
        Arrays.fill(a, 0, length, gate);
        Arrays.fill(a, 40, 240, 1 / gate);
        Arrays.fill(a, 250, length, 0.5f);
        for (float initial : new float[] {0, 1e-20f}) {
          var linear = states(Twins.VECTOR, a, initial);
          assertThat(linear).isEqualTo(states(Kernels.scalar(), a, initial));
        }
      }
    } finally {
      Parallel.threads(before);
    }
  }

  /// Those of a row, and the gradients of its gates.
  private static float[][] states(Kernels kernels, float[] a, float initial) {
    int length = a.length;
    var span = span(new int[] {0}, new int[] {length});
    var size = new Size(1, length, 1, false);
    var gates = new HeapFloats(a);
    var first = new HeapFloats(new float[] {initial});
    var hidden = new HeapFloats(new float[length]);
    var above = new HeapFloats(new float[length]);
    above.set(length - 1, 1e-25f);
    var da = new HeapFloats(new float[length]);
    kernels.scans().linear(gates, new HeapFloats(new float[length]), first, hidden, span, size);
    var to =
        new LinearGradients(da, new HeapFloats(new float[length]), new HeapFloats(new float[1]));
    kernels.scans().linearBackward(gates, first, hidden, above, to, span, size);
    return new float[][] {HeapFloats.of(hidden), HeapFloats.of(da)};
  }

  @ParameterizedTest
  @EnumSource
  void linearWhereGradientsAreNotRequired(Lengths lengths) {
    linear(new Size(2, 300, 13, false), lengths, false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void diagonalOfEveryWidth(boolean reverse) {
    for (int h : Twins.SIZES) {
      diagonal(new Size(2, 5, h, reverse), 3, Lengths.MIXED, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void diagonalOfManyStatesAndSteps(Lengths lengths) {
    for (int steps : new int[] {1, 31, 32, 33, 100}) {
      for (int count : new int[] {1, 2, 16, 31}) {
        diagonal(new Size(3, steps, 19, false), count, lengths, true);
        diagonal(new Size(2, steps, 5, true), count, lengths, false);
      }
    }
  }

  /// A row gives the same bits alone and padded on both sides among others.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aRowAloneAndAmongOthers(int threads) {
    int before = Parallel.threads();
    try {
      Parallel.threads(threads);
      int length = 300;
      var random = new Random(5);
      float[] a = numbers(random, length * 7, 0.5f, 1);
      float[] b = numbers(random, length * 7, -1, 1);
      float[] initial = numbers(random, 7, -1, 1);
      float[] alone = new float[length * 7];
      Kernels vector = Twins.VECTOR;
      vector
          .scans()
          .linear(
              new HeapFloats(a),
              new HeapFloats(b),
              new HeapFloats(initial),
              new HeapFloats(alone),
              span(new int[] {0}, new int[] {length}),
              new Size(1, length, 7, false));
      int steps = 340;
      int batch = 8;
      float[] together = new float[batch * steps * 7];
      float[] widerA = numbers(random, batch * steps * 7, 0.5f, 1);
      float[] widerB = numbers(random, batch * steps * 7, -1, 1);
      float[] initials = numbers(random, batch * 7, -1, 1);
      int at = (2 * steps + 13) * 7;
      System.arraycopy(a, 0, widerA, at, a.length);
      System.arraycopy(b, 0, widerB, at, b.length);
      System.arraycopy(initial, 0, initials, 14, 7);
      int[] starts = new int[batch];
      int[] ends = new int[batch];
      Arrays.fill(ends, steps);
      starts[2] = 13;
      ends[2] = 13 + length;
      vector
          .scans()
          .linear(
              new HeapFloats(widerA),
              new HeapFloats(widerB),
              new HeapFloats(initials),
              new HeapFloats(together),
              span(starts, ends),
              new Size(batch, steps, 7, false));
      assertThat(Arrays.copyOfRange(together, at, at + a.length)).isEqualTo(alone);
    } finally {
      Parallel.threads(before);
    }
  }

  private static float[] numbers(Random random, int n, float low, float high) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = low + (high - low) * random.nextFloat();
    }
    return values;
  }

  private static void linear(Size size, Lengths lengths, boolean required) {
    int n = size.batch() * size.steps() * size.hidden();
    int state = size.batch() * size.hidden();
    var span = span(size, lengths);
    Twins.assertSame(
        "linear %s %s %s".formatted(size, lengths, required),
        2e-5,
        run -> {
          var scans = run.kernels().scans();
          var a = run.floats(n, -1, 1);
          var initial = run.floats(state);
          var hidden = run.floats(n);
          scans.linear(a, run.floats(n), initial, hidden, span, size);
          var gradients =
              new LinearGradients(
                  run.floatsOrNone(required, n), run.floats(n), run.floatsOrNone(required, state));
          scans.linearBackward(a, initial, hidden, run.floats(n), gradients, span, size);
        });
  }

  private static void diagonal(Size size, int count, Lengths lengths, boolean required) {
    int n = size.batch() * size.steps() * size.hidden();
    int modes = 2 * count * size.hidden();
    int state = size.batch() * modes;
    var span = span(size, lengths);
    Twins.assertSame(
        "diagonal %s of %d %s %s".formatted(size, count, lengths, required),
        1e-4,
        run -> {
          var scans = run.kernels().scans();
          var u = run.floats(n, -1, 1);
          var some =
              new Modes(run.floats(modes, -0.7f, 0.7f), run.floats(modes, -0.2f, 0.2f), count);
          var initial = run.floats(state, -1, 1);
          scans.diagonal(u, some, initial, run.floats(n), run.floats(state), span, size);
          var gradients =
              new DiagonalGradients(
                  run.floatsOrNone(required, n),
                  run.floats(modes),
                  run.floatsOrNone(required, modes),
                  run.floatsOrNone(required, state));
          var above = new FromAbove(run.floats(n), run.floatsOrNone(required, state));
          scans.diagonalBackward(u, some, initial, above, gradients, span, size);
        });
  }

  private static Span span(int[] starts, int[] ends) {
    return new Span(new HeapInts(starts), new HeapInts(ends));
  }

  private static Span span(Size size, Lengths lengths) {
    int steps = size.steps();
    int[] starts = new int[size.batch()];
    int[] ends = new int[size.batch()];
    for (int row = 0; row < size.batch(); row++) {
      int length = Math.max(0, steps - row * Math.max(1, steps / 3));
      switch (lengths) {
        case FULL -> ends[row] = steps;
        case RIGHT -> ends[row] = length;
        case LEFT -> {
          starts[row] = steps - length;
          ends[row] = steps;
        }
        case EMPTY -> starts[row] = ends[row] = Math.min(row, steps);
        case MIXED -> {
          starts[row] = row % 2 == 0 ? 0 : Math.min(1, steps);
          ends[row] = row % 3 == 2 ? starts[row] : steps;
        }
      }
    }
    return span(starts, ends);
  }
}
