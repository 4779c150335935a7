package sequor.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Attention;
import sequor.nn.Init;
import sequor.nn.Linear;
import sequor.nn.Parts;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Recurrent layers that read, and others that say, with attention or without.
///
/// ```
/// m, s₀ = encoder(E_x[source])                     states (B,S,H), and the last one of each layer
/// s_t   = decoder(E_y[y_t], s_{t−1})               or decoder([E_y[y_t]; h_{t−1}]) where it is fed
/// h_t   = tanh(W_c·[c_t; s_t])                     c_t: what attention takes of m, asked by s_t
/// p     = softmax(W·h_t + b)
/// ```
///
/// Without attention `h_t = s_t`. The decoder begins where the encoder ended; one that reads both
/// ways has half of H each way, and its two states stand side by side.
///
/// Sources: Sutskever et al., *Sequence to sequence learning with neural networks* (2014); Bahdanau
/// et al., *Neural machine translation by jointly learning to align and translate* (2015); Luong et
/// al., *Effective approaches to attention-based neural machine translation* (2015), section 3,
/// with input feeding as in its 3.3.
///
/// @param <S> the decoder's state
public final class RecurrentEncoderDecoder<S extends RecurrentState<S>> implements EncoderDecoder {
  /// How the decoder looks at the source.
  public enum Looking {
    NONE,
    DOT,
    GENERAL,
    ADDITIVE
  }

  /// @param hiddenSize H
  /// @param feeding whether what was said at a step is an input of the next (Luong et al. 3.3)
  /// @param embeddingDropout on the embedded tokens
  /// @param layerDropout between layers
  /// @param dropout before the head
  /// @param tied whether the table of the target is the head's weight too
  public record Config(
      @Setting(value = "gru", about = CellKind.ABOUT) CellKind cell,
      @Setting(value = "128", min = 1, max = 1 << 14, about = "of a token's vector")
          int embeddingSize,
      @Setting(
              value = "256",
              min = 1,
              max = 1 << 14,
              about = "of the decoder, and of what the encoder gives")
          int hiddenSize,
      @Setting(value = "1", min = 1, max = 64, about = "that read, and as many that say")
          int layers,
      @Setting(value = "true", about = "whether it reads both ways, with half the size each")
          boolean bidirectional,
      @Setting(value = "general", about = "to what was read: none, dot, general or additive")
          Looking attention,
      @Setting(value = "false", about = "whether what was said is read at the next step")
          boolean feeding,
      @Setting(value = "0.2", min = 0, max = 0.99, about = "of the tokens' vectors")
          float embeddingDropout,
      @Setting(value = "0.2", min = 0, max = 0.99, about = "between layers") float layerDropout,
      @Setting(value = "0.2", min = 0, max = 0.99, about = "before the head") float dropout,
      @Setting(value = "false", about = "one table for tokens that are told and said") boolean tied,
      @Setting(value = "false", about = "one table for both languages, of a joint vocabulary")
          boolean shared)
      implements EncoderDecoderConfig {
    public Config {
      if (bidirectional && hiddenSize % 2 != 0) {
        throw new ModelException(
            "architecture recurrent: expected an even hidden_size where it reads both ways, got %d; take"
                    .formatted(hiddenSize)
                + " %d".formatted(hiddenSize + 1));
      }
    }

    /// One layer that reads both ways and is looked at by general attention, tokens of half the
    /// size.
    public static Config of(CellKind cell, int hiddenSize) {
      var standard = Settings.defaults(Config.class);
      return new Config(
          cell,
          Math.max(1, hiddenSize / 2),
          hiddenSize,
          1,
          true,
          Looking.GENERAL,
          false,
          standard.embeddingDropout,
          standard.layerDropout,
          standard.dropout,
          false,
          false);
    }

    /// The same with other attention.
    public Config withAttention(Looking other, boolean fed) {
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          layers,
          bidirectional,
          other,
          fed,
          embeddingDropout,
          layerDropout,
          dropout,
          tied,
          shared);
    }

    /// The same with so many layers, and one dropout everywhere.
    public Config withLayers(int count, float everywhere) {
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          count,
          bidirectional,
          attention,
          feeding,
          everywhere,
          everywhere,
          everywhere,
          tied,
          shared);
    }

    /// The same with one table for what is told and what is said, and, if shared, for both
    /// languages.
    public Config withTied(boolean both) {
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          layers,
          bidirectional,
          attention,
          feeding,
          embeddingDropout,
          layerDropout,
          dropout,
          true,
          both);
    }

    /// The same that reads from left to right alone.
    public Config oneWay() {
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          layers,
          false,
          attention,
          feeding,
          embeddingDropout,
          layerDropout,
          dropout,
          tied,
          shared);
    }

    @Override
    public String kind() {
      return RecurrentEncoderDecoderKind.NAME;
    }

    @Override
    public EncoderDecoder build(InputSize source, InputSize target, RandomGenerator random) {
      return new RecurrentEncoderDecoder<>(
          this, source, target, CellKind.build(decoder(), random), random);
    }

    private CellKind.Config encoder() {
      int each = bidirectional ? hiddenSize / 2 : hiddenSize;
      return new CellKind.Config(
          cell, embeddingSize, each, layers, bidirectional, layerDropout, Connection.PLAIN);
    }

    private CellKind.Config decoder() {
      int reads = embeddingSize + (feeding ? saidSize() : 0);
      return new CellKind.Config(
          cell, reads, hiddenSize, layers, false, layerDropout, Connection.PLAIN);
    }

    /// Of what the head reads.
    private int saidSize() {
      return tied ? embeddingSize : hiddenSize;
    }
  }

  private final Config config;
  private final SourceSteps source;
  private final TokenEmbedding target; // (V,D)
  private final Recurrent<?> encoder;
  private final Recurrent<S> decoder;
  private final Optional<Attention> attention;
  private final Optional<Linear> joined; // W_c, or what makes a state as wide as a token's vector
  private final Linear head;

  private RecurrentEncoderDecoder(
      Config config, InputSize read, InputSize said, Recurrent<S> decoder, RandomGenerator random) {
    this.config = config;
    this.decoder = decoder;
    int d = config.embeddingSize;
    int h = config.hiddenSize;
    int wide = config.saidSize();
    target = new TokenEmbedding(said, d, 0, config.embeddingDropout, random);
    source =
        config.shared
            ? SourceSteps.of(target)
            : SourceSteps.of(read, d, config.embeddingDropout, random);
    encoder = CellKind.build(config.encoder(), random);
    attention =
        config.attention == Looking.NONE
            ? Optional.empty()
            : Optional.of(
                new Attention(
                    Attention.Config.of(Attention.Score.valueOf(config.attention.name()), h, h),
                    random));
    joined =
        attention.isPresent()
            ? Optional.of(Linear.withoutBias(2 * h, wide, random))
            : h == wide ? Optional.empty() : Optional.of(Linear.withoutBias(h, wide, random));
    head =
        config.tied
            ? new Linear(target.forOutput(said), Init.zeros(said.vocabulary()))
            : new Linear(h, said.vocabulary(), random);
  }

  @Override
  public Sources read(Ids ids, Spans spans) {
    return read(encoder, source.of(ids), spans);
  }

  @Override
  public Sources read(Tensor steps, Spans spans) {
    return read(encoder, source.of(steps), spans);
  }

  /// @param x (B,S,D)
  private <E extends RecurrentState<E>> Sources read(Recurrent<E> layers, Tensor x, Spans spans) {
    var output = layers.forward(x, spans); // (B,S,H)
    var memory = attention.map(layer -> layer.memory(output.hidden(), spans));
    return new Read(output.hidden(), memory, began(output.last().tensors(), spans.batch()));
  }

  /// The decoder's first state: the encoder's last, both directions side by side.
  private S began(List<Tensor> last, int batch) {
    var zero = decoder.zeroState(batch);
    if (!config.bidirectional) {
      return zero.with(last);
    }
    int each = zero.tensors().size() / config.layers; // tensors of a layer's state
    var began = new ArrayList<Tensor>();
    for (int i = 0; i < zero.tensors().size(); i++) {
      int forward = 2 * each * (i / each) + i % each;
      began.add(Tensor.concat(1, List.of(last.get(forward), last.get(forward + each)))); // (B,H)
    }
    return zero.with(began);
  }

  /// h_t of states of the decoder. // (B,T,H)
  private Said said(Tensor states, Optional<Attention.Memory> memory) {
    if (memory.isEmpty()) {
      var wide = joined.isPresent() ? joined.get().forward(states) : states;
      return new Said(wide, Optional.empty());
    }
    var looked = attention.orElseThrow().forward(states, memory.get());
    var both = Tensor.concat(-1, List.of(looked.context(), states)); // (B,T,2H)
    return new Said(
        joined.orElseThrow().forward(both).tanh(), Optional.of(looked.weights())); // (B,T,H)
  }

  /// @param weights (B,T,S)
  private record Said(Tensor hidden, Optional<Tensor> weights) {}

  /// A source as the decoder begins with it.
  private final class Read implements Sources {
    private final Tensor states; // (B,S,H)
    private final Optional<Attention.Memory> memory;
    private final S initial;

    Read(Tensor states, Optional<Attention.Memory> memory, S initial) {
      this.states = states;
      this.memory = memory;
      this.initial = initial;
    }

    @Override
    public Tensor hidden(Ids told, Spans spans) {
      if (config.feeding) {
        return fed(told).dropout(config.dropout);
      }
      var states = decoder.forward(target.forward(told), initial, spans).hidden(); // (B,T,H)
      return said(states, memory).hidden().dropout(config.dropout);
    }

    /// Step by step, for each reads what was said before it.
    private Tensor fed(Ids told) {
      var x = target.forward(told); // (B,T,D)
      var now = first();
      var all = new ArrayList<Tensor>();
      for (int t = 0; t < x.dim(1); t++) {
        now = now.after(x.slice(1, t, t + 1)).next;
        all.add(now.fed); // (B,1,H)
      }
      return Tensor.concat(1, all); // (B,T,H)
    }

    private Told first() {
      int rows = initial.tensors().getFirst().dim(0);
      return new Told(memory, initial, Tensor.zeros(rows, 1, config.saidSize()));
    }

    @Override
    public Tensor states() {
      return states;
    }

    @Override
    public Decoding begin() {
      return first();
    }
  }

  /// What was said so far.
  private final class Told implements Decoding {
    private final Optional<Attention.Memory> memory;
    private final S state;
    private final Tensor fed; // h_{t−1} (B,1,H)

    Told(Optional<Attention.Memory> memory, S state, Tensor fed) {
      this.memory = memory;
      this.state = state;
      this.fed = fed;
    }

    @Override
    public int rows() {
      return fed.dim(0);
    }

    /// @param x one token a row, embedded (B,1,D)
    After<Told> after(Tensor x) {
      var reads = config.feeding ? Tensor.concat(-1, List.of(x, fed)) : x;
      var output = decoder.forward(reads, state, Spans.full(rows(), 1)); // (B,1,H)
      var said = said(output.hidden(), memory);
      return new After<>(new Told(memory, output.last(), said.hidden()), said.weights());
    }

    @Override
    public Step step(int... tokens) {
      var after = after(target.forward(Ids.of(tokens, rows(), 1)));
      var logits = head.forward(after.next.fed.squeeze(1)); // (B,V)
      return new Step(logits, after.weights.map(weights -> weights.squeeze(1)), after.next);
    }

    @Override
    public Decoding select(int... rows) {
      var ids = Ids.of(rows);
      var tensors = state.tensors().stream().map(tensor -> tensor.indexSelect(0, ids)).toList();
      return new Told(
          memory.map(some -> some.select(ids)), state.with(tensors), fed.indexSelect(0, ids));
    }
  }

  /// One step further, and by which weights. // (B,1,S)
  private record After<T>(T next, Optional<Tensor> weights) {}

  @Override
  public Linear head() {
    return head;
  }

  @Override
  public Parts parts() {
    var parts =
        Parts.of("target", target)
            .and("source", source.part())
            .and("encoder", encoder)
            .and("decoder", decoder);
    attention.ifPresent(layer -> parts.and("attention", layer));
    joined.ifPresent(layer -> parts.and("joined", layer));
    return parts.and("head", head);
  }
}
