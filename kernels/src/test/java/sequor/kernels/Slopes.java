package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// Gradients against small steps.
final class Slopes {
  private static final float STEP = 1e-2f;

  private Slopes() {}

  interface Loss {
    double value();
  }

  static void assertSlopes(String what, HeapFloats values, Floats gradient, Loss loss) {
    for (int i = 0; i < values.length(); i++) {
      float value = values.get(i);
      values.set(i, value + STEP);
      double above = loss.value();
      values.set(i, value - STEP);
      double below = loss.value();
      values.set(i, value);
      assertThat((double) gradient.get(i))
          .as("%s[%d]", what, i)
          .isCloseTo((above - below) / (2 * STEP), within(2e-3));
    }
  }
}
