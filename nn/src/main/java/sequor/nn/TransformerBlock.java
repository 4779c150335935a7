package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// One block of a Transformer: attention, then two linear layers a step, each added to what it
/// read. (B,T,E) → (B,T,E)
///
/// ```
/// a = x + attention(norm₁(x))              norm first (Xiong et al. 2020)
/// y = a + W₂·f(W₁·norm₂(a) + b₁) + b₂
///
/// a = norm₁(x + attention(x))              norm last (Vaswani et al. 2017)
/// y = norm₂(a + W₂·f(W₁·a + b₁) + b₂)
/// ```
///
/// It is PyTorch's `nn.TransformerEncoderLayer` with `batch_first`, and has its parameters:
/// `self_attn`, `linear1` (F,E), `linear2` (E,F), `norm1`, `norm2`. With norm first, what the last
/// block of several gives has to be normalised.
public final class TransformerBlock implements NnModule {
  private final Config config;
  private final MultiHeadAttention attention;
  private final Linear linear1; // (F,E)
  private final Linear linear2; // (E,F)
  private final LayerNorm norm1;
  private final LayerNorm norm2;

  public TransformerBlock(Config config, RandomGenerator random) {
    this.config = config;
    attention = new MultiHeadAttention(config.attention, random);
    int size = config.attention.size();
    linear1 = new Linear(size, config.feedForwardSize, random);
    linear2 = new Linear(config.feedForwardSize, size, random);
    norm1 = new LayerNorm(size, config.epsilon);
    norm2 = new LayerNorm(size, config.epsilon);
  }

  /// What is given for steps that are padding means nothing.
  public Tensor forward(Tensor x, Spans spans) {
    if (config.normFirst) {
      var a = x.plus(attend(norm1.forward(x), spans));
      return a.plus(feedForward(norm2.forward(a))); // (B,T,E)
    }
    var a = norm1.forward(x.plus(attend(x, spans)));
    return norm2.forward(a.plus(feedForward(a))); // (B,T,E)
  }

  private Tensor attend(Tensor x, Spans spans) {
    return attention.forward(x, spans).dropout(config.dropout);
  }

  private Tensor feedForward(Tensor x) {
    var inner = config.activation.forward(linear1.forward(x)).dropout(config.dropout); // (B,T,F)
    return linear2.forward(inner).dropout(config.dropout); // (B,T,E)
  }

  /// The attention inside, to look at its weights.
  public MultiHeadAttention attention() {
    return attention;
  }

  @Override
  public Parts parts() {
    return Parts.of("self_attn", attention)
        .and("linear1", linear1)
        .and("linear2", linear2)
        .and("norm1", norm1)
        .and("norm2", norm2);
  }

  /// @param feedForwardSize F
  /// @param activation f
  /// @param dropout of what is added and of the inner layer
  /// @param normFirst whether the norms stand before the layers or behind the sums
  /// @param epsilon of the norms
  public record Config(
      MultiHeadAttention.Config attention,
      int feedForwardSize,
      Activation activation,
      float dropout,
      boolean normFirst,
      float epsilon) {
    public Config {
      if (feedForwardSize < 1) {
        throw new NnException(
            "transformer: expected a feed-forward size of 1 or more, got %d; four times the size is"
                    .formatted(feedForwardSize)
                + " usual");
      }
      new Dropout(dropout); // says so if it cannot be
    }

    /// Norm first, GELU, an inner layer of four times the size, and no dropout.
    public static Config of(int size, int heads) {
      return new Config(
          MultiHeadAttention.Config.of(size, heads),
          4 * size,
          Activation.GELU,
          0,
          true,
          LayerNorm.EPSILON);
    }

    /// The same dropout everywhere, in the attention's weights too.
    public Config withDropout(float p) {
      return new Config(
          attention.withDropout(p), feedForwardSize, activation, p, normFirst, epsilon);
    }

    public Config withFeedForwardSize(int size) {
      return new Config(attention, size, activation, dropout, normFirst, epsilon);
    }

    public Config withActivation(Activation f) {
      return new Config(attention, feedForwardSize, f, dropout, normFirst, epsilon);
    }

    public Config withNormLast() {
      return new Config(attention, feedForwardSize, activation, dropout, false, epsilon);
    }

    public Config withEpsilon(float other) {
      return new Config(attention, feedForwardSize, activation, dropout, normFirst, other);
    }

    /// One that sees the past alone, as a language model's must.
    public Config withCausal() {
      return new Config(
          attention.withCausal(), feedForwardSize, activation, dropout, normFirst, epsilon);
    }
  }
}
