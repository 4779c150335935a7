package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FloatMathTest {
  private interface Curve {
    float at(float x);
  }

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
    // Checked at a few places only, against tables: the JDK has no erf.
    assertThat(FloatMath.normalCdf(0)).isEqualTo(0.5f);
    assertThat(FloatMath.normalCdf(1)).isEqualTo(0.8413447f);
    assertThat((double) FloatMath.normalCdf(-1)).isBetween(0.15865523, 0.15865528);
    assertThat((double) FloatMath.normalCdf(-3)).isBetween(0.00134989, 0.00134991);
    assertThat((double) FloatMath.normalCdf(1.96f)).isBetween(0.9750020, 0.9750022);
    assertThat(FloatMath.normalDensity(0)).isEqualTo(0.3989423f);
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
    assertThat(FloatMath.normalCdf(inf)).isEqualTo(1);
    assertThat(FloatMath.normalCdf(-inf)).isEqualTo(0);
    assertThat(FloatMath.normalCdf(Float.NaN)).isNaN();
  }

  private static void assertClose(
      Curve curve, DoubleUnaryOperator truth, float low, float high, int units) {
    int steps = 200_000;
    for (int i = 0; i <= steps; i++) {
      float x = low + (high - low) * i / steps;
      double expected = truth.applyAsDouble(x);
      double unit = Math.ulp((float) expected);
      assertThat(Math.abs(curve.at(x) - expected) / unit)
          .as("units in the last place at %s", x)
          .isLessThanOrEqualTo(units);
    }
  }
}
