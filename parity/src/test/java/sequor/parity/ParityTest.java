package sequor.parity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sequor.tensor.Tensor;

/// That the comparison notices what it is for.
@Tag("libtorch")
class ParityTest {
  private final Tensor x = Tensor.of(new float[] {-1, 0.5f, 2});

  @Test
  void noticesOtherNumbers() {
    assertThatThrownBy(
            () ->
                Parity.of("x", x).check(() -> x.times(2.0001f), t -> t.get("x").mul(new Scalar(2))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("result 0 (3): number 0");
  }

  @Test
  void noticesAnotherShape() {
    assertThatThrownBy(
            () -> Parity.of("x", x).check(() -> x.reshape(1, 3), t -> t.get("x").clone()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("result 0");
  }

  @Test
  void noticesNotANumber() {
    assertThatThrownBy(() -> Parity.of("x", x).check(x::log, t -> torch.relu(t.get("x"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void noticesAnotherGradient() {
    assertThatThrownBy(
            () ->
                Parity.of("x", x)
                    .check(
                        () -> x.times(x.detach()), // the same numbers, half the gradient
                        t -> t.get("x").mul(t.get("x"))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("gradient of x");
  }
}
