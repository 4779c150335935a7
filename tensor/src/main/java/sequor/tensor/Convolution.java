package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Copies.View;
import sequor.kernels.Floats;
import sequor.kernels.Products.Linear;
import sequor.kernels.Products.Size;

/// A convolution over time: (B,T,D) with a weight (O,D,K) and a bias (O), or of length 0 for none,
/// → (B,T′,O), T′ = (T + 2·padding − dilation·(K−1) − 1) / stride + 1.
///
/// ```
/// y[b,t,o] = bias[o] + Σ x[b, t·stride + k·dilation − padding, d] · weight[o,d,k]
/// ```
///
/// with 0 for steps outside of x. The windows are laid out as rows (K·D) of a matrix, a chunk of
/// them at a time so that memory stays bounded, and multiplied by the weight: "im2col"
/// (Chellapilla, Puri and Simard 2006). The backward pass lays each chunk out again.
///
/// @param bias (O) or (0)
record Convolution(Tensor x, Tensor weight, Tensor bias, int stride, int padding, int dilation)
    implements Op {
  private static final int CHUNK = 1 << 20; // numbers of windows laid out at a time

  Convolution {
    Check.convolution(x.shape(), weight.shape(), bias.shape(), stride, padding, dilation);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x, weight, bias);
  }

  @Override
  public Shape shape() {
    return Shape.of(x.dim(0), steps(), outputs());
  }

  @Override
  public List<Tensor> saved(Tensor y) {
    return List.of(x, weight);
  }

  private int outputs() {
    return weight.dim(0);
  }

  private int kernel() {
    return weight.dim(2);
  }

  private int width() {
    return kernel() * x.dim(2);
  }

  private int steps() {
    return (paddedSteps() - dilation * (kernel() - 1) - 1) / stride + 1;
  }

  private int paddedSteps() {
    return x.dim(1) + 2 * padding;
  }

  @Override
  public void forward(Tensor y) {
    var memory = Tape.memory();
    var input = padded(memory);
    var weights = memory.floats(outputs() * width());
    KERNELS.copies().copy(weight.data(), weights, weightView()); // (O,K,D)
    var windows = memory.floats(mostRows() * width());
    var part = memory.floats(mostRows() * outputs());
    eachChunk(
        chunk -> {
          var result = chunk.isAll() ? y.data() : part;
          KERNELS.copies().copy(input, windows, chunk.windows()); // (rows,K·D)
          var size = Linear.of(chunk.rows(), width(), outputs());
          KERNELS.products().linear(windows, weights, bias.data(), result, size);
          if (!chunk.isAll()) {
            KERNELS.copies().copy(part, y.data(), chunk.results());
          }
        });
    release(memory, windows, weights, part);
    releasePadded(memory, input);
  }

  @Override
  public void backward(Tensor y) { // dW += dyᵀ·windows; dx[windows] += dy·W; db += Σ dy
    var memory = Tape.memory();
    if (bias.tracked() && bias.shape().size() > 0) {
      var sums = Layout.summing(y.shape(), bias.shape());
      KERNELS.copies().add(y.required(), bias.sink(), sums);
    }
    var weights = memory.floats(outputs() * width());
    KERNELS.copies().copy(weight.data(), weights, weightView()); // (O,K,D)
    var dWeights = memory.zeros(weight.tracked() ? outputs() * width() : 0);
    var input = weight.tracked() ? padded(memory) : Floats.NONE;
    var dInput = x.tracked() ? paddedSink(memory) : Floats.NONE;
    var windows = memory.floats(mostRows() * width());
    var part = memory.floats(mostRows() * outputs());
    eachChunk(
        chunk -> {
          var dy = chunk.isAll() ? y.required() : part;
          if (!chunk.isAll()) {
            KERNELS.copies().copy(y.required(), part, Layout.reversed(chunk.results()));
          }
          if (weight.tracked()) {
            KERNELS.copies().copy(input, windows, chunk.windows());
            var size = Size.of(outputs(), chunk.rows(), width()).transposingA().adding();
            KERNELS.products().matmul(dy, windows, dWeights, size);
          }
          if (x.tracked()) {
            var size = Size.of(chunk.rows(), outputs(), width());
            KERNELS.products().matmul(dy, weights, windows, size);
            for (int k = 0; k < kernel(); k++) { // windows overlap, their k-th steps do not
              KERNELS.copies().add(windows, dInput, chunk.steps(k));
            }
          }
        });
    if (weight.tracked()) {
      KERNELS.copies().add(dWeights, weight.sink(), Layout.reversed(weightView()));
      releasePadded(memory, input);
    }
    if (x.tracked() && padding > 0) {
      KERNELS.copies().add(dInput, x.sink(), Layout.reversed(paddingView()));
      memory.release(dInput);
    }
    release(memory, weights, dWeights, windows, part);
  }

  private static void release(Memory memory, Floats... buffers) {
    for (var buffer : buffers) {
      memory.release(buffer);
    }
  }

  /// `x` with its padding. // (B,T+2·padding,D)
  private Floats padded(Memory memory) {
    if (padding == 0) {
      return x.data();
    }
    var padded = memory.zeros(paddedSize());
    KERNELS.copies().copy(x.data(), padded, paddingView());
    return padded;
  }

  private void releasePadded(Memory memory, Floats input) {
    if (padding > 0) {
      memory.release(input);
    }
  }

  private Floats paddedSink(Memory memory) {
    return padding == 0 ? x.sink() : memory.zeros(paddedSize());
  }

  private int paddedSize() {
    return Check.size(x.dim(0), paddedSteps(), x.dim(2));
  }

  /// From `x` to the padded input.
  private View paddingView() {
    int d = x.dim(2);
    var strides = new int[] {paddedSteps() * d, d, 1};
    return new View(x.shape().dims(), 0, x.shape().strides(), padding * d, strides);
  }

  /// From (O,D,K) to (O,K,D).
  private View weightView() {
    int d = x.dim(2);
    int k = kernel();
    return new View(
        new int[] {outputs(), k, d}, 0, new int[] {d * k, 1, k}, 0, new int[] {d * k, d, 1});
  }

  // In chunks

  @FunctionalInterface
  private interface Work {
    void on(Chunk chunk);
  }

  /// How many windows are laid out at a time.
  private int mostRows() {
    int most = Math.max(1, CHUNK / Math.max(1, width()));
    return (int) Math.min(most, (long) x.dim(0) * steps());
  }

  private void eachChunk(Work work) {
    int most = Math.max(1, CHUNK / Math.max(1, width()));
    int together = Math.max(1, most / steps()); // sequences in a chunk
    for (int b = 0; b < x.dim(0); b += together) {
      int sequences = Math.min(together, x.dim(0) - b);
      for (int t = 0; t < steps(); t += most) {
        work.on(new Chunk(b, sequences, t, Math.min(most, steps() - t)));
      }
    }
  }

  /// The windows `from` to `from + count` of `sequences` sequences, from the `first` on.
  private final class Chunk {
    private final int first;
    private final int sequences;
    private final int from;
    private final int count;

    private Chunk(int first, int sequences, int from, int count) {
      this.first = first;
      this.sequences = sequences;
      this.from = from;
      this.count = count;
    }

    int rows() {
      return sequences * count;
    }

    boolean isAll() {
      return rows() == x.dim(0) * Convolution.this.steps();
    }

    /// From the padded input to the windows. // (sequences,count,K,D)
    View windows() {
      int d = x.dim(2);
      return new View(
          new int[] {sequences, count, kernel(), d},
          start(0),
          new int[] {paddedSteps() * d, stride * d, dilation * d, 1},
          0,
          new int[] {count * width(), width(), d, 1});
    }

    /// From the `k`-th steps of the windows to the padded input. // (sequences,count,D)
    View steps(int k) {
      int d = x.dim(2);
      return new View(
          new int[] {sequences, count, d},
          k * d,
          new int[] {count * width(), width(), 1},
          start(k),
          new int[] {paddedSteps() * d, stride * d, 1});
    }

    private int start(int k) {
      return (first * paddedSteps() + from * stride + k * dilation) * x.dim(2);
    }

    /// From the chunk's results to those of all.
    View results() {
      int at = (first * Convolution.this.steps() + from) * outputs();
      return new View(new int[] {rows() * outputs()}, 0, new int[] {1}, at, new int[] {1});
    }
  }
}
