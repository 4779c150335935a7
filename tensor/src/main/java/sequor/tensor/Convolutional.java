package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Convolutions;
import sequor.kernels.Convolutions.Window;
import sequor.kernels.Ints;

/// Ops that are convolutions over time: (B,T,D) with a weight (O,D,K) and a bias (O), or (0) for
/// none.
///
/// ```
/// z[b,t,o] = bias[o] + Σ x[b, t·stride + k·dilation − before, d] · weight[o,d,k]
/// ```
///
/// with 0 for steps that are not real.
sealed interface Convolutional extends Op {
  Tensor x();

  Tensor weight();

  Tensor bias();

  Window window();

  @Override
  default List<Tensor> inputs() {
    return List.of(x(), weight(), bias());
  }

  default Convolutions.Layer layer() {
    return new Convolutions.Layer(x().data(), weight().data(), bias().data());
  }

  default Convolutions.Gradients gradients() {
    return new Convolutions.Gradients(
        Buffers.sink(x()), Buffers.sink(weight()), Buffers.sink(bias()));
  }

  default Convolutions.Size size(int windows) {
    var x = x();
    return new Convolutions.Size(x.dim(0), x.dim(1), x.dim(2), windows, outputs(), window());
  }

  private int outputs() {
    return weight().dim(0);
  }

  /// A window with its step in the middle, for each step.
  private static Window centered(Tensor weight, int dilation, boolean relu) {
    int width = weight.dim(2);
    return new Window(width, 1, dilation, (width - 1) * dilation / 2, relu);
  }

  /// Every window: (B,T′,O).
  ///
  /// @param count T′
  /// @param read which steps of `x` are real
  /// @param written which windows are; the others give 0
  record Windows(
      Tensor x, Tensor weight, Tensor bias, Window window, int count, Spans read, Spans written)
      implements Convolutional {

    /// All windows over whole rows, with zeros on both sides.
    static Windows of(Tensor x, Tensor weight, Tensor bias, int stride, int padding, int dilation) {
      Check.convolution(x.shape(), weight.shape(), bias.shape(), stride, padding, dilation);
      var window = new Window(weight.dim(2), stride, dilation, padding, false);
      int count = (x.dim(1) + 2 * padding - window.reach()) / stride + 1;
      var read = Spans.full(x.dim(0), x.dim(1));
      return new Windows(x, weight, bias, window, count, read, Spans.full(x.dim(0), count));
    }

    /// A window for each real step.
    static Windows same(
        Tensor x, Tensor weight, Tensor bias, int dilation, boolean relu, Spans spans) {
      Check.convolution(x.shape(), weight.shape(), bias.shape(), dilation, spans);
      var window = centered(weight, dilation, relu);
      return new Windows(x, weight, bias, window, x.dim(1), spans, spans);
    }

    @Override
    public Shape shape() {
      return Shape.of(x.dim(0), count, weight.dim(0));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return window.relu() ? List.of(x, weight, y) : List.of(x, weight);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS
          .convolutions()
          .forward(layer(), y.data(), read.kernelSpan(), written.kernelSpan(), size(count));
    }

    @Override
    public void backward(Tensor y) { // dW += dzᵀ·windows; dx[windows] += dz·W; db += Σ dz
      KERNELS
          .convolutions()
          .backward(
              layer(),
              y.data(),
              y.required(),
              gradients(),
              read.kernelSpan(),
              written.kernelSpan(),
              size(count));
    }
  }

  /// The largest over the windows of each row: (B,O).
  record Largest(Tensor x, Tensor weight, Tensor bias, Window window, Spans spans, Places places)
      implements Convolutional {

    static Largest of(
        Tensor x, Tensor weight, Tensor bias, int dilation, boolean relu, Spans spans) {
      Check.convolution(x.shape(), weight.shape(), bias.shape(), dilation, spans);
      var window = centered(weight, dilation, relu);
      var largest = new Largest(x, weight, bias, window, spans, new Places());
      if (Tape.willRecord(largest)) {
        largest.places.ints = KERNELS.memory().ints(x.dim(0) * weight.dim(0));
      }
      return largest;
    }

    @Override
    public Shape shape() {
      return Shape.of(x.dim(0), weight.dim(0));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(x, weight);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS
          .convolutions()
          .forwardMax(layer(), y.data(), places.ints, spans.kernelSpan(), size(x.dim(1)));
    }

    @Override
    public void backward(Tensor y) { // of the largest window alone
      KERNELS
          .convolutions()
          .backwardMax(
              layer(), places.ints, y.required(), gradients(), spans.kernelSpan(), size(x.dim(1)));
    }
  }

  /// Which windows were the largest, for the backward pass, if there will be one.
  final class Places {
    private Ints ints = Ints.NONE; // (B,O)
  }
}
