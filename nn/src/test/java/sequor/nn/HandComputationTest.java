package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Tensor;

/// A forward pass written out in loops over plain arrays equals the layer's.
class HandComputationTest {
  private static final int INPUT = 5;
  private static final int HIDDEN = 2;
  private static final int STEPS = 3;

  @Test
  void rnn() {
    var rnn = new Rnn(INPUT, HIDDEN, new Seed(1).generator());
    var weights = rnn.parts().parameters();
    float[] wx = numbers(weights.get("weight_ih_l0"));
    float[] wh = numbers(weights.get("weight_hh_l0"));
    float[] bx = numbers(weights.get("bias_ih_l0"));
    float[] bh = numbers(weights.get("bias_hh_l0"));

    var x = new float[STEPS * INPUT]; // 1 1 1 1 1, 2 2 2 2 2, 3 3 3 3 3
    for (int i = 0; i < x.length; i++) {
      x[i] = 1 + i / INPUT;
    }
    float[] hidden = numbers(rnn.forward(Tensor.of(x, 1, STEPS, INPUT)).hidden());

    double[] h = new double[HIDDEN];
    for (int t = 0; t < STEPS; t++) {
      double[] next = new double[HIDDEN];
      for (int i = 0; i < HIDDEN; i++) {
        double sum = bx[i] + bh[i];
        for (int j = 0; j < INPUT; j++) {
          sum += wx[i * INPUT + j] * x[t * INPUT + j];
        }
        for (int j = 0; j < HIDDEN; j++) {
          sum += wh[i * HIDDEN + j] * h[j];
        }
        next[i] = Math.tanh(sum);
        assertThat((double) hidden[t * HIDDEN + i]).isCloseTo(next[i], within(1e-6));
      }
      h = next;
    }
  }

  private static float[] numbers(@org.jspecify.annotations.Nullable Tensor tensor) {
    assertThat(tensor).isNotNull();
    return tensor.toArray();
  }
}
