package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sequor.tensor.Tensor;

class TwinsTest {
  private final Tensor expected = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);

  @Test
  void theWorstPlaceIsNamed() {
    var actual = Tensor.of(new float[] {1, 2.5f, 3, 4.25f}, 2, 2);

    assertThatThrownBy(() -> Twins.assertClose(expected, actual))
        .hasMessage(
            "twins: (2,2) at [0,1] — expected 2.0, got 2.5"
                + " (5.0e-01 apart, 4.0e-06 allowed; 2 of 4 places are off)");
  }

  @Test
  void longSumsMayDifferMoreThanShortOnes() {
    var actual = expected.times(1.00001f);

    Twins.assertClose(expected, actual, 1000);
    assertThatThrownBy(() -> Twins.assertClose(expected, actual, 10))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void sameBitsMeansSameBits() {
    var nearly = Tensor.of(new float[] {1, 2, 3, Math.nextUp(4f)}, 2, 2);

    Twins.assertSameBits(expected, expected.copy());
    Twins.assertClose(expected, nearly);
    assertThatThrownBy(() -> Twins.assertSameBits(expected, nearly)).hasMessageContaining("[1,1]");
    assertThatThrownBy(() -> Twins.assertSameBits(new float[] {0f}, new float[] {-0f}))
        .hasMessageContaining("expected 0.0, got -0.0");
  }

  @Test
  void nanIsOnlyNan() {
    Twins.assertSameBits(new float[] {Float.NaN}, new float[] {Float.NaN});
    assertThatThrownBy(() -> Twins.assertClose(new float[] {1}, new float[] {Float.NaN}, 1))
        .hasMessageContaining("got NaN");
  }

  @Test
  void shapesMustAgree() {
    assertThatThrownBy(() -> Twins.assertClose(expected, expected.reshape(4)))
        .hasMessage("twins: expected the shape (2,2), got (4)");
  }
}
