package sequor.tensor;

/// Convolutions over the real steps of a padded batch, each in one fused operation; without padding
/// there is [Tensor#conv1d].
///
/// There is a window for each step, with the step in its middle: (K−1)·dilation/2 steps before it,
/// rounded down, and the others behind, which is what PyTorch's `padding='same'` says. What lies
/// before the first real step of a row or behind its last one counts as 0, so a row shorter than a
/// window has its windows too, and a padded row gets the answer that it gets alone.
///
/// Letters: B batch, T steps, D input size, O output size, K steps of a window.
public final class Convolution {
  private Convolution() {}

  /// Every real window, and 0 elsewhere: `x` (B,T,D), `weight` (O,D,K), `bias` (O), or (0) for
  /// none. // (B,T,O)
  public static Tensor same(Tensor x, Tensor weight, Tensor bias, int dilation, Spans spans) {
    return Op.apply(Convolutional.Windows.same(x, weight, bias, dilation, false, spans));
  }

  /// The same through ReLU. // (B,T,O)
  public static Tensor sameRelu(Tensor x, Tensor weight, Tensor bias, int dilation, Spans spans) {
    return Op.apply(Convolutional.Windows.same(x, weight, bias, dilation, true, spans));
  }

  /// The largest of each row's windows through ReLU, and 0 for an empty row, without the windows on
  /// the way. All of the gradient goes to the largest window, the first of equals. // (B,O)
  public static Tensor reluMax(Tensor x, Tensor weight, Tensor bias, int dilation, Spans spans) {
    return Op.apply(Convolutional.Largest.of(x, weight, bias, dilation, true, spans));
  }

  /// The same without ReLU. // (B,O)
  public static Tensor max(Tensor x, Tensor weight, Tensor bias, int dilation, Spans spans) {
    return Op.apply(Convolutional.Largest.of(x, weight, bias, dilation, false, spans));
  }
}
