package sequor.nn;

import java.util.random.RandomGenerator;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// One block of a Transformer's decoder: attention to its own past, attention to what an encoder
/// gave, then two linear layers a step, each added to what it read. (B,T,E) → (B,T,E)
///
/// ```
/// a = x + attention(norm₁(x)); c = a + cross(norm₂(a), memory)     norm first
/// y = c + W₂·f(W₁·norm₃(c) + b₁) + b₂
///
/// a = norm₁(x + attention(x)); c = norm₂(a + cross(a, memory))     norm last
/// y = norm₃(c + W₂·f(W₁·c + b₁) + b₂)
/// ```
///
/// (Vaswani et al. 2017, section 3.1.) It is PyTorch's `nn.TransformerDecoderLayer` with
/// `batch_first`, and has its parameters: `self_attn`, `multihead_attn`, `linear1` (F,E), `linear2`
/// (E,F), `norm1`, `norm2`, `norm3`.
public final class TransformerDecoderBlock implements NnModule {
  private final TransformerBlock.Config config;
  private final MultiHeadAttention attention;
  private final MultiHeadAttention cross;
  private final Linear linear1; // (F,E)
  private final Linear linear2; // (E,F)
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final LayerNorm norm3;

  /// Its own steps see the past alone, whatever the config says.
  public TransformerDecoderBlock(TransformerBlock.Config config, RandomGenerator random) {
    this.config = config;
    attention = new MultiHeadAttention(config.attention().withCausal(), random);
    cross = new MultiHeadAttention(config.attention(), random);
    int size = config.attention().size();
    linear1 = new Linear(size, config.feedForwardSize(), random);
    linear2 = new Linear(config.feedForwardSize(), size, random);
    norm1 = new LayerNorm(size);
    norm2 = new LayerNorm(size);
    norm3 = new LayerNorm(size);
  }

  /// What an encoder gave, as this block looks at it.
  ///
  /// @param spans which of its steps are real
  public record Source(MultiHeadAttention.Memory memory, Spans spans) {
    /// Some of the rows, any of them any number of times.
    public Source select(int... rows) {
      int[] starts = new int[rows.length];
      int[] ends = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        starts[i] = spans.start(rows[i]);
        ends[i] = spans.end(rows[i]);
      }
      return new Source(memory.select(Ids.of(rows)), Spans.of(starts, ends, spans.steps()));
    }
  }

  /// @param output (B,T,E)
  /// @param weights of the attention to the source // (B,N,T,S)
  public record Output(Tensor output, Tensor weights) {}

  /// Makes what an encoder gave ready for this block.
  ///
  /// @param states (B,S,E)
  public Source source(Tensor states, Spans spans) {
    return new Source(cross.memory(states), spans);
  }

  /// All steps at once; what is given for steps that are padding means nothing. // (B,T,E)
  ///
  /// @param x (B,T,E)
  public Tensor forward(Tensor x, Spans spans, Source source) {
    var a =
        config.normFirst()
            ? x.plus(dropped(attention.forward(norm1.forward(x), spans)))
            : norm1.forward(x.plus(dropped(attention.forward(x, spans))));
    return behind(a, cross.forward(asking(a), source.memory, source.spans));
  }

  /// The keys and values of a step of this block's own.
  ///
  /// @param x (B,1,E)
  public MultiHeadAttention.Memory seen(Tensor x) {
    return attention.memory(config.normFirst() ? norm1.forward(x) : x);
  }

  /// One step behind others.
  ///
  /// @param x (B,1,E)
  /// @param past this step's own keys and values ([#seen]) behind those of all steps before it
  public Output step(Tensor x, MultiHeadAttention.Memory past, Source source) {
    var asks = config.normFirst() ? norm1.forward(x) : x;
    var seen = Spans.full(x.dim(0), past.steps());
    var taken = Inspection.aside(() -> attention.forward(asks, past, seen)); // of ever more steps
    var a = x.plus(dropped(taken));
    a = config.normFirst() ? a : norm1.forward(a);
    var looked = cross.look(asking(a), source.memory, source.spans);
    return new Output(behind(a, looked.output()), looked.weights());
  }

  /// What looks at the source.
  private Tensor asking(Tensor a) {
    return config.normFirst() ? norm2.forward(a) : a;
  }

  /// What follows the attention to the source.
  private Tensor behind(Tensor a, Tensor taken) {
    var c = a.plus(dropped(taken));
    if (config.normFirst()) {
      return c.plus(feedForward(norm3.forward(c)));
    }
    c = norm2.forward(c);
    return norm3.forward(c.plus(feedForward(c)));
  }

  private Tensor dropped(Tensor x) {
    return x.dropout(config.dropout());
  }

  private Tensor feedForward(Tensor x) {
    var inner = dropped(config.activation().forward(linear1.forward(x))); // (B,T,F)
    return dropped(linear2.forward(inner)); // (B,T,E)
  }

  @Override
  public Parts parts() {
    return Parts.of("self_attn", attention)
        .and("multihead_attn", cross)
        .and("linear1", linear1)
        .and("linear2", linear2)
        .and("norm1", norm1)
        .and("norm2", norm2)
        .and("norm3", norm3);
  }
}
