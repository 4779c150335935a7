package sequor.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.kernels.Floats;
import sequor.kernels.Unary;

/// Functions of one number over 10,000 of them: microseconds divided by ten are nanoseconds each.
public class CurveSpeed extends Speed {
  private static final int N = 10_000;

  @Param({"EXP", "TANH", "SIGMOID", "LOG", "SOFTPLUS", "GELU"})
  private Unary curve = Unary.EXP;

  private Floats x = NONE;
  private Floats y = NONE;

  /// For JMH.
  public CurveSpeed() {}

  @Setup
  public void fill() {
    x = random(N, 5);
    y = zeros(N);
  }

  @Benchmark
  public Floats curve() {
    bound().elementwise().unary(curve, x, y, N);
    return y;
  }
}
