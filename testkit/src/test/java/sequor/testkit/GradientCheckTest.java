package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.tensor.CustomOp;
import sequor.tensor.GradientCheck;
import sequor.tensor.Op;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// The check finds what it is there to find.
class GradientCheckTest {
  private final Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  /// `y = x²` with a derivative that is wrong at one place.
  private record WrongSquare(Tensor x, int wrongPlace, float factor) implements CustomOp {
    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      return x.shape();
    }

    @Override
    public void forward(Tensor y) {
      y.assign(x.square());
    }

    @Override
    public void backward(Tensor y) {
      float[] factors = Tensor.full(2, x.shape().dims()).toArray();
      factors[wrongPlace] = factor;
      x.addGrad(y.grad().times(x).times(Tensor.of(factors, x.shape().dims())));
    }
  }

  @Test
  void aRightDerivativePasses() {
    GradientCheck.of(() -> Op.apply(new WrongSquare(x, 0, 2))).with("x", x).run();
  }

  @Test
  void aWrongDerivativeIsNamedWithItsPlaceAndBothValues() {
    var check = GradientCheck.of(() -> Op.apply(new WrongSquare(x, 4, 1))).with("x", x);

    assertThatThrownBy(check::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "gradient check: x\\[1,1] — small steps say (-?[0-9.]+), the tape says (-?[0-9.]+);"
                + " look at backward \\(.* apart, .* allowed; 1 of 6 places are off\\)");
  }

  @Test
  void anErrorOfOneInAHundredIsFound() {
    var check = GradientCheck.of(() -> Op.apply(new WrongSquare(x, 5, 2.02f))).with("x", x);

    assertThatThrownBy(check::run).hasMessageContaining("x[1,2]");
  }

  @Test
  void aGradientThatNeverArrivesIsFound() {
    var y = Tensor.ones(2, 3);
    var check = GradientCheck.of(() -> x.plus(y.detach())).with("x", x).with("y", y);

    assertThatThrownBy(check::run).hasMessageContaining("gradient check: y[");
  }

  @Test
  void inputsAreLeftAsTheyWere() {
    float[] before = x.toArray();

    GradientCheck.of(() -> x.tanh()).with("x", x).run();

    assertThat(x.toArray()).containsExactly(before);
    assertThat(x.hasGrad()).isFalse();
  }

  @Test
  void aCheckOfNothingIsRefused() {
    assertThatThrownBy(() -> GradientCheck.of(() -> x).run())
        .hasMessage("gradient check: no input — name those to check by with(name, tensor)");
  }
}
