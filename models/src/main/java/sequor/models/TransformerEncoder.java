package sequor.models;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.TransformerBlock;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Blocks of self-attention, in which each step looks at all others.
///
/// ```
/// x = E[ids] + P                                            (B,T,H)
/// x = block(x), L times; h = norm(x)                        see TransformerBlock
/// last = mean of h over the real steps                      (B,H)
/// ```
///
/// The norms stand before the layers. Positions count from a text's first token, so padding changes
/// nothing. Numbers are projected to H by a linear layer instead of the look-up, and so are token
/// vectors that have another size.
///
/// Sources: Vaswani et al., *Attention is all you need* (2017), section 3; Xiong et al., *On layer
/// normalization in the Transformer architecture* (2020).
public final class TransformerEncoder implements Encoder {
  /// How a step tells where it stands.
  public enum Positions {
    /// By waves of many lengths, for texts of any length.
    SINUSOIDAL,
    /// By a learned vector for each position; those beyond the last share its vector.
    LEARNED
  }

  /// @param hiddenSize H, which the heads divide
  /// @param layers L
  /// @param feedForwardSize of the inner layer of a block
  /// @param positionCount how many positions are learned, where they are
  /// @param embeddingSize of a token's vector before it is projected to H; 0 for H itself
  /// @param tokenDropout the share of tokens whose whole vector is dropped
  /// @param layerDropout of the attention's weights, of what each layer adds, and of the input
  public record Config(
      @Setting(value = "128", min = 1, max = 1 << 14, about = "of a token's vector, all through")
          int hiddenSize,
      @Setting(
              value = "4",
              min = 1,
              max = 1 << 10,
              about = "of the attention; they divide the size")
          int heads,
      @Setting(value = "2", min = 1, max = 64, about = "blocks, one on the other") int layers,
      @Setting(value = "256", min = 1, max = 1 << 16, about = "of the inner layer of a block")
          int feedForwardSize,
      @Setting(value = "sinusoidal", about = "sinusoidal or learned") Positions positions,
      @Setting(value = "512", min = 1, max = 1 << 20, about = "positions, if they are learned")
          int positionCount,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "share of tokens hidden in training")
          float tokenDropout,
      @Setting(value = "0.1", min = 0, max = 0.99, about = "in and between the layers")
          float layerDropout,
      @Setting(
              value = "0",
              min = 0,
              max = 1 << 14,
              about = "of a token's vector before a layer gives it that size; 0 for none")
          int embeddingSize)
      implements EncoderConfig {
    public Config {
      if (hiddenSize % heads != 0) {
        throw new ModelException(
            "encoder transformer: expected a hidden_size that the heads divide, got %d and %d heads;"
                    .formatted(hiddenSize, heads)
                + " take %d".formatted(Math.max(1, hiddenSize / heads) * heads));
      }
    }

    /// Two blocks with an inner layer of twice the size, and sinusoidal positions.
    public static Config of(int hiddenSize, int heads) {
      var standard = Settings.defaults(Config.class);
      return new Config(
          hiddenSize,
          heads,
          standard.layers,
          2 * hiddenSize,
          standard.positions,
          standard.positionCount,
          standard.tokenDropout,
          standard.layerDropout,
          standard.embeddingSize);
    }

    public Config withLayers(int layers, float layerDropout) {
      return new Config(
          hiddenSize,
          heads,
          layers,
          feedForwardSize,
          positions,
          positionCount,
          tokenDropout,
          layerDropout,
          embeddingSize);
    }

    /// So many learned positions.
    public Config withLearnedPositions(int count) {
      return new Config(
          hiddenSize,
          heads,
          layers,
          feedForwardSize,
          Positions.LEARNED,
          count,
          tokenDropout,
          layerDropout,
          embeddingSize);
    }

    /// Token vectors of another size than H are projected.
    @Override
    public Config withEmbeddingSize(int size) {
      return new Config(
          hiddenSize,
          heads,
          layers,
          feedForwardSize,
          positions,
          positionCount,
          tokenDropout,
          layerDropout,
          size);
    }

    /// D, of a token's vector.
    @Override
    public int tokenSize() {
      return embeddingSize == 0 ? hiddenSize : embeddingSize;
    }

    @Override
    public String kind() {
      return TransformerKind.NAME;
    }

    @Override
    public Encoder build(InputSize size, RandomGenerator random) {
      return new TransformerEncoder(this, size, random);
    }

    private TransformerBlock.Config block() {
      return TransformerBlock.Config.of(hiddenSize, heads)
          .withFeedForwardSize(feedForwardSize)
          .withDropout(layerDropout);
    }
  }

  private final Config config;
  private final Optional<TokenEmbedding> embedding; // of ids
  private final Optional<Linear> projection; // of numbers, and of vectors of another size
  private final StepPositions positions;
  private final Blocks blocks;
  private final LayerNorm norm;

  private TransformerEncoder(Config config, InputSize size, RandomGenerator random) {
    this.config = config;
    boolean numbers = size.width() > 0;
    embedding =
        numbers
            ? Optional.empty()
            : Optional.of(
                new TokenEmbedding(size, config.tokenSize(), config.tokenDropout, 0, random));
    int width = numbers ? size.width() : config.tokenSize();
    projection =
        numbers || width != config.hiddenSize
            ? Optional.of(new Linear(width, config.hiddenSize, random))
            : Optional.empty();
    positions = StepPositions.of(config.positions, config.positionCount, config.hiddenSize, random);
    blocks =
        new Blocks(
            IntStream.range(0, config.layers)
                .mapToObj(i -> new TransformerBlock(config.block(), random))
                .toList());
    norm = new LayerNorm(config.hiddenSize);
  }

  @Override
  public int hiddenSize() {
    return config.hiddenSize;
  }

  @Override
  public Encoded encode(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    var x = input(inputs, spans); // (B,T,H)
    for (var block : blocks.all) {
      x = block.forward(x, spans);
    }
    var hidden = norm.forward(x).maskedFill(padding(spans), 0); // (B,T,H)
    return new Encoded(hidden, spans, Pooling.mean(hidden, spans));
  }

  private Tensor input(Inputs inputs, Spans spans) {
    var x =
        embedding.isPresent()
            ? embedded(embedding.get().forward(inputs.ids(Inputs.TEXT)))
            : projected(
                StepVectors.dropped(inputs.numbers(Inputs.TEXT), config.tokenDropout, 0), spans);
    return x.plus(positions.of(spans)).dropout(config.layerDropout); // (B,T,H)
  }

  private Tensor embedded(Tensor x) {
    return projection.isPresent() ? projection.get().forward(x) : x; // (B,T,H)
  }

  /// Padding may hold anything, and counts as 0.
  private Tensor projected(Tensor numbers, Spans spans) {
    return projection.orElseThrow().forward(numbers.maskedFill(padding(spans), 0)); // (B,T,H)
  }

  private static Tensor padding(Spans spans) {
    return spans.mask().unsqueeze(2).lessThan(1); // (B,T,1)
  }

  /// Their names are `0`, `1`, …
  private record Blocks(List<TransformerBlock> all) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.numbered(all);
    }
  }

  @Override
  public Parts parts() {
    var parts = Parts.none();
    embedding.ifPresent(table -> parts.and("embedding", table));
    projection.ifPresent(layer -> parts.and("projection", layer));
    return parts.and(positions.parts()).and("layers", blocks).and("norm", norm);
  }
}
