package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

class ControlFlowTest {
  @Test
  void onlyWeightsThatWereUsedGetAGradient() {
    var random = new Seed(3).generator();
    var net = new ControlFlow.DynamicNet(4, 5, 2, random);
    var x = Tensor.randn(random, 3, 4);
    for (int times = 0; times <= 3; times++) {
      try (var tape = Tape.open()) {
        tape.backward(net.forward(x, times).square().sum());
      }
      assertThat(net.parameter("middle.weight").hasGrad())
          .as("%d times", times)
          .isEqualTo(times > 0);
      assertThat(net.parameter("input.weight").hasGrad()).isTrue();
      net.parameters().values().forEach(Tensor::clearGrad);
    }
  }

  @Test
  void itsClaimsHold() {
    ControlFlow.main();
  }
}
