package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.tensor.DotProductAttention;
import sequor.tensor.DotProductAttention.Part;
import sequor.tensor.DotProductAttention.Settings;
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
    if (Inspection.listens()) {
      return told(Inspection.Looking.SELF, look(x, spans));
    }
    check(x, spans);
    var all = x.linear(projection, projectionBias); // (B,T,3E)
    int size = config.size;
    return taken(
        new Part(all, 0), new Part(all, size), new Part(all, 2 * size), spans, spans, settings());
  }

  /// The same, and the weights by which it took, which in training are those after dropout: all of
  /// them, so its memory grows with the square of the steps.
  public Output look(Tensor x, Spans spans) {
    check(x, spans);
    int size = config.size;
    var all = x.linear(projection, projectionBias); // (B,T,3E)
    var hiding = config.causal ? Hiding.causal(spans) : Hiding.of(spans);
    return looked(
        all.slice(2, 0, size),
        all.slice(2, size, 2 * size),
        all.slice(2, 2 * size, 3 * size),
        hiding);
  }

  /// The keys and values of steps that others look at, which are made once and looked at often.
  ///
  /// @param states (B,S,E)
  public Memory memory(Tensor states) {
    int size = config.size;
    return new Memory(
        states.linear(
            projection.slice(0, size, 3 * size), projectionBias.slice(0, size, 3 * size)));
  }

  /// What each step takes from other steps, such as an encoder's, or from the past of its own row
  /// that it was told. // (B,T,E)
  ///
  /// @param x (B,T,E)
  /// @param spans which steps of the memory are real
  public Tensor forward(Tensor x, Memory memory, Spans spans) {
    if (Inspection.listens()) {
      return told(Inspection.Looking.CROSS, look(x, memory, spans));
    }
    var keys = new Part(memory.both, 0);
    var values = new Part(memory.both, config.size);
    var asking = Spans.full(x.dim(0), x.dim(1));
    var everything = new Settings(config.size, config.heads, config.dropout, false);
    return taken(new Part(queries(x), 0), keys, values, asking, spans, everything);
  }

  /// The same, and the weights by which it took.
  public Output look(Tensor x, Memory memory, Spans spans) {
    var keys = memory.both.slice(2, 0, config.size);
    var values = memory.both.slice(2, config.size, 2 * config.size);
    return looked(queries(x), keys, values, Hiding.of(spans));
  }

  private Tensor told(Inspection.Looking looking, Output looked) {
    Inspection.tell(this, looking, looked.weights); // (B,N,T,S)
    return looked.output;
  }

  private Tensor queries(Tensor x) {
    return x.linear(projection.slice(0, 0, config.size), projectionBias.slice(0, 0, config.size));
  }

  private Settings settings() {
    return new Settings(config.size, config.heads, config.dropout, config.causal);
  }

  private Tensor taken(
      Part queries, Part keys, Part values, Spans asking, Spans seen, Settings settings) {
    var taken = DotProductAttention.attend(queries, keys, values, asking, seen, settings);
    return output.forward(taken); // (B,T,E)
  }

  /// The equations step by step.
  ///
  /// @param q (B,T,E)
  /// @param k (B,S,E)
  /// @param v (B,S,E)
  /// @param hiding (B,1,S) or (B,T,S)
  private Output looked(Tensor q, Tensor k, Tensor v, Tensor hiding) {
    float scale = (float) (1 / Math.sqrt((double) config.size / config.heads));
    var scores = heads(q).times(scale).matmulTransposed(heads(k)); // (B,N,T,S)
    var weights = scores.plus(hiding.unsqueeze(1)).softmax().dropout(config.dropout);
    var taken = weights.matmul(heads(v)).transpose(1, 2).reshape(q.shape().dims()); // (B,T,E)
    return new Output(output.forward(taken), weights);
  }

  /// (B,T,E) → (B,N,T,D)
  private Tensor heads(Tensor x) {
    return x.reshape(x.dim(0), x.dim(1), config.heads, config.size / config.heads).transpose(1, 2);
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
  /// @param both keys and values beside each other, (B,S,2E)
  public record Memory(Tensor both) {
    /// This and what comes behind it: how a decoder keeps its past.
    public Memory and(Memory next) {
      return new Memory(Tensor.concat(1, List.of(both, next.both)));
    }

    /// Some of the rows, any of them any number of times.
    public Memory select(Ids rows) {
      return new Memory(both.indexSelect(0, rows));
    }

    /// S
    public int steps() {
      return both.dim(1);
    }
  }

  /// @param output (B,T,E)
  /// @param weights (B,N,T,S) row t says how much step t takes from each; zeros if there is none to
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
