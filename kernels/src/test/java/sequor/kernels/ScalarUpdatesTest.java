package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sequor.kernels.Buffers.floats;
import static sequor.kernels.Buffers.none;
import static sequor.kernels.Buffers.zeros;

import org.junit.jupiter.api.Test;

/// Two steps of each optimizer from p = 1 with gradients 0.5 and 0.25, worked out by hand.
class ScalarUpdatesTest {
  private final Updates updates = Kernels.scalar().updates();
  private final HeapFloats p = floats(1);

  @Test
  void plainSgd() {
    updates.sgd(p, floats(0.5f), none(), new Updates.Sgd(1, 0.1f, 0, 0, 0, false, true));
    assertP(0.95);
  }

  @Test
  void sgdWithWeightDecay() {
    updates.sgd(p, floats(0.5f), none(), new Updates.Sgd(1, 0.1f, 0, 0, 0.1f, false, true));
    assertP(0.94); // 1 − 0.1·(0.5 + 0.1)
  }

  @Test
  void sgdWithMomentum() {
    var v = floats(99); // what the first step finds there does not matter
    updates.sgd(p, floats(0.5f), v, new Updates.Sgd(1, 0.1f, 0.9f, 0.5f, 0, false, true));
    assertP(0.95); // v = 0.5, undamped
    updates.sgd(p, floats(0.25f), v, new Updates.Sgd(1, 0.1f, 0.9f, 0.5f, 0, false, false));
    assertP(0.95 - 0.1 * (0.45 + 0.125));
  }

  @Test
  void sgdWithNesterovMomentum() {
    var v = zeros(1);
    updates.sgd(p, floats(0.5f), v, new Updates.Sgd(1, 0.1f, 0.9f, 0, 0, true, true));
    assertP(1 - 0.1 * (0.5 + 0.45));
    updates.sgd(p, floats(0.25f), v, new Updates.Sgd(1, 0.1f, 0.9f, 0, 0, true, false));
    assertP(0.905 - 0.1 * (0.25 + 0.9 * 0.7)); // v = 0.45 + 0.25
  }

  @Test
  void adam() {
    var m = zeros(1);
    var v = zeros(1);
    updates.adam(
        p, floats(0.5f), m, v, new Updates.Adam(1, 0.1f, 0.9f, 0.999f, 1e-8f, 0, false, 1));
    assertP(0.9); // the first step is lr whatever the gradient
    updates.adam(
        p, floats(0.25f), m, v, new Updates.Adam(1, 0.1f, 0.9f, 0.999f, 1e-8f, 0, false, 2));
    double mHat = (0.9 * 0.05 + 0.025) / (1 - 0.81);
    double vHat = (0.999 * 0.00025 + 0.001 * 0.0625) / (1 - 0.999 * 0.999);
    assertP(0.9 - 0.1 * mHat / Math.sqrt(vHat));
  }

  @Test
  void adamDecayIsPartOfTheGradient() {
    var m = zeros(1);
    var v = zeros(1);
    updates.adam(
        p, floats(0.5f), m, v, new Updates.Adam(1, 0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, false, 1));
    assertP(0.9);
    assertThat(m.get(0)).isCloseTo(0.06f, within(1e-7f));
  }

  @Test
  void adamWDecayIsDecoupled() {
    var m = zeros(1);
    var v = zeros(1);
    updates.adam(
        p, floats(0.5f), m, v, new Updates.Adam(1, 0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, true, 1));
    assertP(0.99 - 0.1);
    assertThat(m.get(0)).isCloseTo(0.05f, within(1e-7f));
  }

  @Test
  void adagrad() {
    var sum = zeros(1);
    updates.adagrad(p, floats(0.5f), sum, new Updates.Adagrad(1, 0.1f, 1e-10f, 0));
    assertP(0.9);
    updates.adagrad(p, floats(0.25f), sum, new Updates.Adagrad(1, 0.1f, 1e-10f, 0));
    assertP(0.9 - 0.1 * 0.25 / Math.sqrt(0.3125));
  }

  @Test
  void adadelta() {
    var square = zeros(1);
    var accumulated = zeros(1);
    updates.adadelta(
        p, floats(0.5f), square, accumulated, new Updates.Adadelta(1, 1, 0.9f, 1e-6f, 0));
    double delta = Math.sqrt(1e-6) / Math.sqrt(0.025 + 1e-6) * 0.5;
    assertP(1 - delta);
    assertThat((double) accumulated.get(0)).isCloseTo(0.1 * delta * delta, within(1e-10));
  }

  @Test
  void rmsProp() {
    var square = zeros(1);
    updates.rmsProp(
        p, floats(0.5f), square, none(), new Updates.RmsProp(1, 0.1f, 0.99f, 1e-8f, 0, 0));
    assertP(1 - 0.1 * 0.5 / Math.sqrt(0.0025));
  }

  @Test
  void rmsPropWithMomentum() {
    var square = zeros(1);
    var buffer = zeros(1);
    var step = new Updates.RmsProp(1, 0.01f, 0.99f, 1e-8f, 0.9f, 0);
    updates.rmsProp(p, floats(0.5f), square, buffer, step);
    assertP(0.9);
    updates.rmsProp(p, floats(0.25f), square, buffer, step);
    assertP(0.9 - 0.01 * (0.9 * 10 + 0.25 / Math.sqrt(0.99 * 0.0025 + 0.01 * 0.0625)));
  }

  private void assertP(double expected) {
    assertThat((double) p.get(0)).isCloseTo(expected, within(2e-6));
  }
}
