package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import sequor.kernels.Floats;
import sequor.kernels.Updates;

/// The few operations that change a parameter or its gradient where it stands: what optimizers and
/// gradient clipping are made of.
public final class InPlace {
  private InPlace() {}

  // The gradient comes first: without one nothing has changed.

  /// One SGD step on `p` by its gradient.
  public static void sgd(Tensor p, Tensor velocity, Updates.Sgd step) {
    var g = gradient(p, step.n());
    KERNELS.updates().sgd(p.changed("Sgd"), g, velocity.data(), step);
  }

  /// One Adam or AdamW step on `p` by its gradient.
  public static void adam(Tensor p, Tensor m, Tensor v, Updates.Adam step) {
    var g = gradient(p, step.n());
    KERNELS.updates().adam(p.changed("Adam"), g, m.data(), v.data(), step);
  }

  /// One Adagrad step on `p` by its gradient.
  public static void adagrad(Tensor p, Tensor sum, Updates.Adagrad step) {
    var g = gradient(p, step.n());
    KERNELS.updates().adagrad(p.changed("Adagrad"), g, sum.data(), step);
  }

  /// One Adadelta step on `p` by its gradient.
  public static void adadelta(Tensor p, Tensor square, Tensor accumulated, Updates.Adadelta step) {
    var g = gradient(p, step.n());
    KERNELS.updates().adadelta(p.changed("Adadelta"), g, square.data(), accumulated.data(), step);
  }

  /// One RMSprop step on `p` by its gradient.
  public static void rmsProp(Tensor p, Tensor square, Tensor buffer, Updates.RmsProp step) {
    var g = gradient(p, step.n());
    KERNELS.updates().rmsProp(p.changed("RmsProp"), g, square.data(), buffer.data(), step);
  }

  private static Floats gradient(Tensor p, int n) {
    if (p.shape().size() != n) {
      throw Check.wrong("step: of %d numbers on %s — give the parameter's own size", n, p.shape());
    }
    return p.required();
  }

  /// The sum of the squares of the gradient; 0 without one.
  public static double gradSumOfSquares(Tensor p) {
    return p.hasGrad()
        ? KERNELS.reductions().sumOfSquares(p.gradient().stored(), p.gradient().storedSize())
        : 0;
  }

  /// Multiplies the gradient, if there is one.
  public static void scaleGrad(Tensor p, float factor) {
    if (p.hasGrad()) {
      KERNELS
          .elementwise()
          .affine(
              p.gradient().stored(), p.gradient().stored(), factor, 0, p.gradient().storedSize());
    }
  }

  /// Holds each number of the gradient, if there is one, between `−limit` and `limit`.
  public static void clampGrad(Tensor p, float limit) {
    if (p.hasGrad()) {
      KERNELS
          .elementwise()
          .clamp(
              p.gradient().stored(),
              p.gradient().stored(),
              -limit,
              limit,
              p.gradient().storedSize());
    }
  }

  /// A copy of some rows of a table (V,D), with their gradient if the table's is a sparse one about
  /// these very rows: what a step on few rows works with. // (N,D)
  public static Tensor takeRows(Tensor table, Ids rows) {
    var taken = Tape.noGrad(() -> table.embedding(rows).detach());
    table.giveGradTo(taken, rows);
    return taken;
  }

  /// Overwrites some rows of a table (V,D) by those of `source` (N,D); each row is named once.
  public static void putRows(Tensor table, Ids rows, Tensor source) {
    Check.same("putRows", Shape.of(rows.shape().size(), table.dim(1)), source.shape());
    Check.ids("putRows", rows, table.dim(0));
    var numbers = source.data();
    KERNELS
        .copies()
        .scatter(numbers, rows.ints(), table.changed("putRows"), rows.shape().size(), table.dim(1));
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
    var numbers = source.data();
    Tape.noteIfCut(target, source.tracked());
    KERNELS
        .copies()
        .copy(
            numbers,
            target.changed("write"),
            Layout.reversed(Layout.slab(whole, axis, from, part)));
  }
}
