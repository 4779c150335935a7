package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Convolution;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A convolution over time: each output step sees a window of K input steps. (B,T,D) → (B,T′,O)
/// with T′ = (T + 2·padding − dilation·(K−1) − 1) / stride + 1. Time is the second axis, as
/// everywhere here; the parameters are PyTorch's.
public final class Conv1d implements Layer {
  private final Config config;
  private final Tensor weight; // (O,D,K)
  private final Tensor bias; // (O), or (0) for none

  /// One step after the other, with a bias and without padding.
  public Conv1d(int inSize, int outSize, int kernelSize, RandomGenerator random) {
    this(Config.of(inSize, outSize, kernelSize), random);
  }

  public Conv1d(Config config, RandomGenerator random) {
    this.config = config;
    int fanIn = config.inSize * config.kernelSize;
    weight = Init.byFanIn(random, fanIn, config.outSize, config.inSize, config.kernelSize);
    bias = config.bias ? Init.byFanIn(random, fanIn, config.outSize) : Tensor.zeros(0);
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.conv1d(weight, bias, config.stride, config.padding, config.dilation); // (B,T′,O)
  }

  /// One window for each real step, with the step in its middle, and 0 for the others: what
  /// PyTorch's `padding='same'` gives each row alone, (K−1)·dilation/2 zeros before it, rounded
  /// down, and the others behind. (B,T,D) → (B,T,O)
  ///
  /// @throws NnException if this layer has a stride or a padding of its own
  public Tensor forward(Tensor x, Spans spans) {
    checkCentered();
    return Convolution.same(x, weight, bias, config.dilation, spans);
  }

  /// The same through ReLU, in one operation. (B,T,D) → (B,T,O)
  public Tensor forwardRelu(Tensor x, Spans spans) {
    checkCentered();
    return Convolution.sameRelu(x, weight, bias, config.dilation, spans);
  }

  /// The largest of each row's windows through ReLU, and 0 for an empty row, in one operation: max
  /// over time (Collobert et al. 2011, section 3.2.2). (B,T,D) → (B,O)
  public Tensor reluMax(Tensor x, Spans spans) {
    checkCentered();
    return Convolution.reluMax(x, weight, bias, config.dilation, spans);
  }

  private void checkCentered() {
    if (config.stride != 1 || config.padding != 0) {
      throw new NnException(
          "conv1d: expected stride 1 and padding 0 where there are spans, got %d and %d; leave them"
                  .formatted(config.stride, config.padding)
              + " out, rows are padded by themselves");
    }
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("weight", weight);
    return config.bias ? parts.and("bias", bias) : parts;
  }

  /// @param inSize D
  /// @param outSize O
  /// @param kernelSize K, the steps of a window
  /// @param stride how many steps apart windows begin
  /// @param padding how many zeros are put before the first and after the last step
  /// @param dilation how many steps apart those of a window are
  /// @param bias whether there is one
  public record Config(
      int inSize,
      int outSize,
      int kernelSize,
      int stride,
      int padding,
      int dilation,
      boolean bias) {
    public Config {
      atLeast(1, "kernelSize", kernelSize);
      atLeast(1, "stride", stride);
      atLeast(0, "padding", padding);
      atLeast(1, "dilation", dilation);
    }

    /// Stride and dilation 1, no padding, a bias.
    public static Config of(int inSize, int outSize, int kernelSize) {
      return new Config(inSize, outSize, kernelSize, 1, 0, 1, true);
    }

    public Config withStride(int steps) {
      return new Config(inSize, outSize, kernelSize, steps, padding, dilation, bias);
    }

    public Config withPadding(int steps) {
      return new Config(inSize, outSize, kernelSize, stride, steps, dilation, bias);
    }

    public Config withDilation(int steps) {
      return new Config(inSize, outSize, kernelSize, stride, padding, steps, bias);
    }

    public Config withoutBias() {
      return new Config(inSize, outSize, kernelSize, stride, padding, dilation, false);
    }

    private static void atLeast(int least, String what, int got) {
      if (got < least) {
        throw new NnException("conv1d: %s must be %d or more, got %d".formatted(what, least, got));
      }
    }
  }
}
