package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.Attentions.Gradients;
import sequor.kernels.Attentions.Reading;
import sequor.kernels.Attentions.Size;
import sequor.kernels.Attentions.Steps;
import sequor.kernels.Elementwise.Dropout;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Kernels;
import sequor.kernels.Recurrences.Span;

class AttentionsTwinTest {
  private static final double TOLERANCE = 2e-5;
  private static final Dropout NONE = new Dropout(0, 0, 0);

  @Test
  void everyWidth() {
    for (int width : Twins.SIZES) {
      assertSelf(self(3, 2, width, 5, false), Lengths.MIXED, NONE);
      assertSelf(self(3, 2, width, 5, true), Lengths.MIXED, NONE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLengthAndKindOfSpan(Lengths lengths) {
    for (int steps : new int[] {0, 1, 2, 7, 33, 64, 65, 150}) {
      assertSelf(self(3, 2, 6, steps, false), lengths, NONE);
      assertSelf(self(3, 2, 6, steps, true), lengths, NONE);
    }
    assertSelf(self(0, 2, 6, 4, true), lengths, NONE);
  }

  @Test
  void dropout() {
    var dropout = new Dropout(0, 0.3f, 0x123456789abcL);
    assertSelf(self(3, 2, 6, 90, true), Lengths.MIXED, dropout);
    assertCross(new Size(3, 2, 6, 5, 37, false, 0.5f), Lengths.MIXED, dropout, true);
  }

  @ParameterizedTest
  @EnumSource
  void otherSteps(Lengths lengths) {
    for (int queries : new int[] {1, 5, 70}) {
      for (int keys : new int[] {0, 1, 9, 130}) {
        assertCross(new Size(4, 3, 8, queries, keys, false, 0.35f), lengths, NONE, true);
      }
    }
    assertCross(new Size(4, 3, 8, 5, 6, false, 0.35f), lengths, NONE, false);
  }

  /// So many that they are cut into tasks and blocks of depth.
  @Test
  void manySteps() {
    assertSelf(self(2, 2, 32, 600, true), Lengths.FULL, NONE);
    assertSelf(self(9, 4, 64, 40, false), Lengths.RIGHT, NONE);
  }

  /// A row has the same bits alone, without its padding, and among others; whatever the padding
  /// holds.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FULL")
  void aRowHasTheSameBitsInEveryBatch(Lengths lengths) {
    int steps = 80;
    var size = self(6, 2, 7, steps, true);
    int row = 3 * 14;
    float[] x = new float[6 * steps * row];
    var random = new Random(5);
    var span = lengths.span(6, steps);
    for (int b = 0; b < 6; b++) {
      Arrays.fill(x, b * steps * row, (b + 1) * steps * row, Float.NaN);
      for (int i = span.starts().get(b) * row; i < span.ends().get(b) * row; i++) {
        x[b * steps * row + i] = random.nextFloat() * 4 - 2;
      }
    }
    for (var kernels : new Kernels[] {Kernels.scalar(), Twins.VECTOR}) {
      var all = new HeapFloats(new float[6 * steps * 14]);
      kernels.attentions().forward(reading(new HeapFloats(x), span), all, none(), size);
      for (int b = 0; b < 6; b++) {
        int start = b * steps + span.starts().get(b);
        int length = span.ends().get(b) - span.starts().get(b);
        var own = new HeapFloats(Arrays.copyOfRange(x, start * row, (start + length) * row));
        var whole = new Span(new HeapInts(new int[] {0}), new HeapInts(new int[] {length}));
        var alone = new HeapFloats(new float[length * 14]);
        kernels
            .attentions()
            .forward(reading(own, whole), alone, none(), self(1, 2, 7, length, true));
        assertThat(Arrays.copyOfRange(all.array(), start * 14, (start + length) * 14))
            .as("%s: row %d", kernels.name(), b)
            .isEqualTo(alone.array());
      }
      assertThat(all.array()).doesNotContain(Float.NaN);
    }
  }

  private static HeapFloats none() {
    return new HeapFloats(new float[0]);
  }

  /// Queries, keys and values of 14 numbers beside each other.
  private static Reading reading(HeapFloats x, Span span) {
    return new Reading(
        new Steps(x, 0, 42), new Steps(x, 14, 42), new Steps(x, 28, 42), span, span, NONE);
  }

  private static Size self(int batch, int heads, int width, int steps, boolean causal) {
    return new Size(batch, heads, width, steps, steps, causal, (float) (1 / Math.sqrt(width)));
  }

  /// Queries, keys and values beside each other, and so their gradients.
  private static void assertSelf(Size size, Lengths lengths, Dropout dropout) {
    var span = lengths.span(size.batch(), size.queries());
    int inner = size.heads() * size.width();
    int steps = size.batch() * size.queries();
    Twins.assertSame(
        "%s %s %s".formatted(size, lengths, dropout),
        TOLERANCE * Math.sqrt(size.keys() + size.width()),
        run -> {
          var x = run.floats(steps * 3 * inner);
          var reading =
              new Reading(
                  new Steps(x, 0, 3 * inner),
                  new Steps(x, inner, 3 * inner),
                  new Steps(x, 2 * inner, 3 * inner),
                  span,
                  span,
                  dropout);
          var dx = run.floats(steps * 3 * inner);
          run(run, reading, new Gradients(dx, dx, dx), size);
        });
  }

  /// All in tensors of their own.
  private static void assertCross(Size size, Lengths lengths, Dropout dropout, boolean required) {
    var seen = lengths.span(size.batch(), size.keys());
    var asking = Lengths.FULL.span(size.batch(), size.queries());
    int inner = size.heads() * size.width();
    int queries = size.batch() * size.queries() * inner;
    int keys = size.batch() * size.keys() * inner;
    Twins.assertSame(
        "%s %s %s, gradients required: %s".formatted(size, lengths, dropout, required),
        TOLERANCE * Math.sqrt(size.keys() + size.width()),
        run -> {
          var reading =
              new Reading(
                  new Steps(run.floats(queries), 0, inner),
                  new Steps(run.floats(keys), 0, inner),
                  new Steps(run.floats(keys), 0, inner),
                  asking,
                  seen,
                  dropout);
          var gradients =
              new Gradients(
                  run.floatsOrNone(required, queries),
                  run.floats(keys),
                  run.floatsOrNone(required, keys));
          run(run, reading, gradients, size);
        });
  }

  private static void run(Twins.Run run, Reading reading, Gradients gradients, Size size) {
    int results = size.batch() * size.queries() * size.heads() * size.width();
    var y = run.floats(results);
    var logSums = run.floats(size.batch() * size.heads() * size.queries(), 0, 0);
    var kernels = run.kernels().attentions();
    kernels.forward(reading, y, logSums, size);
    kernels.backward(reading, y, logSums, run.floats(results), gradients, size);
  }
}
