package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.Seed;

class CustomModuleTest {
  @Test
  void itLearnsAsTheSequentialNetDoes() {
    float[] sequential = TwoLayerBySequential.train();
    float[] custom = CustomModule.train();

    for (int step = 0; step < 100; step++) {
      assertThat(custom[step])
          .as("step %d", step)
          .isCloseTo(sequential[step], within(sequential[step] / 1000));
    }
  }

  @Test
  void itsParametersAreThoseOfItsParts() {
    var net = new CustomModule.TwoLayerNet(7, 5, 3, new Seed(1).generator());

    assertThat(net.parameters().keySet())
        .containsExactly("first.weight", "first.bias", "second.weight", "second.bias");
    assertThat(net.parameterCount()).isEqualTo(7 * 5 + 5 + 5 * 3 + 3);
  }

  @Test
  void itsClaimsHold() {
    CustomModule.main();
  }
}
