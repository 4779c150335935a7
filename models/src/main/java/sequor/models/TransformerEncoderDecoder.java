package sequor.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.nn.Activation;
import sequor.nn.Init;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.nn.MultiHeadAttention;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.TransformerBlock;
import sequor.nn.TransformerDecoderBlock;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Blocks of attention that read, and others that say.
///
/// ```
/// m = encoder blocks(√H·E_x[source] + P)        (B,S,H)
/// h = decoder blocks(√H·E_y[told] + P, m)       (B,T,H), each step sees those before it
/// p = softmax(W·h + b)
/// ```
///
/// While it says token by token, each block keeps the keys and values of the steps before, so that
/// a step costs what one step costs.
///
/// Sources: Vaswani et al., *Attention is all you need* (2017), section 3; Xiong et al., *On layer
/// normalization in the Transformer architecture* (2020).
public final class TransformerEncoderDecoder implements EncoderDecoder {
  /// @param hiddenSize H, which the heads divide
  /// @param layers that read
  /// @param decoderLayers that say; 0 for as many
  /// @param feedForwardSize of the inner layer of a block
  /// @param normFirst whether the norms stand before the layers or behind the sums
  /// @param attentionDropout of the weights of the attention
  /// @param layerDropout of what each layer adds, of the inner layer, and of the input
  /// @param tied whether the table of the target is the head's weight too
  public record Config(
      @Setting(value = "256", min = 1, max = 1 << 14, about = "of a token's vector, all through")
          int hiddenSize,
      @Setting(
              value = "4",
              min = 1,
              max = 1 << 10,
              about = "of the attention; they divide the size")
          int heads,
      @Setting(value = "3", min = 1, max = 64, about = "blocks that read") int layers,
      @Setting(value = "0", min = 0, max = 64, about = "blocks that say; 0 for as many")
          int decoderLayers,
      @Setting(value = "1024", min = 1, max = 1 << 16, about = "of the inner layer of a block")
          int feedForwardSize,
      @Setting(value = "relu", about = "of the inner layer: relu, gelu, tanh, sigmoid or silu")
          Activation activation,
      @Setting(value = "true", about = "norms before the layers, else behind the sums")
          boolean normFirst,
      @Setting(value = "sinusoidal", about = "sinusoidal or learned")
          TransformerEncoder.Positions positions,
      @Setting(value = "512", min = 1, max = 1 << 20, about = "positions, if they are learned")
          int positionCount,
      @Setting(value = "0.1", min = 0, max = 0.99, about = "of the attention's weights")
          float attentionDropout,
      @Setting(value = "0.1", min = 0, max = 0.99, about = "in and between the layers")
          float layerDropout,
      @Setting(value = "true", about = "one table for tokens that are told and said") boolean tied,
      @Setting(value = "false", about = "one table for both languages, of a joint vocabulary")
          boolean shared)
      implements EncoderDecoderConfig {
    public Config {
      if (hiddenSize % heads != 0) {
        throw new ModelException(
            "architecture transformer: expected a hidden_size that the heads divide, got %d and %d"
                    .formatted(hiddenSize, heads)
                + " heads; take %d".formatted(Math.max(1, hiddenSize / heads) * heads));
      }
    }

    /// So many blocks that read, and as many that say, with an inner layer of four times the size.
    public static Config of(int hiddenSize, int heads, int layers) {
      var standard = Settings.defaults(Config.class);
      return new Config(
          hiddenSize,
          heads,
          layers,
          0,
          4 * hiddenSize,
          standard.activation,
          standard.normFirst,
          standard.positions,
          standard.positionCount,
          standard.attentionDropout,
          standard.layerDropout,
          standard.tied,
          standard.shared);
    }

    /// The same with norms there, those positions, and one dropout everywhere.
    public Config with(boolean first, TransformerEncoder.Positions kind, float everywhere) {
      return new Config(
          hiddenSize,
          heads,
          layers,
          decoderLayers,
          feedForwardSize,
          activation,
          first,
          kind,
          positionCount,
          everywhere,
          everywhere,
          tied,
          shared);
    }

    /// The same with tables of these kinds.
    public Config withTables(boolean oneForBothSides, boolean oneForBothLanguages) {
      return new Config(
          hiddenSize,
          heads,
          layers,
          decoderLayers,
          feedForwardSize,
          activation,
          normFirst,
          positions,
          positionCount,
          attentionDropout,
          layerDropout,
          oneForBothSides,
          oneForBothLanguages);
    }

    @Override
    public String kind() {
      return TransformerEncoderDecoderKind.NAME;
    }

    @Override
    public EncoderDecoder build(InputSize source, InputSize target, RandomGenerator random) {
      return new TransformerEncoderDecoder(this, source, target, random);
    }

    private TransformerBlock.Config block() {
      return new TransformerBlock.Config(
          MultiHeadAttention.Config.of(hiddenSize, heads).withDropout(attentionDropout),
          feedForwardSize,
          activation,
          layerDropout,
          normFirst,
          LayerNorm.EPSILON);
    }

    private int saying() {
      return decoderLayers == 0 ? layers : decoderLayers;
    }
  }

  private final Config config;
  private final SourceSteps source;
  private final TokenEmbedding target; // (V,H)
  private final StepPositions sourcePositions;
  private final StepPositions targetPositions;
  private final Blocks<TransformerBlock> encoder;
  private final Blocks<TransformerDecoderBlock> decoder;
  private final LayerNorm encoderNorm;
  private final LayerNorm decoderNorm;
  private final Linear head;

  private TransformerEncoderDecoder(
      Config config, InputSize read, InputSize said, RandomGenerator random) {
    this.config = config;
    int h = config.hiddenSize;
    target = new TokenEmbedding(said, h, 0, 0, random);
    source = config.shared ? SourceSteps.of(target) : SourceSteps.of(read, h, 0, random);
    var table = target.forOutput(said); // both are scaled up again where they are read
    if (!config.shared) {
      source.table().ifPresent(ids -> ids.forOutput(read));
    }
    sourcePositions = StepPositions.of(config.positions, config.positionCount, h, random);
    targetPositions = StepPositions.of(config.positions, config.positionCount, h, random);
    encoder = Blocks.of(config.layers, () -> new TransformerBlock(config.block(), random));
    decoder = Blocks.of(config.saying(), () -> new TransformerDecoderBlock(config.block(), random));
    encoderNorm = new LayerNorm(h);
    decoderNorm = new LayerNorm(h);
    head =
        config.tied
            ? new Linear(table, Init.zeros(said.vocabulary()))
            : new Linear(h, said.vocabulary(), random);
  }

  /// Their names are `0`, `1`, …
  private record Blocks<M extends NnModule>(List<M> all) implements NnModule {
    static <M extends NnModule> Blocks<M> of(int count, Supplier<M> block) {
      return new Blocks<>(IntStream.range(0, count).mapToObj(_ -> block.get()).toList());
    }

    @Override
    public Parts parts() {
      return Parts.numbered(all);
    }
  }

  @Override
  public Sources read(Ids ids, Spans spans) {
    return read(scaled(source.of(ids)), sourcePositions.of(spans), spans);
  }

  @Override
  public Sources read(Tensor steps, Spans spans) {
    return read(source.of(steps), sourcePositions.of(spans), spans);
  }

  /// @param vectors of each step // (B,S,H)
  private Sources read(Tensor vectors, Tensor positions, Spans spans) {
    var x = vectors.plus(positions).dropout(config.layerDropout);
    for (var block : encoder.all) {
      x = block.forward(x, spans);
    }
    var memory = config.normFirst ? encoderNorm.forward(x) : x;
    return new Read(
        memory, decoder.all.stream().map(block -> block.source(memory, spans)).toList());
  }

  private Tensor told(Ids ids, Tensor positions) {
    return scaled(target.forward(ids)).plus(positions).dropout(config.layerDropout);
  }

  private Tensor scaled(Tensor embedded) {
    return embedded.times((float) Math.sqrt(config.hiddenSize));
  }

  private Tensor normalised(Tensor x) {
    return config.normFirst ? decoderNorm.forward(x) : x;
  }

  /// Sources as each block of the decoder looks at them.
  private final class Read implements Sources {
    private final Tensor states; // (B,S,H)
    private final List<TransformerDecoderBlock.Source> sources;

    Read(Tensor states, List<TransformerDecoderBlock.Source> sources) {
      this.states = states;
      this.sources = sources;
    }

    @Override
    public Tensor hidden(Ids told, Spans spans) {
      var x = told(told, targetPositions.of(spans)); // (B,T,H)
      for (int l = 0; l < sources.size(); l++) {
        x = decoder.all.get(l).forward(x, spans, sources.get(l));
      }
      return normalised(x);
    }

    @Override
    public Tensor states() {
      return states;
    }

    @Override
    public Decoding begin() {
      return new Told(sources, List.of(), 0);
    }
  }

  /// What was said so far, as each block sees it.
  private final class Told implements Decoding {
    private final List<TransformerDecoderBlock.Source> sources;
    private final List<MultiHeadAttention.Memory> past; // none before the first token
    private final int steps;

    Told(
        List<TransformerDecoderBlock.Source> sources,
        List<MultiHeadAttention.Memory> past,
        int steps) {
      this.sources = sources;
      this.past = past;
      this.steps = steps;
    }

    @Override
    public int rows() {
      return sources.getFirst().spans().batch();
    }

    @Override
    public Step step(int... tokens) {
      var x = told(Ids.of(tokens, rows(), 1), targetPositions.at(steps)); // (B,1,H)
      var seen = new ArrayList<MultiHeadAttention.Memory>();
      Optional<Tensor> weights = Optional.empty();
      for (int l = 0; l < sources.size(); l++) {
        var block = decoder.all.get(l);
        var own = block.seen(x);
        var all = past.isEmpty() ? own : past.get(l).and(own);
        seen.add(all);
        var output = block.step(x, all, sources.get(l));
        x = output.output();
        weights = Optional.of(output.weights());
      }
      var logits = head.forward(normalised(x).squeeze(1)); // (B,V)
      return new Step(
          logits,
          weights.map(heads -> heads.squeeze(2).mean(1)), // of the last block, (B,S)
          new Told(sources, seen, steps + 1));
    }

    @Override
    public Decoding select(int... rows) {
      var ids = Ids.of(rows);
      return new Told(
          sources.stream().map(each -> each.select(rows)).toList(),
          past.stream().map(each -> each.select(ids)).toList(),
          steps);
    }
  }

  @Override
  public Linear head() {
    return head;
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("target", target).and("source", source.part());
    sourcePositions.table().ifPresent(table -> parts.and("source_positions", table));
    targetPositions.table().ifPresent(table -> parts.and("target_positions", table));
    parts.and("encoder", encoder).and("decoder", decoder);
    if (config.normFirst) {
      parts.and("encoder_norm", encoderNorm).and("decoder_norm", decoderNorm);
    }
    return parts.and("head", head);
  }
}
