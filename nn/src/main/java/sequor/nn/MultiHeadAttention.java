package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Attention of several heads: each step takes from all real steps what it asks for. (B,T,E) →
/// (B,T,E)
///
/// ```
/// Q, K, V = x·W_q + b_q, x·W_k + b_k, x·W_v + b_v, each cut into N heads of D = E/N
/// A = softmax(Q·Kᵀ / √D)        over the real steps alone
/// y = concat(A·V)·W_o + b_o
/// ```
///
/// (Vaswani et al. 2017, section 3.2.) A step that is padding is seen by none, so a padded row gets
/// the answer that it gets alone; what is given for such a step itself means nothing. With `causal`
/// a step sees itself and those before it.
///
/// Parameters are those of PyTorch's `nn.MultiheadAttention`: `in_proj_weight` (3E,E) holds `W_q`,
/// `W_k` and `W_v` one below the other.
public final class MultiHeadAttention implements NnModule {
  private final Config config;
  private final Tensor projection; // (3E,E)
  private final Tensor projectionBias; // (3E)
  private final Linear output; // (E,E)

  /// @param size E
  /// @param heads N, which divides E
  public MultiHeadAttention(int size, int heads, RandomGenerator random) {
    this(Config.of(size, heads), random);
  }

  public MultiHeadAttention(Config config, RandomGenerator random) {
    this.config = config;
    int size = config.size;
    projection = Init.xavierUniform(random, 3 * size, size);
    projectionBias = Init.zeros(3 * size);
    output = new Linear(Init.byFanIn(random, size, size, size), Init.zeros(size));
  }

  /// What each step takes from the others of its row. // (B,T,E)
  public Tensor forward(Tensor x, Spans spans) {
    return look(x, spans).output();
  }

  /// The same, and the weights by which it took, which in training are those after dropout.
  public Output look(Tensor x, Spans spans) {
    check(x, spans);
    int batch = x.dim(0);
    int steps = x.dim(1);
    int width = config.size / config.heads;
    var heads =
        x.linear(projection, projectionBias) // (B,T,3E)
            .reshape(batch, steps, 3, config.heads, width)
            .permute(2, 0, 3, 1, 4); // (3,B,N,T,D)
    var q = heads.select(0, 0).times((float) (1 / Math.sqrt(width))); // (B,N,T,D)
    var k = heads.select(0, 1);
    var v = heads.select(0, 2);
    var hiding = config.causal ? Hiding.causal(spans) : Hiding.of(spans);
    return taken(q.matmulTransposed(k).plus(hiding.unsqueeze(1)), v); // (B,N,T,T)
  }

  /// The keys and values of steps that others look at, which are made once and looked at often.
  ///
  /// @param states (B,S,E)
  public Memory memory(Tensor states) {
    int size = config.size;
    var both =
        states
            .linear(projection.slice(0, size, 3 * size), projectionBias.slice(0, size, 3 * size))
            .reshape(states.dim(0), states.dim(1), 2, config.heads, size / config.heads)
            .permute(2, 0, 3, 1, 4); // (2,B,N,S,D)
    return new Memory(both.select(0, 0), both.select(0, 1));
  }

  /// What each step takes from other steps, such as an encoder's, or from the past of its own row
  /// that it was told.
  ///
  /// @param x (B,T,E)
  /// @param spans which steps of the memory are real
  public Output look(Tensor x, Memory memory, Spans spans) {
    int width = config.size / config.heads;
    var q =
        x.linear(projection.slice(0, 0, config.size), projectionBias.slice(0, 0, config.size))
            .reshape(x.dim(0), x.dim(1), config.heads, width)
            .transpose(1, 2) // (B,N,T,D)
            .times((float) (1 / Math.sqrt(width)));
    var hiding = Hiding.of(spans).unsqueeze(1); // (B,1,1,S)
    return taken(q.matmulTransposed(memory.keys).plus(hiding), memory.values);
  }

  /// @param scores (B,N,T,S)
  /// @param values (B,N,S,D)
  private Output taken(Tensor scores, Tensor values) {
    var weights = scores.softmax().dropout(config.dropout);
    var taken =
        weights
            .matmul(values)
            .transpose(1, 2)
            .reshape(scores.dim(0), scores.dim(2), config.size); // (B,T,E)
    return new Output(output.forward(taken), weights);
  }

  private void check(Tensor x, Spans spans) {
    if (x.shape().rank() != 3 || x.dim(2) != config.size) {
      throw new NnException(
          "attention: expected (B,T,%d), got %s; project the input to that size"
              .formatted(config.size, x.shape()));
    }
    if (spans.batch() != x.dim(0) || spans.steps() != x.dim(1)) {
      throw new NnException(
          "attention: expected spans of %d rows and %d steps, got %d and %d; give the input's own"
              .formatted(x.dim(0), x.dim(1), spans.batch(), spans.steps()));
    }
  }

  @Override
  public Parts parts() {
    return Parts.of("in_proj_weight", projection)
        .and("in_proj_bias", projectionBias)
        .and("out_proj", output);
  }

  /// What is looked at.
  ///
  /// @param keys (B,N,S,D)
  /// @param values (B,N,S,D)
  public record Memory(Tensor keys, Tensor values) {
    /// This and what comes behind it: how a decoder keeps its past.
    public Memory and(Memory next) {
      return new Memory(
          Tensor.concat(2, List.of(keys, next.keys)),
          Tensor.concat(2, List.of(values, next.values)));
    }

    /// Some of the rows, any of them any number of times.
    public Memory select(Ids rows) {
      return new Memory(keys.indexSelect(0, rows), values.indexSelect(0, rows));
    }

    /// S
    public int steps() {
      return keys.dim(2);
    }
  }

  /// @param output (B,T,E)
  /// @param weights (B,N,T,T) row t says how much step t takes from each; zeros if there is none to
  ///   take from
  public record Output(Tensor output, Tensor weights) {}

  /// @param size E
  /// @param heads N, which divides E
  /// @param dropout of the weights
  /// @param causal whether a step sees only itself and those before it
  public record Config(int size, int heads, float dropout, boolean causal) {
    public Config {
      if (heads < 1 || size < 1 || size % heads != 0) {
        throw new NnException(
            "attention: expected a size that the heads divide, got %d and %d heads; try %d"
                .formatted(
                    size, heads, Math.max(1, heads) * Math.max(1, size / Math.max(1, heads))));
      }
      new Dropout(dropout); // says so if it cannot be
    }

    /// Without dropout, and seeing in both directions.
    public static Config of(int size, int heads) {
      return new Config(size, heads, 0, false);
    }

    public Config withDropout(float p) {
      return new Config(size, heads, p, causal);
    }

    /// One that sees the past alone, as a language model's must.
    public Config withCausal() {
      return new Config(size, heads, dropout, true);
    }
  }
}
