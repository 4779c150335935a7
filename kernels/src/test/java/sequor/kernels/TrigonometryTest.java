package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.kernels.UnitsInTheLastPlace.assertClose;

import org.junit.jupiter.api.Test;

class TrigonometryTest {
  @Test
  void sineAndCosineAreGoodToTwoUnitsAtAnySize() {
    for (float reach : new float[] {1e-3f, 1, 7, 300, 32768, 40000, 1e6f, 1e30f}) {
      assertClose(Trigonometry::sin, StrictMath::sin, -reach, reach, 2);
      assertClose(Trigonometry::cos, StrictMath::cos, -reach, reach, 2);
    }
  }

  @Test
  void goodBesideTheirZerosToo() {
    for (int n = 1; n < 20_000; n++) {
      float x = (float) (n * Math.PI / 2);
      for (float at : new float[] {Math.nextDown(x), x, Math.nextUp(x)}) {
        assertNear(Trigonometry.sin(at), StrictMath.sin(at), at);
        assertNear(Trigonometry.cos(at), StrictMath.cos(at), at);
      }
    }
  }

  private static void assertNear(float actual, double expected, float at) {
    double off = Math.abs(actual - expected) / Math.ulp((float) expected);
    if (!(off <= 2)) {
      assertThat((double) actual).as("at %s, %s units off", at, off).isEqualTo(expected);
    }
  }

  @Test
  void theEndsOfTheLineAreRight() {
    assertThat(Trigonometry.sin(0)).isEqualTo(0);
    assertThat(Trigonometry.cos(0)).isEqualTo(1);
    assertThat(Trigonometry.sin(1e-40f)).isEqualTo(1e-40f);
    assertThat(Trigonometry.sin(Float.POSITIVE_INFINITY)).isNaN();
    assertThat(Trigonometry.cos(Float.NaN)).isNaN();
    assertThat(Trigonometry.sin(Float.NaN)).isNaN();
  }
}
