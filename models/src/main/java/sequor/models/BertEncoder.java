package sequor.models;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.nn.Activation;
import sequor.nn.Embedding;
import sequor.nn.Init;
import sequor.nn.Inspection;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.nn.MultiHeadAttention;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.TransformerBlock;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// BERT: blocks of self-attention that can begin as others have trained them.
///
/// ```
/// x = norm(E[ids] + P[0, 1, …] + S[types])                  (B,T,H)
/// h = block(x), L times, norms behind the sums              see TransformerBlock
/// last = h[first step], or tanh(W·h[first step] + b)        (B,H)
/// ```
///
/// The first step is that of `[CLS]`, which stands before every text and learns to speak for it.
/// Types tell two texts apart that are read together: 0 up to the mark between them, 1 behind it.
/// DistilBERT is the same without types and without the layer of its own that `last` goes through.
///
/// Sources: Devlin et al., *BERT: Pre-training of deep bidirectional Transformers* (2019), section
/// 3; Sanh et al., *DistilBERT* (2019), section 3.
public final class BertEncoder implements Encoder {
  private static final float DEVIATION = 0.02f; // of what is drawn (Devlin et al. 2019, in code)

  /// @param pretrained a folder with a published encoder, or one that was pre-trained here, whose
  ///   sizes then hold; empty for one that has learned nothing
  /// @param hiddenSize H, which the heads divide
  /// @param layers L
  /// @param feedForwardSize of the inner layer of a block
  /// @param positionCount the most steps it reads
  /// @param types how many there are; 0 for none
  /// @param pooler whether `last` goes through a layer of its own
  /// @param epsilon of the norms
  /// @param attentionDropout of the attention's weights
  /// @param layerDropout of what each layer adds, of the inner layer, and of the input
  public record Config(
      @Setting(
              value = "",
              about =
                  "folder of a published BERT, or a run of pretrain, to begin as; its sizes hold")
          String pretrained,
      @Setting(value = "128", min = 1, max = 1 << 14, about = "of a token's vector, all through")
          int hiddenSize,
      @Setting(
              value = "2",
              min = 1,
              max = 1 << 10,
              about = "of the attention; they divide the size")
          int heads,
      @Setting(value = "2", min = 1, max = 64, about = "blocks, one on the other") int layers,
      @Setting(value = "512", min = 1, max = 1 << 16, about = "of the inner layer of a block")
          int feedForwardSize,
      @Setting(value = "gelu", about = "of the inner layer: gelu, gelu_tanh, relu or silu")
          Activation activation,
      @Setting(
              value = "512",
              min = 1,
              max = 1 << 20,
              about = "the most tokens it reads, with marks")
          int positionCount,
      @Setting(value = "2", min = 0, max = 16, about = "vectors that tell two texts apart, or 0")
          int types,
      @Setting(value = "false", about = "whether [CLS] goes through a layer of its own at the end")
          boolean pooler,
      @Setting(value = "1e-12", min = 0, max = 1, about = "of the norms") float epsilon,
      @Setting(value = "0.1", min = 0, max = 0.99, about = "of the attention's weights")
          float attentionDropout,
      @Setting(value = "0.1", min = 0, max = 0.99, about = "in and between the layers")
          float layerDropout)
      implements EncoderConfig {
    public Config {
      if (hiddenSize % heads != 0) {
        throw new ModelException(
            "encoder bert: expected a hidden_size that the heads divide, got %d and %d heads; take %d"
                .formatted(hiddenSize, heads, Math.max(1, hiddenSize / heads) * heads));
      }
    }

    /// So many blocks with an inner layer of four times the size, which have learned nothing.
    public static Config of(int hiddenSize, int heads, int layers) {
      var standard = Settings.defaults(Config.class);
      return new Config(
          standard.pretrained,
          hiddenSize,
          heads,
          layers,
          4 * hiddenSize,
          standard.activation,
          standard.positionCount,
          standard.types,
          standard.pooler,
          standard.epsilon,
          standard.attentionDropout,
          standard.layerDropout);
    }

    /// One that begins as that of a folder, whose sizes hold.
    public static Config pretrained(String folder) {
      var standard = Settings.defaults(Config.class);
      return new Config(
          folder,
          standard.hiddenSize,
          standard.heads,
          standard.layers,
          standard.feedForwardSize,
          standard.activation,
          standard.positionCount,
          standard.types,
          standard.pooler,
          standard.epsilon,
          standard.attentionDropout,
          standard.layerDropout);
    }

    /// One of other sizes that begins, drops and ends as this one.
    public Config withSizesOf(Config other) {
      return new Config(
          pretrained,
          other.hiddenSize,
          other.heads,
          other.layers,
          other.feedForwardSize,
          other.activation,
          other.positionCount,
          other.types,
          pooler,
          other.epsilon,
          attentionDropout,
          layerDropout);
    }

    /// So many types, and that end.
    public Config with(int typeCount, boolean withPooler) {
      return new Config(
          pretrained,
          hiddenSize,
          heads,
          layers,
          feedForwardSize,
          activation,
          positionCount,
          typeCount,
          withPooler,
          epsilon,
          attentionDropout,
          layerDropout);
    }

    /// One dropout everywhere.
    public Config withDropout(float everywhere) {
      return new Config(
          pretrained,
          hiddenSize,
          heads,
          layers,
          feedForwardSize,
          activation,
          positionCount,
          types,
          pooler,
          epsilon,
          everywhere,
          everywhere);
    }

    @Override
    public int tokenSize() {
      return hiddenSize;
    }

    @Override
    public int mostSteps() {
      return positionCount;
    }

    @Override
    public String kind() {
      return BertKind.NAME;
    }

    @Override
    public BertEncoder build(InputSize size, RandomGenerator random) {
      return new BertEncoder(this, size, random);
    }

    private TransformerBlock.Config block() {
      return new TransformerBlock.Config(
          MultiHeadAttention.Config.of(hiddenSize, heads).withDropout(attentionDropout),
          feedForwardSize,
          activation,
          layerDropout,
          false,
          epsilon);
    }
  }

  private final Config config;
  private final InputSize size;
  private final Embedding words; // (V,H)
  private final Embedding positions; // (P,H)
  private final Optional<Embedding> types; // (S,H)
  private final LayerNorm norm;
  private final Blocks blocks;
  private final Optional<Linear> pooler; // (H,H)

  private BertEncoder(Config config, InputSize size, RandomGenerator random) {
    if (size.width() > 0 || size.vectors().isPresent()) {
      throw new ModelException(
          "encoder bert: expected ids of tokens whose vectors it has itself, got %s; take another"
                  .formatted(size.width() > 0 ? "numbers" : "a file of vectors")
              + " encoder, such as transformer");
    }
    this.config = config;
    this.size = size;
    words = new Embedding(size.vocabulary(), config.hiddenSize, random);
    positions = new Embedding(config.positionCount, config.hiddenSize, random);
    types =
        config.types == 0
            ? Optional.empty()
            : Optional.of(new Embedding(config.types, config.hiddenSize, random));
    norm = new LayerNorm(config.hiddenSize, config.epsilon);
    blocks =
        new Blocks(
            IntStream.range(0, config.layers)
                .mapToObj(i -> new TransformerBlock(config.block(), random))
                .toList());
    pooler =
        config.pooler
            ? Optional.of(new Linear(config.hiddenSize, config.hiddenSize, random))
            : Optional.empty();
    initialize(this, random);
  }

  /// Weights are drawn as BERT's are, and biases begin as 0.
  static void initialize(NnModule module, RandomGenerator random) {
    module
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.shape().rank() == 2) {
                parameter.assign(Init.normal(random, DEVIATION, parameter.shape().dims()));
              } else if (name.endsWith("bias")) {
                parameter.assign(new float[parameter.shape().size()]);
              }
            });
  }

  public Config config() {
    return config;
  }

  /// The table of the tokens' vectors (V,H), to say tokens with too.
  public Tensor table() {
    return words.weight();
  }

  @Override
  public int hiddenSize() {
    return config.hiddenSize;
  }

  @Override
  public Encoded encode(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    var x = input(inputs.ids(Inputs.TEXT), spans); // (B,T,H)
    for (var block : blocks.all) {
      x = block.forward(x, spans);
    }
    var hidden = x.maskedFill(spans.mask().unsqueeze(2).lessThan(1), 0); // (B,T,H)
    return new Encoded(hidden, spans, last(hidden, spans));
  }

  private Tensor input(Ids ids, Spans spans) {
    var places = new int[spans.batch() * spans.steps()];
    for (int b = 0; b < spans.batch(); b++) {
      requireRoom(spans.length(b));
      for (int p = 0; p < spans.length(b); p++) {
        places[b * spans.steps() + spans.start(b) + p] = p;
      }
    }
    var x =
        Inspection.read(words.forward(ids))
            .plus(positions.forward(Ids.of(places, spans.batch(), spans.steps()))); // (B,T,H)
    var typed = types.map(table -> table.forward(types(ids, spans)));
    return norm.forward(typed.map(x::plus).orElse(x)).dropout(config.layerDropout);
  }

  private void requireRoom(int length) {
    if (length > config.positionCount) {
      throw new ModelException(
          "encoder bert: expected at most %d tokens, marks among them, got %d; cut texts (max_length)"
              .formatted(config.positionCount, length));
    }
  }

  /// 0 up to the first mark between two texts, and 1 behind it. // (B,T)
  private Ids types(Ids ids, Spans spans) {
    int[] all = new int[spans.batch() * spans.steps()];
    if (size.between().isPresent() && config.types > 1) {
      int[] read = ids.toArray();
      for (int b = 0; b < spans.batch(); b++) {
        int type = 0;
        for (int t = spans.start(b); t < spans.end(b); t++) {
          int at = b * spans.steps() + t;
          all[at] = read[at] == size.pad() ? 0 : type;
          type = read[at] == size.between().getAsInt() ? 1 : type;
        }
      }
    }
    return Ids.of(all, spans.batch(), spans.steps());
  }

  /// Of each row's first real step; zeros of an empty row. // (B,H)
  private Tensor last(Tensor hidden, Spans spans) {
    int[] rows = new int[spans.batch()];
    float[] filled = new float[rows.length];
    for (int b = 0; b < rows.length; b++) {
      rows[b] = b * spans.steps() + Math.min(spans.start(b), spans.steps() - 1);
      filled[b] = Math.min(1, spans.length(b));
    }
    var first =
        hidden
            .reshape(rows.length * spans.steps(), config.hiddenSize)
            .indexSelect(0, Ids.of(rows)); // (B,H)
    var spoken = pooler.map(layer -> layer.forward(first).tanh()).orElse(first);
    return spoken.times(Tensor.of(filled, rows.length, 1));
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
    var parts = Parts.of("words", words).and("positions", positions);
    types.ifPresent(table -> parts.and("types", table));
    parts.and("norm", norm).and("layers", blocks);
    pooler.ifPresent(layer -> parts.and("pooler", layer));
    return parts;
  }
}
