package sequor.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Reads a sequence and says after each step which token comes next.
///
/// ```
/// ids (B,T) → embedding (B,T,D) → recurrent layers (B,T,H) → scores of the next token (B,T,V)
/// ```
///
/// With labels it is conditioned on them through its initial state: every tensor of the state is
/// `tanh` of a linear map of the label's vector, which makes it a one-to-many model.
///
/// @param <S> the state of its recurrent layers
final class LanguageModel<S extends RecurrentState<S>> implements NnModule {
  /// @param vocabularySize V
  /// @param labels how many labels condition it; 0 for none
  /// @param labelSize the size of a label's vector
  /// @param layers the recurrent layers; their input size D is the embedding's
  /// @param tokenDropout the share of tokens whose whole vector is dropped
  /// @param embeddingDropout on the embedded tokens
  /// @param dropout before the scores
  record Config(
      int vocabularySize,
      int labels,
      int labelSize,
      CellKind.Config layers,
      float tokenDropout,
      float embeddingDropout,
      float dropout) {

    /// The section `model` of a recipe.
    static Config of(Settings model, int vocabularySize, int labels) {
      return new Config(
          vocabularySize,
          labels,
          model.wholeNumber("label_size", 1, 1 << 14),
          new CellKind.Config(
              model.choice("cell", CellKind.class),
              model.wholeNumber("embedding_size", 1, 1 << 14),
              model.wholeNumber("hidden_size", 1, 1 << 14),
              model.wholeNumber("layers", 1, 64),
              false,
              model.number("layer_dropout", 0, 0.99)),
          model.number("token_dropout", 0, 0.99),
          model.number("embedding_dropout", 0, 0.99),
          model.number("dropout", 0, 0.99));
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
  private final Linear head;
  private final List<Condition> condition; // one or none
  private final Config config;

  static LanguageModel<?> of(Config config, RandomGenerator random) {
    return new LanguageModel<>(config, CellKind.build(config.layers, random), random);
  }

  private LanguageModel(Config config, Recurrent<S> layers, RandomGenerator random) {
    this.config = config;
    this.layers = layers;
    embedding =
        new TokenEmbedding(
            config.vocabularySize,
            config.layers.inputSize(),
            config.tokenDropout,
            config.embeddingDropout,
            random);
    head = new Linear(layers.hiddenSize(), config.vocabularySize, random);
    condition = config.labels == 0 ? List.of() : List.of(condition(random));
  }

  private Condition condition(RandomGenerator random) {
    var states = new ArrayList<Linear>();
    for (var tensor : layers.zeroState(1).tensors()) {
      states.add(new Linear(config.labelSize, tensor.dim(-1), random));
    }
    return new Condition(new Embedding(config.labels, config.labelSize, random), states);
  }

  /// The state before the first token of rows with these labels, which an unconditioned model does
  /// not look at. // labels (B)
  S initialState(Ids labels) {
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

  /// Scores of the token after each step, and the state to go on from. // (B,T,V)
  Recurrent.Output<S> forward(Ids ids, S state, Spans spans) {
    var x = embedding.forward(ids); // (B,T,D)
    var output = layers.forward(x, state, spans); // (B,T,H)
    var scores = head.forward(output.hidden().dropout(config.dropout)); // (B,T,V)
    return new Recurrent.Output<>(scores, output.last());
  }

  /// Scores of the token after each step of whole sequences. // (B,T,V)
  Tensor scores(Ids ids, Ids labels, Spans spans) {
    return forward(ids, initialState(labels), spans).hidden();
  }

  /// Reads one text step by step: takes the ids that come next, any number of them, and gives the
  /// probabilities of the token after them. // (V)
  ///
  /// @param label what the text is conditioned on
  Function<int[], Tensor> reader(int label) {
    return new Function<>() {
      private S state = initialState(Ids.of(new int[] {label}));

      @Override
      public Tensor apply(int[] ids) {
        int steps = ids.length;
        var output = forward(Ids.of(ids, 1, steps), state, Spans.full(1, steps)); // (1,T,V)
        state = output.last();
        return output.hidden().select(1, steps - 1).select(0, 0).softmax();
      }
    };
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("embedding", embedding).and("layers", layers).and("head", head);
    condition.forEach(one -> parts.and("condition", one));
    return parts;
  }
}
