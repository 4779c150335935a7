package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.Convolutions.Gradients;
import sequor.kernels.Convolutions.Layer;
import sequor.kernels.Convolutions.Size;
import sequor.kernels.Convolutions.Window;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Kernels;
import sequor.kernels.Recurrences.Span;

class ConvolutionsTwinTest {
  private static final double TOLERANCE = 1e-5;
  private static final HeapInts NONE = new HeapInts(new int[0]);

  @Test
  void everyInputSize() {
    for (int in : Twins.SIZES) {
      assertSame(same(5, 6, in, 7, 3, true), Lengths.MIXED, true);
      assertSameMax(same(5, 6, in, 7, 3, true), Lengths.MIXED, true);
    }
  }

  @Test
  void everyOutputSize() {
    for (int out : Twins.SIZES) {
      assertSame(same(5, 6, 9, out, 4, false), Lengths.MIXED, true);
      assertSameMax(same(5, 6, 9, out, 4, true), Lengths.MIXED, true);
    }
  }

  /// Wider than all rows too.
  @ParameterizedTest
  @EnumSource
  void everyWidthAndKindOfSpan(Lengths lengths) {
    for (int width : new int[] {1, 2, 3, 5, 8, 13}) {
      for (int batch : new int[] {0, 1, 2, 9}) {
        assertSame(same(batch, 7, 5, 6, width, true), lengths, true);
        assertSameMax(same(batch, 7, 5, 6, width, true), lengths, true);
        assertSameMax(same(batch, 7, 5, 6, width, false), lengths, false);
      }
    }
    assertSame(same(3, 0, 5, 6, 3, true), lengths, true);
    assertSameMax(same(3, 0, 5, 6, 3, true), lengths, true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void strideAndDilation(int stride) {
    for (int dilation = 1; dilation <= 3; dilation++) {
      for (int width : new int[] {1, 2, 3, 4}) {
        for (int before : new int[] {0, 1, 7}) {
          int windows = (11 + 2 * before - dilation * (width - 1) - 1) / stride + 1;
          var window = new Window(width, stride, dilation, before, stride == 2);
          assertSame(new Size(4, 11, 6, windows, 5, window), Lengths.FULL, true);
        }
      }
    }
  }

  @Test
  void dilatedWindowsOfRows() {
    for (int dilation = 2; dilation <= 4; dilation++) {
      var window = new Window(3, 1, dilation, dilation, true);
      assertSame(new Size(6, 9, 7, 9, 17, window), Lengths.MIXED, true);
      assertSameMax(new Size(6, 9, 7, 9, 17, window), Lengths.MIXED, true);
    }
  }

  @Test
  void gradientsNotRequired() {
    assertSame(same(4, 5, 6, 7, 3, true), Lengths.MIXED, false);
    assertSameMax(same(4, 5, 6, 7, 3, true), Lengths.MIXED, false);
  }

  /// So many that they are cut into tasks, blocks and chunks.
  @Test
  void manySteps() {
    assertSame(same(40, 50, 100, 64, 5, true), Lengths.MIXED, true);
    assertSameMax(same(70, 90, 33, 100, 4, true), Lengths.RIGHT, true);
    assertSameMax(same(2, 3000, 20, 100, 3, true), Lengths.LEFT, true);
  }

  /// A row has the same bits alone, without its padding, and among others; whatever the padding
  /// holds.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FULL")
  void aRowHasTheSameBitsInEveryBatch(Lengths lengths) {
    var size = same(12, 40, 33, 50, 4, true);
    var random = new Random(5);
    var layer =
        new Layer(numbers(random, 12 * 40 * 33), numbers(random, 50 * 33 * 4), numbers(random, 50));
    var span = lengths.span(size.batch(), size.steps());
    float[] x = ((HeapFloats) layer.x()).array();
    for (int b = 0; b < 12; b++) {
      Arrays.fill(x, b * 40 * 33, (b * 40 + span.starts().get(b)) * 33, Float.NaN);
      Arrays.fill(x, (b * 40 + span.ends().get(b)) * 33, (b + 1) * 40 * 33, Float.NaN);
    }
    for (var kernels : new Kernels[] {Kernels.scalar(), Twins.VECTOR}) {
      var all = new HeapFloats(new float[12 * 40 * 50]);
      var largest = new HeapFloats(new float[12 * 50]);
      kernels.convolutions().forward(layer, all, span, span, size);
      kernels.convolutions().forwardMax(layer, largest, NONE, span, size);
      for (int b = 0; b < 12; b++) {
        int start = span.starts().get(b);
        int length = span.ends().get(b) - start;
        int from = (b * 40 + start) * 33;
        var own = new HeapFloats(Arrays.copyOfRange(x, from, from + length * 33));
        var alone = new Layer(own, layer.weight(), layer.bias());
        var one = same(1, length, 33, 50, 4, true);
        var whole = new Span(new HeapInts(new int[] {0}), new HeapInts(new int[] {length}));
        var hidden = new HeapFloats(new float[length * 50]);
        var top = new HeapFloats(new float[50]);
        kernels.convolutions().forward(alone, hidden, whole, whole, one);
        kernels.convolutions().forwardMax(alone, top, NONE, whole, one);
        int at = (b * 40 + start) * 50;
        assertThat(Arrays.copyOfRange(all.array(), at, at + length * 50))
            .as("%s: row %d", kernels.name(), b)
            .isEqualTo(hidden.array());
        assertThat(Arrays.copyOfRange(largest.array(), b * 50, (b + 1) * 50))
            .as("%s: the largest of row %d", kernels.name(), b)
            .isEqualTo(top.array());
      }
    }
  }

  /// NaN is the largest, and ReLU does not hide it.
  @Test
  void notANumber() {
    var size = same(1, 4, 1, 1, 1, true);
    var span = new Span(new HeapInts(new int[] {0}), new HeapInts(new int[] {4}));
    var x = new HeapFloats(new float[] {1, Float.NaN, 3, -2});
    var layer = new Layer(x, new HeapFloats(new float[] {1}), Floats.NONE);
    for (var kernels : new Kernels[] {Kernels.scalar(), Twins.VECTOR}) {
      var y = new HeapFloats(new float[4]);
      var top = new HeapFloats(new float[1]);
      var places = new HeapInts(new int[] {7});
      kernels.convolutions().forward(layer, y, span, span, size);
      kernels.convolutions().forwardMax(layer, top, places, span, size);
      assertThat(y.array()).as(kernels.name()).containsExactly(1, Float.NaN, 3, 0);
      assertThat(top.array()).as(kernels.name()).containsExactly(Float.NaN);
      assertThat(places.array()).as(kernels.name()).containsExactly(1);
    }
  }

  private static Size same(int batch, int steps, int in, int out, int width, boolean relu) {
    var window = new Window(width, 1, 1, (width - 1) / 2, relu);
    return new Size(batch, steps, in, steps, out, window);
  }

  private static void assertSame(Size size, Lengths lengths, boolean required) {
    var read = lengths.span(size.batch(), size.steps());
    boolean full = lengths == Lengths.FULL;
    var all = new int[size.batch()];
    Arrays.fill(all, size.windows());
    var written = full ? new Span(new HeapInts(new int[size.batch()]), new HeapInts(all)) : read;
    Twins.assertSame(
        "%s %s, gradients required: %s".formatted(size, lengths, required),
        TOLERANCE * Math.sqrt(size.batch() + size.in()),
        run -> {
          var layer = layer(run, size, required);
          int results = size.batch() * size.windows() * size.out();
          var y = run.floats(results);
          var kernels = run.kernels().convolutions();
          kernels.forward(layer, y, read, written, size);
          var gradients = gradients(run, size, required);
          // ReLU of sums that differ in the last bit may be on in one twin and off in the other
          var pattern = size.window().relu() ? run.floats(results) : y;
          kernels.backward(layer, pattern, run.floats(results), gradients, read, written, size);
        });
  }

  private static void assertSameMax(Size size, Lengths lengths, boolean required) {
    var span = lengths.span(size.batch(), size.steps());
    Twins.assertSame(
        "max: %s %s, gradients required: %s".formatted(size, lengths, required),
        TOLERANCE * Math.sqrt(size.batch() + size.in()),
        run -> {
          var layer = layer(run, size, required);
          int results = size.batch() * size.out();
          var kernels = run.kernels().convolutions();
          kernels.forwardMax(layer, run.floats(results), NONE, span, size);
          var y = run.floats(results);
          kernels.forwardMax(layer, y, new HeapInts(new int[results]), span, size);
          var places = new HeapInts(places(size, span)); // of equals any may be the largest
          kernels.backwardMax(
              layer, places, run.floats(results), gradients(run, size, required), span, size);
        });
  }

  private static int[] places(Size size, Span span) {
    var random = new Random(3);
    int[] places = new int[size.batch() * size.out()];
    for (int i = 0; i < places.length; i++) {
      int b = i / size.out();
      int length = span.ends().get(b) - span.starts().get(b);
      boolean off = length == 0 || random.nextInt(4) == 0;
      places[i] = off ? -1 : span.starts().get(b) + random.nextInt(length);
    }
    return places;
  }

  private static Layer layer(Twins.Run run, Size size, boolean biased) {
    return new Layer(
        run.floats(size.batch() * size.steps() * size.in()),
        run.floats(size.out() * size.in() * size.window().width()),
        run.floatsOrNone(biased, size.out()));
  }

  private static Gradients gradients(Twins.Run run, Size size, boolean required) {
    return new Gradients(
        run.floatsOrNone(required, size.batch() * size.steps() * size.in()),
        run.floatsOrNone(required, size.out() * size.in() * size.window().width()),
        run.floatsOrNone(required, size.out()));
  }

  private static HeapFloats numbers(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return new HeapFloats(numbers);
  }
}
