package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Rnn;

class RnnByHandTest {
  @Test
  void theLoopAgreesWithTheLayerOnOtherSizes() {
    var random = new Seed(4).generator();
    var rnn = new Rnn(3, 7, random);
    float[][] x = new float[9][3];
    for (float[] step : x) {
      for (int i = 0; i < step.length; i++) {
        step[i] = random.nextFloat(-1, 1);
      }
    }

    float[][] byHand = RnnByHand.byHand(rnn, x);
    var byLayer = rnn.forward(RnnByHand.batchOfOne(x)).hidden(); // (1,T,H)

    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < 7; i++) {
        assertThat(byLayer.get(0, t, i)).isCloseTo(byHand[t][i], within(1e-6f));
      }
    }
  }

  @Test
  void theWeightsAreThoseOfTheFile() throws IOException {
    var rnn = new Rnn(5, 2, new Seed(1).generator());
    RnnByHand.load(rnn);

    float[] hidden = rnn.parameter("weight_hh_l0").toArray();
    assertThat(hidden)
        .containsExactly(new float[] {0.1961f, 0.0349f, 0.2583f, -0.2756f}, within(1e-4f));
  }

  @Test
  void itsClaimsHold() throws IOException {
    RnnByHand.main();
  }
}
