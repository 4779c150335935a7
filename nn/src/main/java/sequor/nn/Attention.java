package sequor.nn;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// What a decoder takes from the states of an encoder at each of its steps. (B,T,Q) and (B,S,M) →
/// (B,T,M)
///
/// ```
/// e_s = qᵀ·m_s                        dot       (Luong et al. 2015, section 3.1), where Q = M
/// e_s = qᵀ·W·m_s                      general   (the same)
/// e_s = vᵀ·tanh(W·q + U·m_s + b)      additive  (Bahdanau et al. 2015, appendix A.1.2)
/// a = softmax(e)                      over the real steps alone
/// c = Σ_s a_s·m_s
/// ```
///
/// Parameters: of general `weight` (Q,M); of additive `query.weight` (A,Q), `key.weight` (A,M),
/// `key.bias` (A) and `energy.weight` (1,A).
public final class Attention implements NnModule {
  /// How well a step of the decoder and a state of the encoder go together.
  public enum Score {
    DOT,
    GENERAL,
    ADDITIVE
  }

  /// @param querySize Q, of the decoder's states
  /// @param memorySize M, of the encoder's
  /// @param size A, of what additive attention compares in; the others have none
  public record Config(Score score, int querySize, int memorySize, int size) {
    public Config {
      if (score == Score.DOT && querySize != memorySize) {
        throw new NnException(
            "attention: expected states of one size for dot, got %d and %d; take general, or make them"
                    .formatted(querySize, memorySize)
                + " alike");
      }
    }

    /// Additive attention compares in the size of the decoder's states.
    public static Config of(Score score, int querySize, int memorySize) {
      return new Config(score, querySize, memorySize, querySize);
    }
  }

  /// The states of the encoder, with what is made of them once.
  ///
  /// @param keys (B,S,Q), or (B,S,A) of additive
  /// @param values (B,S,M)
  /// @param hiding 0 where a state is real, else −∞ // (B,1,S)
  public record Memory(Tensor keys, Tensor values, Tensor hiding) {
    /// Some of the rows, any of them any number of times.
    public Memory select(Ids rows) {
      return new Memory(
          keys.indexSelect(0, rows), values.indexSelect(0, rows), hiding.indexSelect(0, rows));
    }
  }

  /// @param context (B,T,M)
  /// @param weights a // (B,T,S); zeros of a row that has no real state
  public record Output(Tensor context, Tensor weights) {}

  /// What additive attention has.
  private record Additive(Linear query, Linear key, Linear energy) implements NnModule {
    Tensor energies(Tensor queries, Tensor keys) {
      var asked = query.forward(queries).unsqueeze(2); // (B,T,1,A)
      var sums = asked.plus(keys.unsqueeze(1)).tanh(); // (B,T,S,A)
      return energy.forward(sums).squeeze(3); // (B,T,S)
    }

    @Override
    public Parts parts() {
      return Parts.of("query", query).and("key", key).and("energy", energy);
    }
  }

  private final Config config;
  private final Optional<Tensor> weight; // of general (Q,M)
  private final Optional<Additive> additive;

  public Attention(Config config, RandomGenerator random) {
    this.config = config;
    int q = config.querySize;
    int m = config.memorySize;
    weight =
        config.score == Score.GENERAL
            ? Optional.of(Init.byFanIn(random, m, q, m))
            : Optional.empty();
    additive =
        config.score == Score.ADDITIVE
            ? Optional.of(
                new Additive(
                    Linear.withoutBias(q, config.size, random),
                    new Linear(m, config.size, random),
                    Linear.withoutBias(config.size, 1, random)))
            : Optional.empty();
  }

  /// Makes states of an encoder ready.
  ///
  /// @param states (B,S,M)
  public Memory memory(Tensor states, Spans spans) {
    if (states.shape().rank() != 3 || states.dim(2) != config.memorySize) {
      throw new NnException(
          "attention: expected states (B,S,%d), got %s; give those of the encoder"
              .formatted(config.memorySize, states.shape()));
    }
    if (spans.batch() != states.dim(0) || spans.steps() != states.dim(1)) {
      throw new NnException(
          "attention: expected the spans of %d rows of %d steps, got those of %d rows of %d; give those"
                  .formatted(states.dim(0), states.dim(1), spans.batch(), spans.steps())
              + " of the states");
    }
    var keys =
        additive
            .map(layers -> layers.key.forward(states)) // (B,S,A)
            .or(() -> weight.map(states::linear)) // (B,S,Q)
            .orElse(states);
    return new Memory(keys, states, Hiding.of(spans));
  }

  /// What each step of a decoder takes.
  ///
  /// @param queries (B,T,Q)
  public Output forward(Tensor queries, Memory memory) {
    int rows = memory.values.dim(0);
    if (queries.shape().rank() != 3
        || queries.dim(0) != rows
        || queries.dim(2) != config.querySize) {
      throw new NnException(
          "attention: expected queries (%d,T,%d), got %s; give a row of them for each of the memory"
              .formatted(rows, config.querySize, queries.shape()));
    }
    var energies =
        additive
            .map(layers -> layers.energies(queries, memory.keys))
            .orElseGet(() -> queries.matmulTransposed(memory.keys)); // (B,T,S)
    var weights = energies.plus(memory.hiding).softmax(); // (B,T,S)
    Inspection.tell(this, Inspection.Looking.CROSS, weights.unsqueeze(1)); // (B,1,T,S)
    return new Output(weights.matmul(memory.values), weights);
  }

  @Override
  public Parts parts() {
    return weight
        .map(matrix -> Parts.of("weight", matrix))
        .or(() -> additive.map(Additive::parts))
        .orElseGet(Parts::none);
  }
}
