package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// Layers that are linear in their state, against their equations in plain loops and double
/// precision, over rows of several chunks.
class ScanTwinTest {
  private static final int STEPS = 400;
  private static final int INPUT = 3;
  private static final int HIDDEN = 5;

  private final RandomGenerator random = new Seed(13).generator();
  private final Tensor x = Tensor.randn(random, 1, STEPS, INPUT);

  /// One step of one number: what is made of the sums of its gates.
  private interface Step {
    double next(double[] sums, double h, int j);
  }

  @Test
  void minGru() {
    var layer = new MinGru(INPUT, HIDDEN, random);
    check(layer, 2, (s, h, j) -> (1 - sigmoid(s[0])) * h + sigmoid(s[0]) * positive(s[1]));
  }

  @Test
  void minLstm() {
    var layer = new MinLstm(INPUT, HIDDEN, random);
    check(
        layer,
        3,
        (s, h, j) -> {
          double f = sigmoid(s[0]);
          double i = sigmoid(s[1]);
          return (f * h + i * positive(s[2])) / (f + i);
        });
  }

  @Test
  void rgLru() {
    var layer = new RgLru(INPUT, HIDDEN, random);
    float[] lambda = layer.parameter("lambda_l0").toArray();
    check(
        layer,
        3,
        (s, h, j) -> {
          double a = Math.exp(-8 * Math.log1p(Math.exp(lambda[j])) * sigmoid(s[0]));
          return a * h + Math.sqrt(1 - a * a) * sigmoid(s[1]) * s[2];
        });
    for (float number : lambda) {
      assertThat(Math.exp(-8 * Math.log1p(Math.exp(number)))).isBetween(0.9, 0.999);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double positive(double x) {
    return x >= 0 ? x + 0.5 : sigmoid(x);
  }

  private void check(Recurrent<HiddenState> layer, int gates, Step step) {
    var w = layer.parameter("weight_ih_l0");
    var b = layer.parameter("bias_ih_l0");
    var initial = Tensor.randn(random, 1, HIDDEN);
    var hidden = layer.forward(x, new HiddenState(initial)).hidden();
    for (int j = 0; j < HIDDEN; j++) {
      double h = initial.get(0, j);
      for (int t = 0; t < STEPS; t++) {
        double[] sums = new double[gates];
        for (int gate = 0; gate < gates; gate++) {
          sums[gate] = sum(w, b, gate * HIDDEN + j, t);
        }
        h = step.next(sums, h, j);
        assertThat((double) hidden.get(0, t, j))
            .as("h[%d] after step %d", j, t)
            .isCloseTo(h, within(1e-5 * (1 + Math.abs(h))));
      }
    }
  }

  private double sum(Tensor w, Tensor b, int row, int t) {
    double sum = b.get(row);
    for (int d = 0; d < INPUT; d++) {
      sum += (double) w.get(row, d) * x.get(0, t, d);
    }
    return sum;
  }

  @Test
  void s4d() {
    var layer = new S4d(new S4dCell(INPUT, HIDDEN, 6, random));
    double[][] shown = new double[STEPS][HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      double dt = Math.exp(layer.parameter("log_dt_l0").get(j));
      double[] re = new double[3];
      double[] im = new double[3];
      for (int t = 0; t < STEPS; t++) {
        double u = sum(layer.parameter("weight_ih_l0"), layer.parameter("bias_ih_l0"), j, t);
        double y = layer.parameter("d_l0").get(j) * u;
        for (int p = 0; p < 3; p++) {
          double ar = -Math.exp(layer.parameter("log_a_real_l0").get(j, p));
          double ai = layer.parameter("a_imag_l0").get(j, p);
          double lr = Math.exp(dt * ar) * Math.cos(dt * ai);
          double li = Math.exp(dt * ar) * Math.sin(dt * ai);
          double qr = ((lr - 1) * ar + li * ai) / (ar * ar + ai * ai);
          double qi = (li * ar - (lr - 1) * ai) / (ar * ar + ai * ai);
          double cr = 2 * layer.parameter("c_l0").get(j, p, 0);
          double ci = 2 * layer.parameter("c_l0").get(j, p, 1);
          double next = lr * re[p] - li * im[p] + u;
          im[p] = lr * im[p] + li * re[p];
          re[p] = next;
          y += (cr * qr - ci * qi) * re[p] - (cr * qi + ci * qr) * im[p];
        }
        shown[t][j] = y;
      }
    }
    var expected = new float[STEPS * HIDDEN];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) shown[i / HIDDEN][i % HIDDEN];
    }
    var y = Tensor.of(expected, 1, STEPS, HIDDEN).gelu();
    var halves =
        y.linear(layer.parameter("weight_oh_l0"), layer.parameter("bias_oh_l0")).split(2, -1);
    Twins.assertClose(
        halves.get(0).times(halves.get(1).sigmoid()), layer.forward(x).hidden(), STEPS);
  }

  /// Gates that are shut as tightly as float32 can say leave the state, or what comes in, as it is.
  @ParameterizedTest
  @ValueSource(floats = {-1e4f, -200, 200, 1e4f})
  void gatesAtTheirEnds(float sum) {
    for (var layer :
        List.of(new MinGru(1, 2, random), new MinLstm(1, 2, random), new RgLru(1, 2, random))) {
      var weight = layer.parameter("weight_ih_l0");
      weight.assign(Tensor.full(sum, weight.shape().dims()));
      var hidden =
          layer.forward(Tensor.ones(1, 200, 1), new HiddenState(Tensor.full(0.5f, 1, 2))).hidden();
      for (float h : hidden.toArray()) {
        assertThat(h).isBetween(-1e6f, 1e6f);
      }
    }
  }

  /// A row of any length gives the same bits alone and among others, padded on both sides.
  @Test
  void aLongRowAloneAndPadded() {
    for (var layer : List.of(new MinGru(INPUT, 7, random), new RgLru(INPUT, 7, random))) {
      var alone = layer.forward(x).hidden();
      var padded = Tensor.randn(random, 5, STEPS + 40, INPUT);
      var before = padded.slice(0, 3, 4).slice(1, 0, 13);
      var after = padded.slice(0, 3, 4).slice(1, STEPS + 13, STEPS + 40);
      var row = Tensor.concat(1, List.of(before, x, after));
      var batch = Tensor.concat(0, List.of(padded.slice(0, 0, 3), row, padded.slice(0, 4, 5)));
      var spans =
          Spans.of(
              new int[] {0, 5, 100, 13, 440},
              new int[] {440, 100, 300, STEPS + 13, 440},
              STEPS + 40);
      var together = layer.forward(batch, spans).hidden();
      Twins.assertSameBits(alone.select(0, 0), together.select(0, 3).slice(0, 13, STEPS + 13));
    }
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new MinGru(0, 4, random))
        .isInstanceOf(NnException.class)
        .hasMessage("minGRU: sizes must be 1 or more, got input 0 and hidden 4");
    assertThatThrownBy(() -> new S4dCell(2, 4, 5, random))
        .isInstanceOf(NnException.class)
        .hasMessage(
            "S4D: sizes must be 1 or more and that of the state even, got input 2, hidden 4, state"
                + " 5");
    assertThatThrownBy(
            () ->
                new MinGru(2, 4, random)
                    .forward(Tensor.zeros(3, 5, 2), new HiddenState(Tensor.zeros(3, 2))))
        .hasMessage("linear recurrence: h0: must be (3,4), got (3,2)");
    assertThatThrownBy(() -> new S4d(2, 4, random).forward(Tensor.zeros(3, 5, 2), Spans.full(3, 6)))
        .hasMessageContaining("spans of 3 rows and 6 steps for (3,5,4)");
  }
}
