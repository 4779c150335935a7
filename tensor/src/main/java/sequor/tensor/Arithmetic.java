package sequor.tensor;

import sequor.kernels.Binary;

/// What can be computed with a tensor; every method gives a new one. The functions of one number
/// are in [Functions], comparisons and choices in [Comparisons].
public sealed interface Arithmetic extends Functions, Comparisons permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  // Number by number, with broadcasting

  default Tensor plus(Tensor b) {
    return Op.apply(new Pointwise.Plus(self(), b));
  }

  default Tensor minus(Tensor b) {
    return Op.apply(new Pointwise.Minus(self(), b));
  }

  default Tensor times(Tensor b) {
    return Op.apply(new Pointwise.Times(self(), b));
  }

  default Tensor dividedBy(Tensor b) {
    return Op.apply(new Pointwise.Divide(self(), b));
  }

  /// The larger of two, or NaN if one is. Where both are equal, each gets half of the gradient.
  default Tensor maximum(Tensor b) {
    return Op.apply(new Pointwise.Extreme(Binary.MAXIMUM, self(), b));
  }

  /// The smaller of two, or NaN if one is. Where both are equal, each gets half of the gradient.
  default Tensor minimum(Tensor b) {
    return Op.apply(new Pointwise.Extreme(Binary.MINIMUM, self(), b));
  }

  default Tensor plus(float b) {
    return Op.apply(new Pointwise.Affine(self(), 1, b));
  }

  default Tensor minus(float b) {
    return plus(-b);
  }

  default Tensor times(float b) {
    return Op.apply(new Pointwise.Affine(self(), b, 0));
  }

  /// Divided, which is not the same as times `1/b`: that is rounded twice.
  default Tensor dividedBy(float b) {
    return dividedBy(Tensor.of(b));
  }

  default Tensor maximum(float b) {
    return clamp(b, Float.POSITIVE_INFINITY);
  }

  default Tensor minimum(float b) {
    return clamp(Float.NEGATIVE_INFINITY, b);
  }

  /// Each number held between `low` and `high`.
  default Tensor clamp(float low, float high) {
    return Op.apply(new Pointwise.Clamp(self(), low, high));
  }

  /// Each number to the power of its partner, as in C: 1 where that is 0, and of negative numbers
  /// only whole powers, else NaN. Derivatives: `b·aᵇ⁻¹`, 0 where `b` is 0, and `aᵇ·ln a`, 0 where
  /// `a` is 0 and `b` not negative; good to 1 unit in the last place.
  default Tensor pow(Tensor b) {
    return Op.apply(new Pointwise.Power(self(), b));
  }

  /// Each number to the power `b`; squares, roots and their reciprocals are faster than others.
  default Tensor pow(float b) {
    if (b == 2) {
      return square();
    }
    if (b == 0.5f) {
      return sqrt();
    }
    if (b == -0.5f) {
      return rsqrt();
    }
    return b == -1 ? reciprocal() : pow(Tensor.of(b));
  }

  // Products

  /// Matrix product over the last two axes: (…,M,K) · (K,N) → (…,M,N), or with as many leading axes
  /// on both sides, matrix by matrix.
  default Tensor matmul(Tensor b) {
    return Op.apply(new Product.MatMul(self(), b));
  }

  /// `x · Wᵀ + b` over the last axis: (…,D) with a weight (H,D) and a bias (H) → (…,H).
  default Tensor linear(Tensor weight, Tensor bias) {
    return Op.apply(new Product.Linear(self(), weight, bias));
  }

  // Reductions

  /// The sum of all numbers. // ()
  default Tensor sum() {
    return Op.apply(new Layout.Reshape(self(), Shape.of(self().shape().size()))).sum(0);
  }

  /// The sum over one axis, which disappears.
  default Tensor sum(int axis) {
    return Op.apply(new Reduce.Sum(self(), axis));
  }

  /// The mean of all numbers. // ()
  default Tensor mean() {
    return sum().dividedBy(self().shape().size());
  }

  /// The mean over one axis, which disappears.
  default Tensor mean(int axis) {
    return sum(axis).dividedBy(self().dim(axis));
  }

  /// The largest number along one axis, which disappears; the gradient goes to the first of equals.
  default Tensor max(int axis) {
    return Op.apply(new Reduce.Max(self(), axis));
  }

  // Over the last axis

  /// Scores to probabilities.
  default Tensor softmax() {
    return Op.apply(new Rowwise.Softmax(self()));
  }

  /// Scores to log-probabilities.
  default Tensor logSoftmax() {
    return Op.apply(new Rowwise.LogSoftmax(self()));
  }

  /// The mean cross-entropy of scores (…,C) against target classes (…), in nats. Rows whose target
  /// is −100 count for nothing. // ()
  default Tensor crossEntropy(Ids targets) {
    int ignored = -100; // PyTorch's
    int counted = targets.shape().size() - targets.count(ignored);
    var losses = crossEntropies(targets, Tensor.ones(self().dim(-1)), ignored, 0);
    return losses.sum().dividedBy(Math.max(counted, 1));
  }

  /// The cross-entropy of each row of scores (…,C) against its target class, in nats, times the
  /// class's weight; 0 where the target is `ignored`. `smoothing` is the share of a target that is
  /// spread over all classes (Szegedy et al. 2016, section 7). // (…)
  default Tensor crossEntropies(Ids targets, Tensor weights, int ignored, float smoothing) {
    return Op.apply(new Rowwise.CrossEntropy(self(), targets, weights, ignored, smoothing));
  }

  /// Each row brought to mean 0 and variance 1, then scaled and shifted (Ba et al. 2016).
  default Tensor layerNorm(Tensor weight, Tensor bias, float epsilon) {
    return Op.apply(new Rowwise.LayerNorm(self(), weight, bias, epsilon));
  }

  /// Zeroes each number with probability `p` and scales the others by `1/(1−p)`, if a tape that
  /// trains is open; otherwise this tensor itself.
  default Tensor dropout(float p) {
    Check.dropout(p);
    var random = Tape.random();
    return random == null || p == 0
        ? self()
        : Op.apply(new Pointwise.Dropout(self(), p, random.nextLong()));
  }
}
