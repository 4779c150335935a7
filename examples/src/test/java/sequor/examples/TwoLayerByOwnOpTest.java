package sequor.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.tensor.CustomOp;
import sequor.tensor.GradientCheck;
import sequor.tensor.Op;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;
import sequor.testkit.Generators;
import sequor.testkit.Twins;

class TwoLayerByOwnOpTest {
  private final Tensor x = new Generators(2).tensorAwayFromZero(5, 7);

  @Test
  void myReluIsTheRectifier() {
    Twins.assertSameBits(x.relu(), Op.apply(new TwoLayerByOwnOp.MyRelu(x)));
  }

  /// Forgets that nothing flows back where x is negative.
  private record Careless(Tensor x) implements CustomOp {
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
      y.assign(x.maximum(0));
    }

    @Override
    public void backward(Tensor y) {
      x.addGrad(y.grad());
    }
  }

  @Test
  void theGradientCheckFindsAMistake() {
    var check = GradientCheck.of(() -> Op.apply(new Careless(x))).with("x", x);

    assertThatThrownBy(check::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("look at backward");
  }

  @Test
  void itsClaimsHold() {
    TwoLayerByOwnOp.main();
  }
}
