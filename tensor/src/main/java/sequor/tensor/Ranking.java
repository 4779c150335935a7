package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

/// Where numbers stand among those of their axis.
final class Ranking {
  private Ranking() {}

  static Ids argmax(String op, Tensor x, int axis, boolean keepDim) {
    var shape = x.shape();
    Check.notEmpty(op, shape, axis);
    var over = Reduce.over(shape, axis);
    var places = KERNELS.memory().ints(over.results());
    KERNELS.reductions().argmax(x.data(), places, over);
    return Ids.of(places, keepDim ? shape.with(axis, 1) : shape.without(axis));
  }

  static Ids places(String op, Tensor x, int k, int axis, boolean largest) {
    var shape = x.shape();
    if (k < 0 || k > shape.dim(axis)) {
      throw Check.wrong(
          "%s: %d of axis %d of %s — k runs from 0 to %d", op, k, axis, shape, shape.dim(axis));
    }
    var over = Reduce.over(shape, axis);
    var ranked = shape.with(axis, k);
    var places = KERNELS.memory().ints(ranked.size());
    KERNELS.reductions().topK(x.data(), places, over, k, largest);
    return Ids.of(places, ranked);
  }

  static Ranked ranked(String op, Tensor x, int k, int axis, boolean largest) {
    var places = places(op, x, k, axis, largest);
    return new Ranked(x.gather(axis, places), places);
  }

  /// The number of each place of an axis that has one place left.
  static Ranked picked(Tensor x, int axis, boolean keepDim, Ids places) {
    var values = x.gather(axis, places);
    return keepDim
        ? new Ranked(values, places)
        : new Ranked(values.squeeze(axis), places.squeeze(axis));
  }
}
