package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.kernels.UnitsInTheLastPlace.assertClose;

import org.junit.jupiter.api.Test;

class FloatMathTest {
  @Test
  void curvesAreWithinThreeUnitsInTheLastPlace() {
    assertClose(FloatMath::exp, Math::exp, -87, 88.7f, 2);
    assertClose(FloatMath::tanh, Math::tanh, -20, 20, 3);
    assertClose(FloatMath::tanh, Math::tanh, -1e-3f, 1e-3f, 3);
    assertClose(FloatMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), -80, 80, 3);
    assertClose(FloatMath::expm1, Math::expm1, -100, 80, 3);
    assertClose(FloatMath::expm1, Math::expm1, -1e-3f, 1e-3f, 3);
    assertClose(FloatMath::log, Math::log, 1e-3f, 1e4f, 2);
    assertClose(FloatMath::log, Math::log, 0.9f, 1.1f, 2);
    assertClose(FloatMath::softplus, x -> Math.log1p(Math.exp(x)), -80, 80, 3);
    assertClose(FloatMath::log, Math::log, 0, 1e-37f, 2);
    assertClose(FloatMath::softplus, x -> Math.log1p(Math.exp(x)), -1, 1, 3);
    assertClose(FloatMath::logSigmoid, x -> -Math.log1p(Math.exp(-x)), -80, 80, 3);
    assertClose(FloatMath::expm1, Math::expm1, 80, 88.7f, 3);
    assertClose(FloatMath::log1p, Math::log1p, -0.99999f, 3, 2);
    assertClose(FloatMath::log1p, Math::log1p, -1e-3f, 1e-3f, 2);
    assertClose(FloatMath::log1p, Math::log1p, 1, 3e38f, 2);
    assertClose(FloatMath::log1p, Math::log1p, 1, 3e9f, 2);
  }

  @Test
  void wholeNumbersAreThoseOfTheJdk() {
    for (int i = -40; i <= 40; i++) {
      for (float x : new float[] {i / 8f, i * 1e6f, i * 1e9f, i * 0.49999997f, i * 5e-44f}) {
        assertThat(FloatMath.round(x)).isEqualTo((float) Math.rint(x));
        assertThat((double) FloatMath.floor(x)).as("floor %s", x).isEqualTo(Math.floor(x));
        assertThat((double) FloatMath.ceil(x) + 0.0).as("ceil %s", x).isEqualTo(Math.ceil(x) + 0.0);
      }
    }
    assertThat(FloatMath.round(0x1.fffffep22f)).isEqualTo(0x1p23f);
    assertThat(FloatMath.floor(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(FloatMath.ceil(Float.NaN)).isNaN();
  }

  @Test
  void theEndsOfTheLineAreRight() {
    float inf = Float.POSITIVE_INFINITY;
    assertThat(FloatMath.exp(inf)).isEqualTo(inf);
    assertThat(FloatMath.exp(-inf)).isEqualTo(0);
    assertThat(FloatMath.exp(88.8f)).isEqualTo(inf);
    assertThat(FloatMath.exp(-103)).isEqualTo((float) Math.exp(-103));
    assertThat(FloatMath.exp(-105)).isEqualTo(0);
    assertThat(FloatMath.exp(0)).isEqualTo(1);
    assertThat(FloatMath.exp(Float.NaN)).isNaN();
    assertThat(FloatMath.tanh(inf)).isEqualTo(1);
    assertThat(FloatMath.tanh(-inf)).isEqualTo(-1);
    assertThat(FloatMath.tanh(-0f)).isEqualTo(-0f);
    assertThat(FloatMath.tanh(1e-30f)).isEqualTo(1e-30f);
    assertThat(FloatMath.tanh(Float.NaN)).isNaN();
    assertThat(FloatMath.sigmoid(inf)).isEqualTo(1);
    assertThat(FloatMath.sigmoid(-inf)).isEqualTo(0);
    assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
    assertThat(FloatMath.expm1(-inf)).isEqualTo(-1);
    assertThat(FloatMath.log(0)).isEqualTo(-inf);
    assertThat(FloatMath.log(inf)).isEqualTo(inf);
    assertThat(FloatMath.log(-1)).isNaN();
    assertThat(FloatMath.log(Float.NaN)).isNaN();
    assertThat(FloatMath.log(Float.MIN_VALUE)).isEqualTo((float) Math.log(Float.MIN_VALUE));
    assertThat(FloatMath.softplus(inf)).isEqualTo(inf);
    assertThat(FloatMath.softplus(-inf)).isEqualTo(0);
    assertThat(FloatMath.softplus(Float.NaN)).isNaN();
    assertThat(FloatMath.logSigmoid(inf)).isEqualTo(0);
    assertThat(FloatMath.logSigmoid(-inf)).isEqualTo(-inf);
    assertThat(FloatMath.logSigmoid(Float.NaN)).isNaN();
    assertThat(FloatMath.expm1(inf)).isEqualTo(inf);
    assertThat(FloatMath.expm1(88.8f)).isEqualTo(inf);
    assertThat(FloatMath.expm1(Float.NaN)).isNaN();
    assertThat(FloatMath.log1p(-1)).isEqualTo(-inf);
    assertThat(FloatMath.log1p(-1.5f)).isNaN();
    assertThat(FloatMath.log1p(-inf)).isNaN();
    assertThat(FloatMath.log1p(inf)).isEqualTo(inf);
    assertThat(FloatMath.log1p(Float.NaN)).isNaN();
    assertThat(FloatMath.log1p(1e-40f)).isEqualTo(1e-40f);
  }
}
