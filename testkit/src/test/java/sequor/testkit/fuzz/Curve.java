package sequor.testkit.fuzz;

import java.util.function.DoubleUnaryOperator;
import sequor.kernels.Unary;

/// A function of one number in double precision, with its slope.
///
/// @param beyond how far a number is beyond the nearest place where the function or its slope jumps
/// @param exact whether float32 rounds nothing
record Curve(
    DoubleUnaryOperator f, DoubleUnaryOperator df, DoubleUnaryOperator beyond, boolean exact) {

  static Curve smooth(DoubleUnaryOperator f, DoubleUnaryOperator df) {
    return new Curve(f, df, _ -> Double.POSITIVE_INFINITY, false);
  }

  /// A function that jumps, or whose slope does, at 0.
  private static Curve kinked(DoubleUnaryOperator f, DoubleUnaryOperator df) {
    return new Curve(f, df, x -> x, true);
  }

  /// A staircase whose steps are at `offset` beyond whole numbers.
  private static Curve stairs(DoubleUnaryOperator f, double offset) {
    return new Curve(f, _ -> 0, x -> x - offset - Math.rint(x - offset), true);
  }

  double at(double x) {
    return f.applyAsDouble(x);
  }

  double beyond(double x) {
    return beyond.applyAsDouble(x);
  }

  double slope(double x) {
    return df.applyAsDouble(x);
  }

  /// How fast the slope changes, roughly: it only goes into the error.
  double bend(double x) {
    double h = 1e-4 * Math.max(Math.abs(x), 1e-2);
    return (slope(x + h) - slope(x - h)) / (2 * h);
  }

  static Curve of(Unary f) {
    return switch (f) {
      case NEGATE -> new Curve(x -> -x, _ -> -1, _ -> Double.POSITIVE_INFINITY, true);
      case ABS -> kinked(Math::abs, Math::signum);
      case SIGN -> kinked(Math::signum, _ -> 0);
      case FLOOR -> stairs(Math::floor, 0);
      case CEIL -> stairs(Math::ceil, 0);
      case ROUND -> stairs(Math::rint, 0.5);
      case SQUARE -> smooth(x -> x * x, x -> 2 * x);
      case SQRT -> smooth(Math::sqrt, x -> 0.5 / Math.sqrt(x));
      case RSQRT -> smooth(x -> 1 / Math.sqrt(x), x -> -0.5 / (x * Math.sqrt(x)));
      case RECIPROCAL -> smooth(x -> 1 / x, x -> -1 / (x * x));
      case EXP -> smooth(Math::exp, Math::exp);
      case EXPM1 -> smooth(Math::expm1, Math::exp);
      case LOG -> smooth(Math::log, x -> 1 / x);
      case LOG1P -> smooth(Math::log1p, x -> 1 / (1 + x));
      case SIN -> smooth(Math::sin, Math::cos);
      case COS -> smooth(Math::cos, x -> -Math.sin(x));
      case ERF ->
          smooth(
              x -> 2 * normalCdf(x * Math.sqrt(2)) - 1,
              x -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x));
      case SIGMOID -> smooth(Curve::sigmoid, x -> sigmoid(x) * sigmoid(-x));
      case LOG_SIGMOID ->
          smooth(x -> Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))), x -> sigmoid(-x));
      case TANH -> smooth(Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x));
      case RELU -> kinked(x -> Math.max(x, 0), x -> x > 0 ? 1 : 0);
      case LEAKY_RELU ->
          new Curve(x -> x > 0 ? x : 0.01f * x, x -> x > 0 ? 1 : 0.01f, x -> x, false);
      case ELU -> smooth(x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x));
      case SOFTPLUS ->
          smooth(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), Curve::sigmoid);
      case SILU -> smooth(x -> x * sigmoid(x), x -> sigmoid(x) * (1 + x * sigmoid(-x)));
      case GELU -> smooth(x -> x * normalCdf(x), x -> normalCdf(x) + x * normalDensity(x));
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double normalDensity(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /// `Φ(x)`: near 0 by `½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …)`, in the tails by Laplace's continued
  /// fraction `φ(x) / (x + 1/(x + 2/(x + …)))`.
  static double normalCdf(double x) {
    double a = Math.abs(x);
    double tail;
    if (a < 3) {
      double term = a;
      double sum = a;
      for (int i = 3; term > 1e-18 * sum; i += 2) {
        term *= a * a / i;
        sum += term;
      }
      tail = 0.5 - normalDensity(a) * sum;
    } else {
      double fraction = a;
      for (int i = 100; i >= 1; i--) {
        fraction = a + i / fraction;
      }
      tail = normalDensity(a) / fraction;
    }
    return x > 0 ? 1 - tail : tail;
  }
}
