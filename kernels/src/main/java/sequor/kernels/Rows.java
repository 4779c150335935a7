package sequor.kernels;

/// Arithmetic on each row of a matrix: softmax, cross-entropy, layer normalisation.
///
/// Weights of length 0 are all 1, a bias of length 0 is all 0.
public interface Rows {
  /// Each row of `y` = `eˣ / Σ eˣ`; a row of nothing but −∞ gives zeros.
  void softmax(Floats x, Floats y, Size size);

  /// `dx += y · (dy − Σ dy·y)`.
  void softmaxBackward(Floats y, Floats dy, Floats dx, Size size);

  /// Each row of `y` = `x − ln Σ eˣ`.
  void logSoftmax(Floats x, Floats y, Size size);

  /// `dx += dy − eʸ · Σ dy`.
  void logSoftmaxBackward(Floats y, Floats dy, Floats dx, Size size);

  /// `y[row]` = `ln Σ eˣ`; −∞ for an empty row and for one of nothing but −∞.
  void logSumExp(Floats x, Floats y, Size size);

  /// `dx += dy[row] · e^(x − y[row])`; nothing for a row of nothing but −∞.
  void logSumExpBackward(Floats x, Floats y, Floats dy, Floats dx, Size size);

  /// Each row's cross-entropy against its target class, from raw scores; 0 for a row whose target
  /// is ignored.
  ///
  /// ```
  /// (1 − ε) · w[t] · −ln p[t] + ε/C · Σ w[c] · −ln p[c]
  /// ```
  void crossEntropy(Floats logits, Ints targets, Floats weights, Floats losses, Classes size);

  /// `dLogits += dLosses[row] · ∂loss/∂logits`.
  void crossEntropyBackward(
      Floats logits, Ints targets, Floats weights, Floats dLosses, Floats dLogits, Classes size);

  /// Each row of `y` = `(x − mean) / √(variance + ε) · weight + bias`.
  void layerNorm(Floats x, Floats weight, Floats bias, Floats y, Normal size);

  /// Adds into `dx`, `dWeight` and `dBias`.
  void layerNormBackward(
      Floats x, Floats weight, Floats dy, Floats dx, Floats dWeight, Floats dBias, Normal size);

  /// `rows` rows of `length` numbers.
  record Size(int rows, int length) {}

  /// `rows` rows of `classes` scores C; `smoothing` is ε, the share spread over all classes.
  record Classes(int rows, int classes, int ignored, float smoothing) {}

  /// `rows` rows of `length` numbers with `epsilon` added to the variance.
  record Normal(int rows, int length, float epsilon) {}
}
