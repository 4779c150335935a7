package sequor.nn;

import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// What the next layer of a [Stacked] reads: made, step by step, of what the layer below has read
/// and given.
public interface Bridge {
  /// @param x (B,T,D) what the layer has read
  /// @param hidden (B,T,H) what it has given
  /// @return (B,T,H); what it holds where a step is not real means nothing
  Tensor forward(Tensor x, Tensor hidden, Spans spans);

  /// The parameters, with a suffix that says behind which layer it stands: `_l0`.
  Parts parts(String suffix);

  /// What the layer has given, as it is.
  static Bridge plain() {
    return new Plain();
  }

  /// What the layer has given, normalised at each step (Ba et al. 2016), with `norm_weight` and
  /// `norm_bias` (H).
  static Bridge layerNorm(int hiddenSize) {
    return new Norm(new LayerNorm(hiddenSize));
  }

  /// See [#plain()].
  record Plain() implements Bridge {
    @Override
    public Tensor forward(Tensor x, Tensor hidden, Spans spans) {
      return hidden;
    }

    @Override
    public Parts parts(String suffix) {
      return Parts.none();
    }
  }

  /// See [#layerNorm(int)].
  record Norm(LayerNorm norm) implements Bridge {
    @Override
    public Tensor forward(Tensor x, Tensor hidden, Spans spans) {
      return norm.forward(hidden);
    }

    @Override
    public Parts parts(String suffix) {
      return Parts.of("norm_weight" + suffix, norm.parameter("weight"))
          .and("norm_bias" + suffix, norm.parameter("bias"));
    }
  }
}
