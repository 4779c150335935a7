package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Rnn;
import sequor.tensor.Tensor;

class ReadingBothWaysTest {
  /// With all weights 0 but W_ih = 1 and W_hh = ½ and all inputs 0 the slope of tanh is 1.
  @Test
  void eachStepOnTheWayIsOneFactor() {
    var rnn = new Rnn(1, 1, new Seed(1).generator());
    rnn.parameters().values().forEach(p -> p.assign(Tensor.zeros(p.shape().dims())));
    rnn.parameter("weight_ih_l0").assign(new float[] {1});
    rnn.parameter("weight_hh_l0").assign(new float[] {0.5f});

    var norms = ReadingBothWays.norms(rnn, Tensor.zeros(1, 4, 1));

    double[] powers = {0.125, 0.25, 0.5, 1};
    for (int t = 0; t < powers.length; t++) {
      assertThat(norms.get(t)).isCloseTo(powers[t], within(1e-7));
    }
  }

  @Test
  void itsClaimsHold() {
    ReadingBothWays.main();
  }
}
