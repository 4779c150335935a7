package sequor.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
import sequor.nn.Init;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Reads a sequence and says after each step which token comes next.
///
/// ```
/// ids (B,T) → embedding (B,T,D) → recurrent layers (B,T,H) → logits of the next token (B,T,V)
/// ```
///
/// With labels it is conditioned on them through its initial state: every tensor of the state is
/// `tanh` of a linear map of the label's vector, which makes it a one-to-many model.
///
/// Tied, the weight of the output layer is the table of the embedding, and a state of another size
/// than a token's vector is projected first:
///
/// ```
/// logits = E·(P·h) + b       E (V,D), P (D,H), which is left out where D = H
/// ```
///
/// Source: Press and Wolf, *Using the output embedding to improve language models* (2017), sections
/// 2 and 4.
///
/// @param <S> the state of its recurrent layers
public final class LanguageModel<S extends RecurrentState<S>> implements NnModule {
  /// @param embeddingSize D
  /// @param labelSize of a label's vector, where there are labels
  /// @param tokenDropout the share of tokens whose whole vector is dropped
  /// @param embeddingDropout on the embedded tokens
  /// @param layerDropout between layers
  /// @param dropout before the logits
  /// @param tied whether the weight of the logits is that of the embedding
  public record Config(
      @Setting(value = "gru", about = CellKind.ABOUT) CellKind cell,
      @Setting(
              value = "64",
              min = 1,
              max = 1 << 14,
              about = "of a token's vector; with vectors, theirs")
          int embeddingSize,
      @Setting(value = "256", min = 1, max = 1 << 14, about = "of a state") int hiddenSize,
      @Setting(value = "1", min = 1, max = 64, about = "one on the other") int layers,
      @Setting(
              value = "32",
              min = 1,
              max = 1 << 14,
              about = "of a label's vector, where there are labels")
          int labelSize,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "share of tokens hidden in training")
          float tokenDropout,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "of the tokens' vectors")
          float embeddingDropout,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "between layers") float layerDropout,
      @Setting(value = "0.3", min = 0, max = 0.99, about = "before the logits") float dropout,
      @Setting(value = "false", about = "whether tokens have one vector, as they are read and said")
          boolean tied) {

    /// One layer, tokens of half the size.
    public static Config of(CellKind cell, int hiddenSize) {
      var standard = Settings.defaults(Config.class);
      return new Config(
          cell,
          Math.max(1, hiddenSize / 2),
          hiddenSize,
          1,
          standard.labelSize,
          0,
          0,
          0,
          standard.dropout,
          false);
    }

    /// This with token vectors of that size, as those of a file of vectors are.
    public Config withEmbeddingSize(int size) {
      return new Config(
          cell,
          size,
          hiddenSize,
          layers,
          labelSize,
          tokenDropout,
          embeddingDropout,
          layerDropout,
          dropout,
          tied);
    }

    /// One table for what is read and what is said.
    public Config withTied() {
      return new Config(
          cell,
          embeddingSize,
          hiddenSize,
          layers,
          labelSize,
          tokenDropout,
          embeddingDropout,
          layerDropout,
          dropout,
          true);
    }

    CellKind.Config recurrent() {
      return new CellKind.Config(
          cell, embeddingSize, hiddenSize, layers, false, layerDropout, Connection.PLAIN);
    }
  }

  /// The label's vector, and from it the tensors of the initial state.
  private record Condition(Embedding labels, List<Linear> states) implements NnModule {
    @Override
    public Parts parts() {
      var parts = Parts.of("labels", labels);
      for (int i = 0; i < states.size(); i++) {
        parts.and("state_" + i, states.get(i));
      }
      return parts;
    }
  }

  private final TokenEmbedding embedding;
  private final Recurrent<S> layers;
  private final Optional<Linear> projection; // P, where the model is tied and D is not H
  private final Linear head;
  private final List<Condition> condition; // one or none
  private final Config config;

  /// A model that has learned nothing yet.
  ///
  /// @param labels how many labels condition it; 0 for none
  public static LanguageModel<?> of(
      Config config, InputSize size, int labels, RandomGenerator random) {
    return new LanguageModel<>(
        config, size, labels, CellKind.build(config.recurrent(), random), random);
  }

  private LanguageModel(
      Config config, InputSize size, int labels, Recurrent<S> layers, RandomGenerator random) {
    this.config = config;
    this.layers = layers;
    embedding =
        new TokenEmbedding(
            size, config.embeddingSize, config.tokenDropout, config.embeddingDropout, random);
    int hidden = layers.hiddenSize();
    projection =
        config.tied && config.embeddingSize != hidden
            ? Optional.of(Linear.withoutBias(hidden, config.embeddingSize, random))
            : Optional.empty();
    head =
        config.tied
            ? new Linear(embedding.forOutput(size), Init.zeros(size.vocabulary()))
            : new Linear(hidden, size.vocabulary(), random);
    condition = labels == 0 ? List.of() : List.of(condition(labels, random));
  }

  private Condition condition(int labels, RandomGenerator random) {
    var states = new ArrayList<Linear>();
    for (var tensor : layers.zeroState(1).tensors()) {
      states.add(new Linear(config.labelSize, tensor.dim(-1), random));
    }
    return new Condition(new Embedding(labels, config.labelSize, random), states);
  }

  /// The state before the first token of rows with these labels, which an unconditioned model does
  /// not look at. // labels (B)
  public S initialState(Ids labels) {
    var zero = layers.zeroState(labels.shape().size());
    if (condition.isEmpty()) {
      return zero;
    }
    var vectors = condition.getFirst().labels().forward(labels); // (B,L)
    return zero.with(
        condition.getFirst().states().stream()
            .map(state -> state.forward(vectors).tanh()) // (B,H)
            .toList());
  }

  /// The hidden states, projected if need be, from which the logits of the token after each step
  /// follow by the [#head], and the state to go on from. // (B,T,H) or (B,T,D)
  public Recurrent.Output<S> forward(Ids ids, S state, Spans spans) {
    var x = embedding.forward(ids); // (B,T,D)
    var output = layers.forward(x, state, spans); // (B,T,H)
    var hidden = output.hidden();
    var said = projection.isPresent() ? projection.get().forward(hidden) : hidden; // (B,T,D)
    return new Recurrent.Output<>(said.dropout(config.dropout), output.last());
  }

  /// Reads a stretch of a longer text, from where the one before it ended. The gradient flows
  /// through the state; a copy of it cuts the gradient.
  ///
  /// @param state of the stretch before; empty for the first
  public Stretch stretch(Ids ids, List<Tensor> state, Spans spans) {
    var zero = layers.zeroState(ids.shape().dim(0));
    var output = forward(ids, state.isEmpty() ? zero : zero.with(state), spans);
    return new Stretch(output.hidden(), output.last().tensors());
  }

  /// The hidden states of whole sequences. // (B,T,H)
  ///
  /// @param labels (B), which an unconditioned model does not look at
  public Tensor hidden(Ids ids, Ids labels, Spans spans) {
    return forward(ids, initialState(labels), spans).hidden();
  }

  /// The logits of the token after what a state was carried through, of B rows. // (B,V)
  ///
  /// @param state as [#stretch] gave it
  public Tensor next(List<Tensor> state) {
    var rows = state.getFirst().dim(0);
    return head.forward(layers.zeroState(rows).with(state).output());
  }

  /// From hidden states to logits: (…,H) → (…,V).
  public Linear head() {
    return head;
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("embedding", embedding).and("layers", layers);
    projection.ifPresent(layer -> parts.and("projection", layer));
    parts.and("head", head);
    condition.forEach(one -> parts.and("condition", one));
    return parts;
  }
}
