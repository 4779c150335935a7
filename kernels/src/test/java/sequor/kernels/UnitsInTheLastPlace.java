package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;

/// How far a curve in single precision is from one in double precision.
final class UnitsInTheLastPlace {
  private static final int STEPS = 200_000;

  private UnitsInTheLastPlace() {}

  interface Curve {
    float at(float x);
  }

  /// Asserts that nowhere from `low` to `high` the curve is off by more than `units` units in the
  /// last place of the true value.
  static void assertClose(
      Curve curve, DoubleUnaryOperator truth, float low, float high, double units) {
    float worst = low;
    double most = 0;
    for (int i = 0; i <= STEPS; i++) {
      float x = (float) (low + ((double) high - low) * i / STEPS);
      double expected = truth.applyAsDouble(x);
      float y = curve.at(x);
      double off = y == expected ? 0 : Math.abs(y - expected) / Math.ulp((float) expected);
      if (!(off <= most)) {
        worst = x;
        most = off;
      }
    }
    assertThat(most).as("units in the last place at %s", worst).isLessThanOrEqualTo(units);
  }
}
