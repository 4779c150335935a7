package sequor.models;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.nn.Conv1d;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Tensor;

/// Sees windows of neighboring steps, of several widths: quick, and good where a few words beside
/// each other tell the answer.
///
/// ```
/// ids (B,T) → embedding x (B,T,D)
/// h[t] = concat over widths K of relu(W_K · [x_{t−(K−1)/2} … x_{t+K/2}] + b_K)      (B,T,H)
/// last = max over t of h[t]                                                       (B,H)
/// ```
///
/// There is a window for each step, also in a text shorter than the window: what lies outside of
/// the text counts as 0, as Kim pads too. Of numbers the windows see the column as it is.
///
/// Source: Kim, *Convolutional neural networks for sentence classification* (2014), section 2.
public final class ConvolutionEncoder implements Encoder {
  /// @param embeddingSize D, of ids
  /// @param filters how many numbers each width gives
  /// @param widths of the windows, in steps
  /// @param tokenDropout the share of tokens whose whole vector is dropped
  /// @param embeddingDropout on the embedded tokens
  public record Config(
      @Setting(
              value = "64",
              min = 1,
              max = 1 << 14,
              about = "of a token's vector; with vectors, theirs")
          int embeddingSize,
      @Setting(value = "100", min = 1, max = 1 << 14, about = "numbers that each width gives")
          int filters,
      @Setting(value = "[3, 4, 5]", min = 1, max = 1 << 10, about = "of the windows, in tokens")
          List<Integer> widths,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "share of tokens hidden in training")
          float tokenDropout,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "of the tokens' vectors")
          float embeddingDropout)
      implements EncoderConfig {
    public Config {
      widths = List.copyOf(widths);
      if (widths.isEmpty()) {
        throw new ModelException(
            "encoder convolution: expected one width at least, got none; write some, such as [3,"
                + " 4, 5]");
      }
    }

    /// Windows of 3, 4 and 5 steps.
    public static Config of(int embeddingSize, int filters) {
      var standard = Settings.defaults(Config.class);
      return new Config(
          embeddingSize,
          filters,
          standard.widths,
          standard.tokenDropout,
          standard.embeddingDropout);
    }

    public Config withWidths(Integer... widths) {
      return new Config(embeddingSize, filters, List.of(widths), tokenDropout, embeddingDropout);
    }

    @Override
    public Config withEmbeddingSize(int size) {
      return new Config(size, filters, widths, tokenDropout, embeddingDropout);
    }

    @Override
    public int tokenSize() {
      return embeddingSize;
    }

    @Override
    public String kind() {
      return ConvolutionKind.NAME;
    }

    @Override
    public Encoder build(InputSize size, RandomGenerator random) {
      return new ConvolutionEncoder(this, size, random);
    }
  }

  private final StepVectors vectors;
  private final Windows windows;
  private final int hiddenSize;

  private ConvolutionEncoder(Config config, InputSize size, RandomGenerator random) {
    vectors =
        StepVectors.of(
            size, config.embeddingSize, config.tokenDropout, config.embeddingDropout, random);
    windows =
        new Windows(
            config.widths.stream()
                .map(width -> new Conv1d(vectors.width(), config.filters, width, random))
                .toList());
    hiddenSize = config.filters * config.widths.size();
  }

  /// Their names are `0`, `1`, …
  private record Windows(List<Conv1d> layers) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.numbered(layers);
    }
  }

  @Override
  public int hiddenSize() {
    return hiddenSize;
  }

  @Override
  public Encoded encode(Inputs inputs) {
    var x = vectors.of(inputs); // (B,T,D)
    var spans = inputs.spans(Inputs.TEXT);
    var hidden =
        Tensor.concat(
            -1, windows.layers.stream().map(layer -> layer.forwardRelu(x, spans)).toList());
    var last = // padding is 0, and nothing is below
        spans.steps() == 0 ? Tensor.zeros(spans.batch(), hiddenSize) : hidden.max(1);
    return new Encoded(hidden, spans, last);
  }

  /// The largest alone, in one operation for each width.
  @Override
  public Tensor last(Inputs inputs) {
    var x = vectors.of(inputs); // (B,T,D)
    var spans = inputs.spans(Inputs.TEXT);
    return Tensor.concat(
        -1, windows.layers.stream().map(layer -> layer.reluMax(x, spans)).toList()); // (B,H)
  }

  @Override
  public Parts parts() {
    return vectors.parts().and("convolutions", windows);
  }
}
