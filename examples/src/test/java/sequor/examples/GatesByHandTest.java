package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Gru;
import sequor.nn.Lstm;
import sequor.nn.NnModule;

class GatesByHandTest {
  private static final float[][] X = {{1, -2, 3}, {0, 1, 0}, {-1, -1, 2}, {4, 0, -3}}; // (T,D)

  @Test
  void theLoopsAgreeWithTheLayersOnOtherSizes() {
    var random = new Seed(4).generator();

    assertThat(GatesByHand.difference(new Lstm(3, 7, random), X)).isLessThan(1e-6);
    assertThat(GatesByHand.difference(new Gru(3, 7, random), X)).isLessThan(1e-6);
  }

  /// Without weights a gate is σ of its bias: σ(0) = ½, σ(ln 3) = ¾.
  @Test
  void gatesFollowFromTheirBiases() {
    var random = new Seed(4).generator();
    float ln3 = (float) Math.log(3);

    var lstm = new Lstm(3, 1, random);
    onlyBias(lstm, 0, ln3, 0.5f, 0); // i f g o
    double[][] step = GatesByHand.byHand(lstm, X)[1];
    double g = Math.tanh(0.5);
    double c = 0.75 * (0.5 * g) + 0.5 * g;
    assertRow(step, 0.5, 0.75, g, 0.5, c, 0.5 * Math.tanh(c));

    var gru = new Gru(3, 1, random);
    onlyBias(gru, 0, ln3, 0.5f); // r z n
    step = GatesByHand.byHand(gru, X)[1];
    assertRow(step, 0.5, 0.75, g, 0.25 * g + 0.75 * (0.25 * g));
  }

  private static void onlyBias(NnModule layer, float... bias) {
    layer.parameters().values().forEach(p -> p.assign(new float[p.shape().size()]));
    layer.parameter("bias_ih_l0").assign(bias);
  }

  private static void assertRow(double[][] step, double... expected) {
    for (int row = 0; row < expected.length; row++) {
      assertThat(step[row][0]).as("row %d", row).isCloseTo(expected[row], within(1e-6));
    }
  }

  @Test
  void itsClaimsHold() {
    GatesByHand.main();
  }
}
