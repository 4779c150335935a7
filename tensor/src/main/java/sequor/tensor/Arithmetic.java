package sequor.tensor;

import sequor.kernels.Binary;

/// What can be computed number by number and row by row, and products; every method gives a new
/// tensor. The functions of one number are in [Functions], comparisons and choices in
/// [Comparisons].
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

  /// A convolution over time: (B,T,D) with a weight (O,D,K), as PyTorch lays it out, and a bias (O)
  /// → (B,T′,O) with T′ = (T + 2·padding − dilation·(K−1) − 1) / stride + 1. `padding` zeros are
  /// put on both sides, windows begin `stride` steps apart, and the steps of a window are
  /// `dilation` apart.
  default Tensor conv1d(Tensor weight, Tensor bias, int stride, int padding, int dilation) {
    return Op.apply(Convolutional.Windows.of(self(), weight, bias, stride, padding, dilation));
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
  ///
  /// @throws TensorException if shapes do not fit, a target is no class, or the weights require a
  ///   gradient, which they do not get
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
