package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.kernels.UnitsInTheLastPlace.assertClose;

import org.junit.jupiter.api.Test;

class PowerTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float[] SPECIAL = {
    0, -0f, 1, -1, 2, -2, 3, -3, 0.5f, -0.5f, 2.5f, 1e30f, -1e30f, 1e-40f, INF, -INF, Float.NaN
  };

  @Test
  void powersAreGoodToOneUnit() {
    for (float b : new float[] {-7.5f, -1, -0.1f, 0.3f, 0.5f, 1, 2, 3, 7, 11.25f}) {
      assertClose(x -> Power.pow(x, b), x -> Math.pow(x, b), 0.01f, 900, 1);
    }
    for (float a : new float[] {0.01f, 0.9f, 1.1f, 2, 10, 1e20f}) {
      assertClose(b -> Power.pow(a, b), b -> Math.pow(a, b), -30, 30, 1);
    }
    assertClose(x -> Power.pow(x, 3), x -> x * x * x, -5, 5, 1);
    assertClose(x -> Power.pow(x, -2), x -> 1 / (x * x), -5, -1, 1);
  }

  /// As the JDK does it, but that 1 to any power and anything to the power 0 is 1, as in C.
  @Test
  void theEndsOfTheLineAreThoseOfC() {
    for (float a : SPECIAL) {
      for (float b : SPECIAL) {
        boolean one = a == 1 || b == 0 || (a == -1 && Float.isInfinite(b));
        float expected = one ? 1 : (float) Math.pow(a, b);
        assertThat(Float.compare(Power.pow(a, b), expected))
            .as("%s to the power %s: %s, expected %s", a, b, Power.pow(a, b), expected)
            .isZero();
      }
    }
  }

  @Test
  void slopes() {
    assertThat(Power.slopeByBase(3, 2)).isEqualTo(6);
    assertThat(Power.slopeByBase(0, 1)).isEqualTo(1);
    assertThat(Power.slopeByBase(0, 0)).isEqualTo(0);
    assertThat(Power.slopeByExponent(1, 5)).isEqualTo(0);
    assertThat(Power.slopeByExponent(0, 0)).isEqualTo(0);
    assertThat(Power.slopeByExponent(0, 2)).isEqualTo(0);
    assertThat(Power.slopeByExponent(-2, 2)).isNaN();
  }
}
