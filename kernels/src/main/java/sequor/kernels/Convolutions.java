package sequor.kernels;

import sequor.kernels.Recurrences.Span;

/// Convolutions over the steps of a padded batch, with their bias, ReLU and maximum over time.
///
/// ```
/// z[b,t,o] = bias[o] + Σ x[b, t·stride + k·dilation − before, d] · weight[o,d,k]
/// y = z, or max(z, 0) where the window says `relu`
/// ```
///
/// Steps of `x` that are not real count as 0, whatever stands there, and windows that are not are
/// skipped and give 0. So a padded row gets the answer that it gets alone. A result has the same
/// bits whichever other rows there are.
///
/// Letters: B batch, T steps, D input size, T′ windows, O output size, K steps of a window.
public interface Convolutions {
  /// `y` (B,T′,O).
  ///
  /// @param read which steps of `x` are real
  /// @param written which windows are
  void forward(Layer layer, Floats y, Span read, Span written, Size size);

  /// Adds into the gradients, given what forward gave and its gradient, both (B,T′,O).
  ///
  /// @param y read where the window says `relu`
  void backward(
      Layer layer, Floats y, Floats dy, Gradients gradients, Span read, Span written, Size size);

  /// `y` (B,O) = the largest over all real windows, NaN if one is NaN, and 0 for a row without any.
  /// There is a window for every step, T′ = T, and it is real where the step is.
  ///
  /// @param places (B,O) out: which window is the largest, the first of equals, or −1 if no
  ///   gradient flows: in an empty row, and where ReLU cut it off. Length 0 if not required
  void forwardMax(Layer layer, Floats y, Ints places, Span span, Size size);

  /// Adds into the gradients, given `dy` (B,O). Only the windows at `places` have a gradient, so
  /// this costs what one window costs for each number of `y`, however many steps there are.
  void backwardMax(Layer layer, Ints places, Floats dy, Gradients gradients, Span span, Size size);

  /// What a layer reads.
  ///
  /// @param x (B,T,D)
  /// @param weight (O,D,K)
  /// @param bias (O), or of length 0 for none
  record Layer(Floats x, Floats weight, Floats bias) {}

  /// The gradients of a layer; length 0 where not required.
  record Gradients(Floats x, Floats weight, Floats bias) {}

  /// What a window sees.
  ///
  /// @param width K, how many steps
  /// @param stride how many steps apart windows begin
  /// @param dilation how many steps apart those of a window are
  /// @param before how many steps before the first of `x` the first window begins
  /// @param relu whether negative numbers become 0
  record Window(int width, int stride, int dilation, int before, boolean relu) {
    /// The step that a window sees at its `k`-th place, which may lie outside of `x`.
    public int step(int window, int k) {
      return window * stride + k * dilation - before;
    }

    /// From its first step to its last one, both included.
    public int reach() {
      return (width - 1) * dilation + 1;
    }
  }

  /// @param batch B
  /// @param steps T
  /// @param in D
  /// @param windows T′
  /// @param out O
  record Size(int batch, int steps, int in, int windows, int out, Window window) {}
}
