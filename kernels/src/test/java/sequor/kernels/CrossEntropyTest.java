package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sequor.kernels.Buffers.floats;
import static sequor.kernels.Buffers.ints;
import static sequor.kernels.Buffers.none;
import static sequor.kernels.Buffers.zeros;

import org.junit.jupiter.api.Test;

/// With scores (0, ln 3) the probabilities are ¼ and ¾, so −ln p is 2 ln 2 and ln 4/3.
class CrossEntropyTest {
  private static final float LN4 = (float) Math.log(4);
  private static final float LN43 = (float) Math.log(4 / 3.0);
  private static final float LN3 = (float) Math.log(3);

  @Test
  void plain() {
    assertLosses(none(), 0, ints(0, 1), LN4, LN43);
    assertGradients(none(), 0, ints(0, 1), -0.75f, 0.75f, 0.25f, -0.25f);
  }

  @Test
  void ignoredRowsCostNothing() {
    assertLosses(none(), 0, ints(-100, 1), 0, LN43);
    assertGradients(none(), 0, ints(-100, 1), 0, 0, 0.25f, -0.25f);
  }

  @Test
  void classWeights() {
    assertLosses(floats(2, 0.5f), 0, ints(0, 1), 2 * LN4, 0.5f * LN43);
    assertGradients(floats(2, 0.5f), 0, ints(0, 1), -1.5f, 1.5f, 0.125f, -0.125f);
  }

  @Test
  void labelSmoothing() {
    // (1 − 0.2) · −ln p[t] + 0.1 · (LN4 + LN43)
    float spread = 0.1f * (LN4 + LN43);
    assertLosses(none(), 0.2f, ints(0, 1), 0.8f * LN4 + spread, 0.8f * LN43 + spread);
    // p − (0.8·onehot + 0.1)
    assertGradients(none(), 0.2f, ints(0, 1), -0.65f, 0.65f, 0.15f, -0.15f);
  }

  @Test
  void weightsAndSmoothingTogether() {
    float spread = 0.1f * (2 * LN4 + 0.5f * LN43);
    assertLosses(floats(2, 0.5f), 0.2f, ints(0), 1.6f * LN4 + spread);
    // total = 1.6 + 0.1·2.5 = 1.85: p·1.85 − 0.1·w − onehot·1.6
    assertGradients(floats(2, 0.5f), 0.2f, ints(0), 1.85f / 4 - 0.2f - 1.6f, 1.85f * 0.75f - 0.05f);
  }

  @Test
  void impossibleClassesDoNotDisturb() {
    var losses = zeros(1);
    var scores = floats(0, Float.NEGATIVE_INFINITY, LN3);
    var size = new Rows.Classes(1, 3, -1, 0);
    Kernels.scalar().rows().crossEntropy(scores, ints(0), none(), losses, size);
    assertThat(losses.get(0)).isCloseTo(LN4, within(1e-6f));
  }

  private static void assertLosses(
      Floats weights, float smoothing, HeapInts targets, float... expected) {
    int rows = targets.length();
    var losses = zeros(rows);
    var size = new Rows.Classes(rows, 2, -100, smoothing);
    Kernels.scalar()
        .rows()
        .crossEntropy(floats(0, LN3, 5, 5 + LN3), targets, weights, losses, size);
    assertThat(losses.array()).containsExactly(expected, within(2e-6f));
  }

  private static void assertGradients(
      Floats weights, float smoothing, HeapInts targets, float... expected) {
    int rows = targets.length();
    var dLogits = zeros(2 * rows);
    Kernels.scalar().elementwise().fill(dLogits, 1, 2 * rows);
    var size = new Rows.Classes(rows, 2, -100, smoothing);
    Kernels.scalar()
        .rows()
        .crossEntropyBackward(
            floats(0, LN3, 5, 5 + LN3), targets, weights, floats(2, 2), dLogits, size);
    float[] shifted = new float[expected.length];
    for (int i = 0; i < expected.length; i++) {
      shifted[i] = 1 + 2 * expected[i];
    }
    assertThat(dLogits.array()).containsExactly(shifted, within(2e-6f));
  }
}
