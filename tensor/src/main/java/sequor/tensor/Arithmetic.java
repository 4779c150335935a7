package sequor.tensor;

import sequor.kernels.Binary;
import sequor.kernels.Unary;

/// What can be computed with a tensor; every method gives a new one.
public sealed interface Arithmetic permits Tensor {
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

  default Tensor maximum(Tensor b) {
    return Op.apply(new Pointwise.Extreme(Binary.MAXIMUM, self(), b));
  }

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

  default Tensor dividedBy(float b) {
    return times(1 / b);
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

  /// Any function of one number that the kernels know.
  default Tensor map(Unary f) {
    return Op.apply(new Pointwise.Map(f, self()));
  }

  default Tensor negate() {
    return times(-1);
  }

  default Tensor abs() {
    return map(Unary.ABS);
  }

  default Tensor square() {
    return map(Unary.SQUARE);
  }

  default Tensor sqrt() {
    return map(Unary.SQRT);
  }

  default Tensor exp() {
    return map(Unary.EXP);
  }

  default Tensor log() {
    return map(Unary.LOG);
  }

  default Tensor sigmoid() {
    return map(Unary.SIGMOID);
  }

  default Tensor tanh() {
    return map(Unary.TANH);
  }

  default Tensor relu() {
    return map(Unary.RELU);
  }

  // Comparisons: 1 where true, 0 where false; no gradient flows through them

  default Tensor equalTo(Tensor b) {
    return Op.compute(new Pointwise.Extreme(Binary.EQUAL, self(), b));
  }

  default Tensor lessThan(Tensor b) {
    return Op.compute(new Pointwise.Extreme(Binary.LESS, self(), b));
  }

  default Tensor greaterThan(Tensor b) {
    return Op.compute(new Pointwise.Extreme(Binary.GREATER, self(), b));
  }

  default Tensor greaterThan(float b) {
    return greaterThan(Tensor.of(b));
  }

  default Tensor lessThan(float b) {
    return lessThan(Tensor.of(b));
  }

  /// This tensor where `mask` is not 0, else `other`; all of one shape.
  default Tensor where(Tensor mask, Tensor other) {
    return Op.apply(new Pointwise.Where(mask, self(), other));
  }

  // Products

  /// The matrix product with `b`: (…,M,K) · (…,K,N) → (…,M,N).
  ///
  /// The axes before the last two are broadcast, as in NumPy and PyTorch: (B,1,M,K) · (H,K,N) →
  /// (B,H,M,N). A vector on the left is a row, one on the right a column, and its axis is not in
  /// the result: (M,K) · (K) → (M), (K) · (K) → ().
  ///
  /// @throws TensorException if the inner sizes differ, or the axes before do not line up
  default Tensor matmul(Tensor b) {
    return Op.apply(new Product.MatMul(self(), b, false));
  }

  /// The matrix product with `b`, its last two axes exchanged: (…,M,K) · (…,N,K) → (…,M,N). The
  /// same as `matmul(b.transpose())`, without a copy of `b`.
  ///
  /// @throws TensorException if the last sizes differ, or the axes before do not line up
  default Tensor matmulTransposed(Tensor b) {
    return Op.apply(new Product.MatMul(self(), b, true));
  }

  /// A linear layer without a bias, `x · Wᵀ`: (…,D) with W (H,D) → (…,H).
  ///
  /// @throws TensorException if the last size is not that of the weight
  default Tensor linear(Tensor weight) {
    Check.linear(self().shape(), weight.shape());
    return matmulTransposed(weight);
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
