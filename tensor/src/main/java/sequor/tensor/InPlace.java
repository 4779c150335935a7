package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import sequor.kernels.Floats;
import sequor.kernels.Updates;

/// The few operations that change a parameter or its gradient where it stands: what optimizers and
/// gradient clipping are made of.
public final class InPlace {
  private InPlace() {}

  /// One SGD step on `p` by its gradient.
  public static void sgd(Tensor p, Tensor velocity, Updates.Sgd step) {
    KERNELS.updates().sgd(p.data(), gradient(p, step.n()), velocity.data(), step);
  }

  /// One Adam or AdamW step on `p` by its gradient.
  public static void adam(Tensor p, Tensor m, Tensor v, Updates.Adam step) {
    KERNELS.updates().adam(p.data(), gradient(p, step.n()), m.data(), v.data(), step);
  }

  /// One Adagrad step on `p` by its gradient.
  public static void adagrad(Tensor p, Tensor sum, Updates.Adagrad step) {
    KERNELS.updates().adagrad(p.data(), gradient(p, step.n()), sum.data(), step);
  }

  /// One Adadelta step on `p` by its gradient.
  public static void adadelta(Tensor p, Tensor square, Tensor accumulated, Updates.Adadelta step) {
    KERNELS
        .updates()
        .adadelta(p.data(), gradient(p, step.n()), square.data(), accumulated.data(), step);
  }

  /// One RMSprop step on `p` by its gradient.
  public static void rmsProp(Tensor p, Tensor square, Tensor buffer, Updates.RmsProp step) {
    KERNELS.updates().rmsProp(p.data(), gradient(p, step.n()), square.data(), buffer.data(), step);
  }

  private static Floats gradient(Tensor p, int n) {
    if (p.shape().size() != n) {
      throw Check.wrong("step: of %d numbers on %s — give the parameter's own size", n, p.shape());
    }
    return p.required();
  }

  /// The sum of the squares of the gradient; 0 without one.
  public static double gradSumOfSquares(Tensor p) {
    var gradient = p.gradient();
    return gradient == null ? 0 : KERNELS.reductions().sumOfSquares(gradient, p.shape().size());
  }

  /// Multiplies the gradient, if there is one.
  public static void scaleGrad(Tensor p, float factor) {
    var gradient = p.gradient();
    if (gradient != null) {
      KERNELS.elementwise().affine(gradient, gradient, factor, 0, p.shape().size());
    }
  }

  /// Holds each number of the gradient, if there is one, between `−limit` and `limit`.
  public static void clampGrad(Tensor p, float limit) {
    var gradient = p.gradient();
    if (gradient != null) {
      KERNELS.elementwise().clamp(gradient, gradient, -limit, limit, p.shape().size());
    }
  }

  /// Overwrites the places of one axis of `target` from `from` on with `source`, as a key-value
  /// cache does. No gradient flows through it.
  ///
  /// @throws TensorException if `target` requires a gradient or is part of one's computation
  public static void write(Tensor target, int axis, int from, Tensor source) {
    var whole = target.shape();
    var part = source.shape();
    if (target.tracked()) {
      throw Check.wrong(
          "write: into a %s that a gradient flows through — write into a detached copy()", whole);
    }
    if (part.rank() != whole.rank() || !part.with(axis, whole.dim(axis)).equals(whole)) {
      throw Check.wrong(
          "write: %s into %s along axis %d — all other axes must be equal", part, whole, axis);
    }
    Check.range("write", whole, axis, from, from + part.dim(axis));
    target.changed();
    KERNELS
        .copies()
        .copy(source.data(), target.data(), Layout.reversed(Layout.slab(whole, axis, from, part)));
  }
}
