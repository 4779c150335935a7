package sequor.tensor;

import sequor.kernels.Kernels;

/// The kernels that every op computes with.
final class Compute {
  static final Kernels KERNELS = Kernels.best();

  private Compute() {}
}
