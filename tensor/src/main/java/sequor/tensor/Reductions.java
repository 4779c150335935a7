package sequor.tensor;

import java.util.function.UnaryOperator;

/// What is computed along one axis of a tensor or several: sums and other statistics, the largest
/// and the smallest, softmax, running sums.
///
/// Where axes are named, `sum(0, 2)`, they disappear; with `keepDim` they stay, of size 1; where
/// none is named, all are meant. Axes count from 0, negative ones from the end.
public sealed interface Reductions permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  // Sums and statistics

  /// The sum of all numbers. // ()
  default Tensor sum() {
    return sum(new int[0], false);
  }

  /// The sum over the axes named, which disappear.
  default Tensor sum(int... axes) {
    return sum(axes, false);
  }

  default Tensor sum(int axis, boolean keepDim) {
    return sum(new int[] {axis}, keepDim);
  }

  default Tensor sum(int[] axes, boolean keepDim) {
    return Axes.of("sum", self(), axes)
        .reduce(keepDim, (x, axis) -> Op.apply(new Reduce.Sum(x, axis)));
  }

  /// The mean of all numbers; NaN if there is none. // ()
  default Tensor mean() {
    return mean(new int[0], false);
  }

  /// The mean over the axes named, which disappear.
  default Tensor mean(int... axes) {
    return mean(axes, false);
  }

  default Tensor mean(int axis, boolean keepDim) {
    return mean(new int[] {axis}, keepDim);
  }

  default Tensor mean(int[] axes, boolean keepDim) {
    return sum(axes, keepDim).dividedBy(Axes.size("mean", self().shape(), axes));
  }

  /// The mean squared distance from the mean, over the axes named, which disappear: the sum of
  /// squares divided by one less than their number, as in PyTorch; NaN for a single number.
  default Tensor variance(int... axes) {
    return variance(axes, 1, false);
  }

  /// The same, divided by the number of numbers less `correction`: 1 estimates the variance of what
  /// the numbers were drawn from, 0 gives their own.
  default Tensor variance(int[] axes, int correction, boolean keepDim) {
    int n = Axes.size("variance", self().shape(), axes);
    return self()
        .minus(mean(axes, true))
        .square()
        .sum(axes, keepDim)
        .dividedBy(Math.max(n - correction, 0));
  }

  /// The root of [#variance]; where it is 0 no gradient flows.
  default Tensor std(int... axes) {
    return std(axes, 1, false);
  }

  default Tensor std(int[] axes, int correction, boolean keepDim) {
    int n = Axes.size("std", self().shape(), axes);
    return self()
        .minus(mean(axes, true))
        .norm(2, axes, keepDim)
        .dividedBy((float) Math.sqrt(Math.max(n - correction, 0)));
  }

  /// The `p`-norm over the axes named, which disappear: for `p` 1 the sum of magnitudes, for 2 the
  /// root of the sum of squares, for +∞ the largest magnitude. A norm of 0 passes no gradient on.
  ///
  /// @throws TensorException for any other `p`
  default Tensor norm(float p, int... axes) {
    return norm(p, axes, false);
  }

  default Tensor norm(float p, int[] axes, boolean keepDim) {
    if (p == 1) {
      return self().abs().sum(axes, keepDim);
    }
    if (p == Float.POSITIVE_INFINITY) {
      return self().abs().max(axes, keepDim);
    }
    if (p != 2) {
      throw Check.wrong("norm: p must be 1, 2 or Float.POSITIVE_INFINITY, got %s", p);
    }
    return Axes.of("norm", self(), axes)
        .reduce(keepDim, (x, axis) -> Op.apply(new Reduce.Norm(x, axis)));
  }

  // The largest and the smallest

  /// The largest number along the axes named, which disappear, NaN if any is NaN. Equals share the
  /// gradient; with [#maxWithIndices] the first of them has all of it.
  ///
  /// @throws TensorException if there is no number along an axis
  default Tensor max(int... axes) {
    return max(axes, false);
  }

  default Tensor max(int axis, boolean keepDim) {
    return max(new int[] {axis}, keepDim);
  }

  default Tensor max(int[] axes, boolean keepDim) {
    Axes.notEmpty("max", self().shape(), axes);
    return Axes.of("max", self(), axes)
        .reduce(keepDim, (x, axis) -> Op.apply(new Reduce.Max(x, axis)));
  }

  /// The smallest number, as [#max(int...)] gives the largest.
  default Tensor min(int... axes) {
    return min(axes, false);
  }

  default Tensor min(int axis, boolean keepDim) {
    return min(new int[] {axis}, keepDim);
  }

  default Tensor min(int[] axes, boolean keepDim) {
    Axes.notEmpty("min", self().shape(), axes);
    return self().negate().max(axes, keepDim).negate();
  }

  /// The largest number along one axis and where it stands, the first of equals, to which the
  /// gradient goes.
  default Ranked maxWithIndices(int axis, boolean keepDim) {
    return Ranking.picked(self(), axis, keepDim, argmax(axis, true));
  }

  /// The smallest number along one axis and where it stands, as [#maxWithIndices].
  default Ranked minWithIndices(int axis, boolean keepDim) {
    return Ranking.picked(self(), axis, keepDim, argmin(axis, true));
  }

  /// Where the largest number along the last axis stands, the first of equals.
  default Ids argmax() {
    return argmax(-1, false);
  }

  /// Where the largest number along one axis stands, the first of equals, or the first NaN.
  default Ids argmax(int axis, boolean keepDim) {
    return Ranking.argmax("argmax", self(), axis, keepDim);
  }

  /// Where the smallest number along the last axis stands, the first of equals.
  default Ids argmin() {
    return argmin(-1, false);
  }

  /// Where the smallest number along one axis stands, the first of equals, or the first NaN.
  default Ids argmin(int axis, boolean keepDim) {
    return Ranking.argmax("argmin", self().detach().negate(), axis, keepDim);
  }

  /// The `k` largest numbers along one axis, the largest first and of equals the first first; NaN
  /// counts as the largest.
  default Ranked topK(int k, int axis) {
    return Ranking.ranked("topK", self(), k, axis, true);
  }

  /// All numbers in order along one axis; equals keep their order, and NaN counts as the largest.
  default Ranked sort(int axis, boolean descending) {
    return Ranking.ranked("sort", self(), self().dim(axis), axis, descending);
  }

  /// The places along one axis in the order of their numbers.
  default Ids argsort(int axis, boolean descending) {
    return Ranking.places("argsort", self(), self().dim(axis), axis, descending);
  }

  // Along one axis

  /// Scores along the last axis to probabilities.
  default Tensor softmax() {
    return softmax(-1);
  }

  /// Scores along one axis to probabilities.
  default Tensor softmax(int axis) {
    return atTheEnd(axis, x -> Op.apply(new Rowwise.Softmax(x)));
  }

  /// Scores along the last axis to log-probabilities.
  default Tensor logSoftmax() {
    return logSoftmax(-1);
  }

  /// Scores along one axis to log-probabilities.
  default Tensor logSoftmax(int axis) {
    return atTheEnd(axis, x -> Op.apply(new Rowwise.LogSoftmax(x)));
  }

  private Tensor atTheEnd(int axis, UnaryOperator<Tensor> op) {
    boolean last = Check.axis(self().shape(), axis) == self().shape().rank() - 1;
    return last ? op.apply(self()) : op.apply(self().transpose(axis, -1)).transpose(axis, -1);
  }

  /// `ln Σ eˣ` over the axes named, which disappear, without overflow; −∞ where there is no number.
  default Tensor logSumExp(int... axes) {
    return logSumExp(axes, false);
  }

  default Tensor logSumExp(int axis, boolean keepDim) {
    return logSumExp(new int[] {axis}, keepDim);
  }

  default Tensor logSumExp(int[] axes, boolean keepDim) {
    return Axes.last("logSumExp", self(), axes)
        .reduce(keepDim, (x, axis) -> Op.apply(new Rowwise.LogSumExp(x)));
  }

  /// Each number with all before it along one axis added; summed in double precision.
  default Tensor cumsum(int axis) {
    return Op.apply(new Reduce.CumSum(self(), axis));
  }
}
