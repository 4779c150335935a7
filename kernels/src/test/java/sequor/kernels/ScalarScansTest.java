package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Scans.DiagonalGradients;
import sequor.kernels.Scans.FromAbove;
import sequor.kernels.Scans.LinearGradients;
import sequor.kernels.Scans.Modes;
import sequor.kernels.Scans.Size;

class ScalarScansTest {
  private static final Scans SCANS = Kernels.scalar().scans();
  private static final Span SPAN =
      new Span(new HeapInts(new int[] {0, 1, 2}), new HeapInts(new int[] {4, 3, 2}));
  private static final int PLACES = 3 * 4;

  private final Random random = new Random(3);

  @Test
  void linearByHand() {
    var hidden = floats(9, 9, 9, 9);
    var span = new Span(new HeapInts(new int[] {0}), new HeapInts(new int[] {3}));
    SCANS.linear(
        floats(0.5f, 2, -1, 7), floats(1, 0, 3, 7), floats(4), hidden, span, size(1, 4, 1, false));
    assertThat(hidden.array()).containsExactly(3, 6, -3, 0); // 0.5·4+1, 2·3, −6+3

    SCANS.linear(
        floats(0.5f, 2, -1, 7), floats(1, 0, 3, 7), floats(4), hidden, span, size(1, 4, 1, true));
    assertThat(hidden.array()).containsExactly(0, -2, -1, 0); // −4+3, 2·−1, 0.5·−2+1
  }

  /// A state that is turned by 90 degrees at each step, and read by its real part.
  @Test
  void diagonalByHand() {
    var span = new Span(new HeapInts(new int[] {0}), new HeapInts(new int[] {4}));
    var y = floats(9, 9, 9, 9);
    var last = floats(9, 9);
    var modes = new Modes(floats(0, 1), floats(2, 0), 1);
    SCANS.diagonal(floats(1, 0, 0, 5), modes, floats(0, 0), y, last, span, size(1, 4, 1, false));
    assertThat(y.array()).containsExactly(2, 0, -2, 10); // 1, i, −1, −i + 5
    assertThat(last.array()).containsExactly(5, -1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void slopesOfLinear(boolean reverse) {
    var size = size(3, 4, 2, reverse);
    var a = uniform(PLACES * 2);
    var b = uniform(PLACES * 2);
    var initial = uniform(6);
    var dHidden = uniform(PLACES * 2);
    var hidden = zeros(PLACES * 2);
    Slopes.Loss loss =
        () -> {
          SCANS.linear(a, b, initial, hidden, SPAN, size);
          return dot(hidden, dHidden);
        };
    loss.value();
    var gradients = new LinearGradients(zeros(PLACES * 2), zeros(PLACES * 2), zeros(6));
    SCANS.linearBackward(a, initial, hidden, dHidden, gradients, SPAN, size);

    Slopes.assertSlopes("b", b, gradients.b(), loss);
    Slopes.assertSlopes("a", a, gradients.a(), loss);
    Slopes.assertSlopes("h0", initial, gradients.initial(), loss);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void slopesOfDiagonal(boolean reverse) {
    var size = size(3, 4, 2, reverse);
    var u = uniform(PLACES * 2);
    var modes = new Modes(uniform(12), uniform(12), 3);
    var initial = uniform(36);
    var dy = uniform(PLACES * 2);
    var dLast = uniform(36);
    var y = zeros(PLACES * 2);
    var last = zeros(36);
    Slopes.Loss loss =
        () -> {
          SCANS.diagonal(u, modes, initial, y, last, SPAN, size);
          return dot(y, dy) + dot(last, dLast);
        };
    var gradients = new DiagonalGradients(zeros(PLACES * 2), zeros(12), zeros(12), zeros(36));
    SCANS.diagonalBackward(u, modes, initial, new FromAbove(dy, dLast), gradients, SPAN, size);

    Slopes.assertSlopes("u", u, gradients.u(), loss);
    Slopes.assertSlopes("poles", (HeapFloats) modes.poles(), gradients.poles(), loss);
    Slopes.assertSlopes("weights", (HeapFloats) modes.weights(), gradients.weights(), loss);
    Slopes.assertSlopes("s0", initial, gradients.initial(), loss);
  }

  private static double dot(Floats a, Floats b) {
    double sum = 0;
    for (int i = 0; i < a.length(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }

  private static Size size(int batch, int steps, int hidden, boolean reverse) {
    return new Size(batch, steps, hidden, reverse);
  }

  private HeapFloats uniform(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return new HeapFloats(values);
  }

  private static HeapFloats zeros(int n) {
    return new HeapFloats(new float[n]);
  }

  private static HeapFloats floats(float... values) {
    return new HeapFloats(values);
  }
}
