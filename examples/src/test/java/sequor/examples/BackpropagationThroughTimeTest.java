package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Rnn;
import sequor.tensor.Tensor;

class BackpropagationThroughTimeTest {
  @Test
  void theContributionsOfEveryWeightAddUpToItsGradient() {
    for (int seed = 1; seed < 5; seed++) {
      var rnn = new Rnn(2, 2, new Seed(seed).generator());
      var byTape = BackpropagationThroughTime.byTape(rnn);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          double[] contributions = BackpropagationThroughTime.contributions(rnn, i, j);

          assertThat(contributions).hasSize(3);
          assertThat(Arrays.stream(contributions).sum()).isCloseTo(byTape.get(i, j), within(1e-6));
        }
      }
    }
  }

  /// Where W_hh is 0 nothing flows back, and each state is the tanh of the biases.
  @Test
  void withoutRecurrentWeightsOnlyTheLastStepContributes() {
    var rnn = new Rnn(2, 2, new Seed(1).generator());
    rnn.parameters().values().forEach(p -> p.assign(Tensor.zeros(p.shape().dims())));
    rnn.parameter("bias_ih_l0").assign(new float[] {1, -1});

    double h = Math.tanh(1);
    double last = (h - 0.5) * (1 - h * h) * -h;
    assertThat(BackpropagationThroughTime.contributions(rnn, 0, 1))
        .containsExactly(new double[] {0, 0, last}, within(1e-6));
  }

  @Test
  void itsClaimsHold() {
    BackpropagationThroughTime.main();
  }
}
