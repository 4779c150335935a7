package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Tensor;

/// Initial values of parameters; each call draws a new parameter that requires a gradient.
public final class Init {
  private Init() {}

  /// Evenly from −`bound` to `bound`.
  public static Tensor uniform(RandomGenerator random, float bound, int... dims) {
    return Tensor.uniform(random, -bound, bound, dims).requiresGrad(true);
  }

  /// PyTorch's default for linear and recurrent layers: evenly within `1/√size`.
  public static Tensor byFanIn(RandomGenerator random, int size, int... dims) {
    return uniform(random, (float) (1 / Math.sqrt(Math.max(size, 1))), dims);
  }

  /// Evenly within `√(6 / (in + out))` for a weight (out,in) (Glorot and Bengio 2010, eq. 16).
  public static Tensor xavierUniform(RandomGenerator random, int out, int in) {
    return uniform(random, (float) Math.sqrt(6.0 / (in + out)), out, in);
  }

  /// Normally with mean 0 and the given deviation.
  public static Tensor normal(RandomGenerator random, float deviation, int... dims) {
    return Tensor.randn(random, dims).times(deviation).requiresGrad(true);
  }

  public static Tensor zeros(int... dims) {
    return Tensor.zeros(dims).requiresGrad(true);
  }

  public static Tensor ones(int... dims) {
    return Tensor.ones(dims).requiresGrad(true);
  }
}
