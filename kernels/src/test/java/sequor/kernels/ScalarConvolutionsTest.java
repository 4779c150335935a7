package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import sequor.kernels.Convolutions.Gradients;
import sequor.kernels.Convolutions.Layer;
import sequor.kernels.Convolutions.Size;
import sequor.kernels.Convolutions.Window;
import sequor.kernels.Recurrences.Span;

/// Convolutions small enough to be followed by hand: steps 1, 2, 4, 8, of which the first row has
/// all and the second the middle two, and the sum of a step and twice the next.
class ScalarConvolutionsTest {
  private final Convolutions kernels = Kernels.scalar().convolutions();
  private final HeapFloats x = floats(1, 2, 4, 8, 1, 2, 4, 8);
  private final Layer layer = new Layer(x, floats(1, 2, -1, 0), floats(0.5f, 5));
  private final Span span =
      new Span(new HeapInts(new int[] {0, 1}), new HeapInts(new int[] {4, 3}));

  private static HeapFloats floats(float... values) {
    return new HeapFloats(values);
  }

  private static HeapFloats garbage(int n) {
    var values = new float[n];
    Arrays.fill(values, 99);
    return new HeapFloats(values);
  }

  private static Size size(boolean relu) {
    return new Size(2, 4, 1, 4, 2, new Window(2, 1, 1, 0, relu));
  }

  @Test
  void windowsOfRealSteps() {
    var y = garbage(16);
    kernels.forward(layer, y, span, span, size(false));
    assertThat(y.array())
        .containsExactly(
            5.5f, 4, 10.5f, 3, 20.5f, 1, 8.5f, -3, // the first row
            0, 0, 10.5f, 3, 4.5f, 1, 0, 0);
    kernels.forward(layer, y, span, span, size(true));
    assertThat(y.array()).containsSequence(20.5f, 1, 8.5f, 0);
  }

  @Test
  void theLargestWindowAndWhereItIs() {
    var y = garbage(4);
    var places = new HeapInts(new int[4]);
    kernels.forwardMax(layer, y, places, span, size(true));
    assertThat(y.array()).containsExactly(20.5f, 4, 10.5f, 3);
    assertThat(places.array()).containsExactly(2, 0, 1, 1);
    var off = new Layer(x, floats(-1, -2, -1, 0), floats(0.5f, 5));
    kernels.forwardMax(off, y, places, span, size(true));
    assertThat(y.array()).containsExactly(0, 4, 0, 3);
    assertThat(places.array()).containsExactly(-1, 0, -1, 1);
    kernels.forwardMax(off, y, places, span, size(false));
    assertThat(y.array()).containsExactly(-4.5f, 4, -3.5f, 3);
  }

  @Test
  void gradientsOfTheLargest() {
    var gradients = new Gradients(floats(0, 0, 0, 0, 0, 0, 0, 0), floats(0, 0, 0, 0), floats(1, 1));
    var places = new HeapInts(new int[] {2, -1, 1, 2});
    kernels.backwardMax(layer, places, floats(1, 10, 100, 1000), gradients, span, size(true));
    assertThat(((HeapFloats) gradients.x()).array())
        .containsExactly(0, 0, 1, 2, 0, 100, 200 - 1000, 0);
    assertThat(((HeapFloats) gradients.weight()).array())
        .containsExactly(4 + 200, 8 + 400, 4000, 0);
    assertThat(((HeapFloats) gradients.bias()).array()).containsExactly(102, 1001);
  }

  @Test
  void gradientsOfAllWindows() {
    var y = garbage(16);
    kernels.forward(layer, y, span, span, size(true));
    var gradients = new Gradients(floats(0, 0, 0, 0, 0, 0, 0, 0), floats(0, 0, 0, 0), floats(0, 0));
    var dy = floats(0, 0, 0, 0, 0, 0, 1, 10, 7, 7, 0, 0, 100, 0, 7, 7); // what is 7 is padding
    kernels.backward(layer, y, dy, gradients, span, span, size(true));
    assertThat(((HeapFloats) gradients.x()).array()).containsExactly(0, 0, 0, 1, 0, 0, 100, 0);
    assertThat(((HeapFloats) gradients.weight()).array()).containsExactly(8 + 400, 0, 0, 0);
    assertThat(((HeapFloats) gradients.bias()).array()).containsExactly(101, 0);
  }
}
