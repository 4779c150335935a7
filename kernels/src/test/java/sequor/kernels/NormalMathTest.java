package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.kernels.UnitsInTheLastPlace.assertClose;

import org.junit.jupiter.api.Test;

class NormalMathTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  @Test
  void theErrorFunctionIsGoodToThreeUnitsFromNothingToOne() {
    assertClose(NormalMath::erf, NormalMathTest::erf, -4, 4, 3);
    assertClose(NormalMath::erf, NormalMathTest::erf, -1e-3f, 1e-3f, 3);
    assertClose(NormalMath::erf, NormalMathTest::erf, 1e-30f, 1e-20f, 3);
    assertClose(NormalMath::erfSlope, x -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x), -9, 9, 3);
    for (float x = 10.5f; x < 3e38f; x *= 1.01f) {
      assertThat(NormalMath.erfSlope(x)).isZero();
      assertThat(NormalMath.erfSlope(-x)).isZero();
    }
    for (float x = 14.5f; x < 3e38f; x *= 1.01f) {
      assertThat(NormalMath.density(x)).isZero();
      assertThat(NormalMath.cdf(-x)).isZero();
      assertThat(NormalMath.cdf(x)).isEqualTo(1);
    }
  }

  @Test
  void theNormalDistributionIsGoodInItsTailsToo() {
    assertClose(NormalMath::cdf, NormalMathTest::cdf, 0, 8, 3);
    assertClose(NormalMath::cdf, NormalMathTest::cdf, -1, 0, 6);
    assertClose(NormalMath::cdf, NormalMathTest::cdf, -13, -1, 6);
    assertClose(
        NormalMath::density, x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI), -13, 13, 3);
  }

  @Test
  void theEndsOfTheLineAreRight() {
    assertThat(NormalMath.cdf(0)).isEqualTo(0.5f);
    assertThat(NormalMath.cdf(INF)).isEqualTo(1);
    assertThat(NormalMath.cdf(-INF)).isEqualTo(0);
    assertThat(NormalMath.cdf(-3e38f)).isEqualTo(0);
    assertThat(NormalMath.cdf(Float.NaN)).isNaN();
    assertThat(NormalMath.density(0)).isEqualTo(0.3989423f);
    assertThat(NormalMath.density(INF)).isEqualTo(0);
    assertThat(NormalMath.density(Float.NaN)).isNaN();
    assertThat(NormalMath.erfSlope(INF)).isEqualTo(0);
    assertThat(NormalMath.erfSlope(Float.NaN)).isNaN();
    assertThat(NormalMath.erf(0)).isEqualTo(0);
    assertThat(NormalMath.erf(INF)).isEqualTo(1);
    assertThat(NormalMath.erf(-INF)).isEqualTo(-1);
    assertThat(NormalMath.erf(Float.NaN)).isNaN();
  }

  /// By its series where that converges fast, else from the tail.
  static double erf(double x) {
    if (Math.abs(x) > 2.5) {
      return Math.signum(x) * (1 - tail(Math.abs(x) * Math.sqrt(2)) * 2);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 80; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private static double cdf(double x) {
    double a = Math.abs(x);
    double above = a > 3 ? tail(a) : 0.5 - erf(a / Math.sqrt(2)) / 2;
    return x < 0 ? above : 1 - above;
  }

  /// `1 − Φ(x)` by Laplace's continued fraction, for `x` from 3 on.
  private static double tail(double x) {
    double fraction = x;
    for (int k = 200; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) / fraction;
  }
}
