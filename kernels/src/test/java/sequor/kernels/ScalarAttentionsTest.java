package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.kernels.Attentions.Gradients;
import sequor.kernels.Attentions.Reading;
import sequor.kernels.Attentions.Size;
import sequor.kernels.Attentions.Steps;
import sequor.kernels.Elementwise.Dropout;
import sequor.kernels.Recurrences.Span;

/// Attention small enough to be followed by hand: one head of one number, and keys whose products
/// with a query of 1 are the logarithms of 1, 3 and 4.
class ScalarAttentionsTest {
  private static final float LOG3 = (float) Math.log(3);
  private static final float LOG4 = (float) Math.log(4);

  private final Attentions kernels = Kernels.scalar().attentions();
  private final HeapFloats queries = floats(1, 1, 1);
  private final HeapFloats keys = floats(0, LOG3, LOG4);
  private final HeapFloats values = floats(8, 16, 24);
  private final HeapFloats y = floats(99, 99, 99);
  private final HeapFloats logSums = floats(0, 0, 0);

  private static HeapFloats floats(float... values) {
    return new HeapFloats(values);
  }

  private static Span span(int start, int end) {
    return new Span(new HeapInts(new int[] {start}), new HeapInts(new int[] {end}));
  }

  private Reading reading(Span span, float p) {
    return new Reading(
        new Steps(queries, 0, 1),
        new Steps(keys, 0, 1),
        new Steps(values, 0, 1),
        span,
        span,
        new Dropout(0, p, 5));
  }

  private static Size size(boolean causal) {
    return new Size(1, 1, 1, 3, 3, causal, 1);
  }

  @Test
  void eachTakesFromAll() {
    kernels.forward(reading(span(0, 3), 0), y, logSums, size(false));
    float expected = (8 + 3 * 16 + 4 * 24) / 8f;
    assertThat(y.array())
        .containsExactly(new float[] {expected, expected, expected}, within(1e-5f));
    assertThat(logSums.get(1)).isCloseTo((float) Math.log(8), within(1e-6f));
  }

  @Test
  void noneSeesWhatFollowsOrIsPadding() {
    kernels.forward(reading(span(0, 3), 0), y, logSums, size(true));
    assertThat(y.array()).containsExactly(new float[] {8, 14, 19}, within(1e-5f));
    kernels.forward(reading(span(1, 3), 0), y, logSums, size(true));
    assertThat(y.array()).containsExactly(new float[] {0, 16, (48 + 96) / 7f}, within(1e-5f));
  }

  /// With p = (1, 3, 4)/8: dv = p, and dk[s] = q·p[s]·(v[s] − y), of the last query alone.
  @Test
  void gradients() {
    kernels.forward(reading(span(0, 3), 0), y, logSums, size(true));
    var dq = floats(0, 0, 0);
    var dk = floats(0, 0, 0);
    var dv = floats(0, 0, 0);
    kernels.backward(
        reading(span(0, 3), 0), y, logSums, floats(0, 0, 1), new Gradients(dq, dk, dv), size(true));
    assertThat(dv.array()).containsExactly(new float[] {0.125f, 0.375f, 0.5f}, within(1e-6f));
    assertThat(dk.array()).containsExactly(new float[] {-11 / 8f, -9 / 8f, 20 / 8f}, within(1e-5f));
    float expected = -9 / 8f * LOG3 + 20 / 8f * LOG4;
    assertThat(dq.array()).containsExactly(new float[] {0, 0, expected}, within(1e-5f));
  }

  @Test
  void whatIsDroppedIsTakenFromNone() {
    var reading = reading(span(0, 3), 0.5f);
    kernels.forward(reading, y, logSums, size(false));
    for (int t = 0; t < 3; t++) {
      float expected = 0;
      for (int s = 0; s < 3; s++) {
        float part = new float[] {1, 3, 4}[s] / 8;
        expected += reading.dropout().keeps(3 * t + s) ? 2 * part * values.get(s) : 0;
      }
      assertThat(y.get(t)).isCloseTo(expected, within(1e-5f));
    }
  }
}
