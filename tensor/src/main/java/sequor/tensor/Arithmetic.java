package sequor.tensor;

import sequor.kernels.Binary;
import sequor.kernels.Unary;

/// What can be computed number by number and row by row, and products; every method gives a new
/// tensor.
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

  /// Matrix product over the last two axes: (…,M,K) · (K,N) → (…,M,N), or with as many leading axes
  /// on both sides, matrix by matrix.
  default Tensor matmul(Tensor b) {
    return Op.apply(new Product.MatMul(self(), b));
  }

  /// `x · Wᵀ + b` over the last axis: (…,D) with a weight (H,D) and a bias (H) → (…,H).
  default Tensor linear(Tensor weight, Tensor bias) {
    return Op.apply(new Product.Linear(self(), weight, bias));
  }

  /// A convolution over time: (B,T,D) with a weight (O,D,K), as PyTorch lays it out, and a bias (O)
  /// → (B,T′,O) with T′ = (T + 2·padding − dilation·(K−1) − 1) / stride + 1. `padding` zeros are
  /// put on both sides, windows begin `stride` steps apart, and the steps of a window are
  /// `dilation` apart.
  default Tensor conv1d(Tensor weight, Tensor bias, int stride, int padding, int dilation) {
    return Op.apply(new Convolution(self(), weight, bias, stride, padding, dilation));
  }

  /// The same without a bias.
  default Tensor conv1d(Tensor weight, int stride, int padding, int dilation) {
    return conv1d(weight, Tensor.zeros(0), stride, padding, dilation);
  }

  // Over the last axis

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
